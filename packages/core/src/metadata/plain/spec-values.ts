// The types that connect a spec with its handler; nothing here exists while the program runs.
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Class } from '../../http/class';
import type { Used } from '../../http/custom-parameter';
import type { TableValue } from '../../validation/table-schema';
import type { SpecValue } from '../../validation/value-spec';
import type { Fields, Returned } from '../checked-returns';

/** The names of the parameters of a path; `*` for the rest of a path that ends with `/*`. */
export type PathNames<Path extends string> = string extends Path
  ? string
  : Path extends `${infer Segment}/${infer Rest}`
    ? SegmentName<Segment> | PathNames<Rest>
    : SegmentName<Path>;

type SegmentName<Segment extends string> = Segment extends `:${infer Name}`
  ? Name
  : Segment extends '*'
    ? Segment
    : never;

/** The object that the handler receives. */
export type RouteValues<Names extends string, Spec> = Flat<
  PathValues<Names, Part<Spec, 'params'>> &
    TableValue<Part<Spec, 'query'>> &
    TableValue<Part<Spec, 'headers'>> &
    TableValue<Part<Spec, 'cookies'>> &
    CustomValues<Part<Spec, 'custom'>> &
    (Spec extends { readonly body: infer Body } ? { readonly body: BodyValue<Body> } : unknown)
>;

type Flat<Parts> = { readonly [Name in keyof Parts]: Parts[Name] };

type Part<Spec, Key extends string> = Spec extends { readonly [Name in Key]: infer Table } ? Table : unknown;

type PathValues<Names extends string, Params> = {
  readonly [Name in Names]: Name extends keyof Params ? SpecValue<Params[Name]> : string;
} & (string extends Names ? TableValue<Params> : unknown);

type CustomValues<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends { read(...given: never[]): infer Value }
    ? Awaited<Used<Value>>
    : never;
};

type BodyValue<Body> = Body extends 'text'
  ? string
  : Body extends 'bytes'
    ? Uint8Array
    : Body extends readonly [infer Item]
      ? ObjectValue<Item>[]
      : ObjectValue<Body>;

type ObjectValue<Spec> =
  Spec extends StandardSchemaV1<unknown, infer Output>
    ? Output
    : Spec extends Class<infer Instance>
      ? Instance
      : TableValue<Spec>;

/** The results that the handler may have. */
export type RouteResult<Spec> = Spec extends { readonly returns: infer Reply }
  ? Replied<Reply> | Promise<Replied<Reply>>
  : unknown;

type Replied<Reply> = Reply extends readonly [infer Item]
  ? Returned<readonly ReplyInput<Item>[]>
  : Returned<ReplyInput<Reply>>;

type ReplyInput<Reply> =
  Reply extends StandardSchemaV1<infer Input, unknown>
    ? Input
    : Reply extends Class<infer Instance>
      ? Fields<Instance>
      : TableInput<Reply>;

/** The fields of a table that may be undefined may also be left out. */
type TableInput<Table> = Flat<
  {
    readonly [Name in keyof Table as undefined extends SpecValue<Table[Name]> ? never : Name]: SpecValue<
      Table[Name]
    >;
  } & {
    readonly [Name in keyof Table as undefined extends SpecValue<Table[Name]> ? Name : never]?: SpecValue<
      Table[Name]
    >;
  }
>;

/** Refuses options that do not exist, and parameters that the path does not have. */
export type CheckedSpec<Names extends string, Allowed, Spec> = {
  readonly [Key in keyof Spec]: Key extends 'params'
    ? CheckedParams<Names, Spec[Key]>
    : Key extends keyof Allowed
      ? unknown
      : `There is no option ${Key & string} here.`;
};

type CheckedParams<Names extends string, Params> = {
  readonly [Name in keyof Params]: Name extends Names ? unknown : `The path has no :${Name & string}.`;
};
