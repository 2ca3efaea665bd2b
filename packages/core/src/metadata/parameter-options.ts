/** A type that the text of one value can be made into: no more than what docs/parameters.md lists. */
export type TextType =
  | StringConstructor
  | NumberConstructor
  | BooleanConstructor
  | BigIntConstructor
  | DateConstructor
  | 'integer'
  | 'uuid';

/** A type of a parameter; `[Number]` is a list, of the values of a repeated name in the query. */
export type ParameterType = TextType | readonly [TextType];

/** What a parameter can be: an enum of TypeScript, numeric ones too, or a list of texts. */
export type EnumType = readonly string[] | Readonly<Record<string, string | number>>;

/** The value of a type, as the handler gets it. */
export type ValueOf<T> = T extends readonly [infer Item]
  ? readonly ValueOf<Item>[]
  : T extends StringConstructor | 'uuid'
    ? string
    : T extends NumberConstructor | 'integer'
      ? number
      : T extends BooleanConstructor
        ? boolean
        : T extends BigIntConstructor
          ? bigint
          : Date;

/** How one path parameter is read. */
export interface PathParameterOptions<T extends ParameterType = ParameterType> {
  /** Default: what the compiler emitted for the parameter. */
  readonly type?: T;
  /** The value must be one of these. */
  readonly enum?: EnumType;
}

/** How one value of the query, a header or a cookie is read. */
export interface ParameterOptions<T extends ParameterType = ParameterType> extends PathParameterOptions<T> {
  /** What the handler gets where the request has none. A default in TypeScript is not seen. */
  readonly default?: ValueOf<T>;
  /** A request without it is answered with 422; default false, the handler gets undefined. */
  readonly required?: boolean;
}
