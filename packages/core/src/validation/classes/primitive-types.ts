/** A built-in type that `@Type` can name. */
export interface PrimitiveType {
  /** The code of the error of other values, and its detail: "must be …". */
  readonly code: string;
  readonly words: string;
  accepts(value: unknown): boolean;
  /** Makes the type of a value of JSON. A value without such a form is returned as it is. */
  convert(value: unknown): unknown;
}

/**
 * Returns the built-in type; undefined for every other type. JSON has booleans and numbers of its own, so a text in
 * their place is a mistake of the client: `Boolean('false')` is true.
 */
export function findPrimitiveType(type: unknown): PrimitiveType | undefined {
  return PRIMITIVE_TYPES.get(type);
}

const keep = (value: unknown): unknown => value;

const PRIMITIVE_TYPES: ReadonlyMap<unknown, PrimitiveType> = new Map<unknown, PrimitiveType>([
  [
    Number,
    { code: 'number', words: 'a number', accepts: (value) => typeof value === 'number', convert: keep },
  ],
  [
    Boolean,
    {
      code: 'boolean',
      words: 'true or false',
      accepts: (value) => typeof value === 'boolean',
      convert: keep,
    },
  ],
  [
    String,
    {
      code: 'text',
      words: 'a string',
      accepts: (value) => typeof value === 'string',
      // `String({})` has no use, and an object of the client may have a `toString` that is not a function.
      convert: (value) => (['number', 'boolean'].includes(typeof value) ? `${value as number}` : value),
    },
  ],
  [
    Date,
    {
      code: 'date',
      words: 'a date',
      accepts: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
      convert: (value) => (typeof value === 'string' || typeof value === 'number' ? new Date(value) : value),
    },
  ],
]);
