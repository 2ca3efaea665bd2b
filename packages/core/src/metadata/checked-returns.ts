import type { Reply } from '../http/reply/replies';

/** A method that may return a value of the type, or anything that `@Returns` leaves alone. */
export type ReturningMethod<Value> = (...values: never[]) => Returned<Value> | Promise<Returned<Value>>;

/** An object with `toJSON`, as the documents of some databases, is replaced by its result. */
export type Returned<Value> = Unchanged | Value | { toJSON(): Value };

/** `@Returns` changes no errors, and no replies that hold their own content. */
type Unchanged =
  Reply | Error | Uint8Array | AsyncIterable<unknown> | ReadableStream | null | undefined | void;

/** The fields of a class that a reply needs: an object of another class or of none may have them too. */
export type Fields<Value> = Value extends Whole
  ? Value
  : Value extends readonly (infer Item)[]
    ? readonly Fields<Item>[]
    : { readonly [Key in keyof Value as Value[Key] extends Method ? never : Key]: Field<Value, Key> };

/** A field that may be missing may be null, which `@IsOptional` and the option `omitNull` accept. */
type Field<Value, Key extends keyof Value> = undefined extends Value[Key]
  ? Fields<Value[Key]> | null | undefined
  : Fields<Value[Key]>;

type Method = (...values: never[]) => unknown;

/** Types that are not taken apart. */
type Whole =
  | string
  | number
  | bigint
  | boolean
  | symbol
  | null
  | undefined
  | Date
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | Uint8Array
  | Method;
