/** What the text of a parameter can be made into; `text` leaves it as it is. */
export type TextTypeName = 'text' | 'number' | 'integer' | 'bigint' | 'boolean' | 'date' | 'uuid' | 'enum';

/** How the text of one value is read: plain data, as it stands in the plan. */
export interface TextCoercion {
  readonly coercion: TextTypeName;
  /** Every value of a repeated name, each made into the type. */
  readonly list?: true;
  /** Of `enum`: what the value can be. */
  readonly values?: readonly (string | number)[];
}

/** Makes a value of the text; undefined where it does not look exactly like one. Never throws. */
export type ParseText = (text: string) => unknown;

/** Finds the parser of a type. No conversion goes beyond these: docs/parameters.md has them as a table. */
export function makeTextParser({ coercion, values = [] }: TextCoercion): ParseText {
  if (coercion !== 'enum') return PARSERS[coercion];
  const members = new Map(values.map((value) => [String(value), value]));
  return (text) => members.get(text);
}

/** What a text must be to become the type: ends the sentence "must be …". */
export const TEXT_TYPE_WORDS: Readonly<Record<TextTypeName, string>> = {
  text: 'a text',
  number: 'a number',
  integer: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true, false, 1 or 0',
  date: 'a date (2026-01-31) or a time with its offset (2026-01-31T12:00:00Z)',
  uuid: 'a UUID',
  enum: 'one of the values that are allowed',
};

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const INTEGER = /^-?(?:0|[1-9]\d{0,999})$/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
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

/** A whole number that a number can not hold exactly is refused: it would be another one. */
function parseNumber(text: string): number | undefined {
  const value = NUMBER.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(value)) return undefined;
  return INTEGER.test(text) && !Number.isSafeInteger(value) ? undefined : value;
}

/** Without an offset a time means another moment on each server: it is refused, as is a day that no calendar has. */
function parseDate(text: string): Date | undefined {
  const day = DATE.exec(text)?.[1];
  if (day === undefined) return undefined;
  const midnight = new Date(day);
  // Date makes March of 30 February: what it says back is not what was said.
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return undefined;
  return text === day ? midnight : new Date(text);
}
