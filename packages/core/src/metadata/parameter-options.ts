/** A type into which a text of the request can be converted; docs/parameters.md lists the rules of each. */
export type TextType =
  | StringConstructor
  | NumberConstructor
  | BooleanConstructor
  | BigIntConstructor
  | DateConstructor
  | 'integer'
  | 'uuid';

/** The type of a parameter; `[Number]` is a list of the values of a repeated name. */
export type ParameterType = TextType | readonly [TextType];

/** The allowed values: an enum of TypeScript, which may be numeric, or a list of texts. */
export type EnumType = readonly string[] | Readonly<Record<string, string | number>>;

/** The value that a handler receives for a type. */
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
  /** Default: the type that the compiler emitted for the parameter. */
  readonly type?: T;
  /** The allowed values; default: any of the type. */
  readonly enum?: EnumType;
}

/** How one value of the query, a form, a header or a cookie is read. */
export interface ParameterOptions<T extends ParameterType = ParameterType> extends PathParameterOptions<T> {
  /** The value if the request has none. A default in TypeScript (`= 20`) is not visible here. */
  readonly default?: ValueOf<T>;
  /** Answers a request without the value with 422. Default false: the handler gets undefined. */
  readonly required?: boolean;
}

/** How one value of the query or a form is read. */
export interface RepeatedOptions<T extends ParameterType = ParameterType> extends ParameterOptions<T> {
  /** Also reads the values of a list whose name has brackets (`tag[]=a`), as axios sends them. Default false. */
  readonly brackets?: boolean;
}

/**
 * The type in the arguments of a decorator: undefined if there is none, and null if there is one that is undefined. The
 * latter means that two files import each other.
 */
export function parseGivenType(given: readonly unknown[]): unknown {
  return given.length === 0 ? undefined : (given[0] ?? null);
}
