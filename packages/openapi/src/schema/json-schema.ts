/** A schema of JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export const NEVER: JsonSchema = { not: {} };
const NULL: JsonSchema = { type: 'null' };
export const NO_LIST: JsonSchema = { not: { type: 'array' } };

/** Answers whether a value can be in JSON as it is, and equal to another one. */
export function isJsonScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
}

/** A schema for one value of a list; `type` where all of them have the same. */
export function makeEnum(values: readonly unknown[]): JsonSchema {
  const listed = [...new Set(values.filter(isJsonScalar))];
  if (listed.length === 0) return NEVER;
  const types = [...new Set(listed.map(nameType))];
  const isWhole = types.every((type) => type === 'integer' || type === 'number');
  const type = types.length === 1 ? types[0] : isWhole ? 'number' : undefined;
  return { ...(type !== undefined && { type }), enum: listed };
}

function nameType(value: string | number | boolean | null): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** Makes a schema accept null as well. */
export function allowNull(schema: JsonSchema): JsonSchema {
  const { type, enum: values, ...rest } = schema;
  const says = Object.keys(schema).filter((key) => !ANNOTATIONS.has(key));
  if (says.every((key) => schema[key] === NO_LIST[key])) return schema;
  const isPlain = typeof type === 'string' && Object.keys(rest).every((key) => !COMBINING.has(key));
  if (!isPlain) return { anyOf: [schema, NULL] };
  return {
    type: [type, 'null'],
    ...(values !== undefined && { enum: [...(values as readonly unknown[]), null] }),
    ...rest,
  };
}

const ANNOTATIONS: ReadonlySet<string> = new Set(['description', 'default', 'examples', 'deprecated']);
/** Keywords that look at values of every type. */
const COMBINING: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'const', '$ref', 'if']);
