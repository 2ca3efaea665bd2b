/** The types that the text of a parameter can become; `text` leaves it as it is. */
export type TextTypeName = 'text' | 'number' | 'integer' | 'bigint' | 'boolean' | 'date' | 'uuid' | 'enum';

/** How one value is parsed from text: plain data for the plan. */
export interface TextCoercion {
  readonly coercion: TextTypeName;
  /** The value is a list: all values of a repeated name, each parsed. */
  readonly list?: true;
  /** The allowed values, for `enum`. */
  readonly values?: readonly (string | number)[];
}

/** A property of a class, and the text of the request that it is made of. */
export interface TextProperty {
  /** The key under which the class takes the value. */
  readonly key: string;
  /** The query name, header, cookie, path parameter or field of a form. */
  readonly name: string;
  /** Left out if `@Transform` makes the value: it receives the text. */
  readonly coercion?: TextCoercion;
  /** Another parameter of the handler takes the name. The class gets no value for it, and does not refuse it. */
  readonly isTaken?: true;
}

/** Parses a text; undefined if it does not have exactly the form of the type. Never throws. */
export type ParseText = (text: string) => unknown;

/** Returns the parser of a type. There are no other conversions: docs/parameters.md has the table. */
export function makeTextParser({ coercion, values = [] }: TextCoercion): ParseText {
  if (coercion !== 'enum') return PARSERS[coercion];
  const members = new Map(values.map((value) => [String(value), value]));
  return (text) => members.get(text);
}

/** The end of the sentence "must be …" for each type. */
export const TEXT_TYPE_WORDS: Readonly<Record<TextTypeName, string>> = {
  text: 'a string',
  number: 'a number',
  integer: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true, false, 1 or 0',
  date: 'a date (2026-01-31) or a time with its offset (2026-01-31T12:00:00Z)',
  uuid: 'a UUID',
  enum: 'one of the allowed values',
};

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const INTEGER = /^-?(?:0|[1-9]\d{0,999})$/;
/** Without flags, so that its source is a pattern of JSON Schema. */
export const UUID = /^[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}$/;
/** `full-date`, or `date-time` with its offset (RFC 3339 §5.6), in capitals. */
const DATE =
  /^(\d{4}-\d{2}-\d{2})(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?$/;

const PARSERS: Readonly<Record<Exclude<TextTypeName, 'enum'>, ParseText>> = {
  text: (text) => text,
  number: parseNumber,
  integer: (text) => (INTEGER.test(text) ? parseNumber(text) : undefined),
  bigint: (text) => (INTEGER.test(text) ? BigInt(text) : undefined),
  boolean: (text) =>
    text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : undefined,
  date: parseDate,
  uuid: (text) => (UUID.test(text) ? text : undefined),
};

/** Refuses an integer beyond the safe range: the number would be a different one. */
function parseNumber(text: string): number | undefined {
  const value = NUMBER.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(value)) return undefined;
  return INTEGER.test(text) && !Number.isSafeInteger(value) ? undefined : value;
}

/** Refuses a time without an offset, which is another moment on each server, and a day that does not exist. */
function parseDate(text: string): Date | undefined {
  const day = DATE.exec(text)?.[1];
  if (day === undefined) return undefined;
  const midnight = new Date(day);
  // Date turns 30 February into a day of March, so the day is compared with the text.
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return undefined;
  return text === day ? midnight : new Date(text);
}
