import { NEVER, type JsonSchema } from './json-schema';

/** Joins schemas that must all hold into one: keyword by keyword where that says the same, else with `allOf`. */
export function mergeSchemas(schemas: readonly JsonSchema[]): JsonSchema {
  const type = joinTypes(schemas);
  if (type?.length === 0) return NEVER;
  const merged: Record<string, unknown> = {};
  const rest: JsonSchema[] = [];
  for (const schema of schemas.map((one) => simplify(one, type))) {
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === 'type') continue;
      const joined = keyword in merged ? join(keyword, merged[keyword], value) : value;
      if (joined === undefined) rest.push({ [keyword]: value });
      else merged[keyword] = joined;
    }
  }
  if (rest.length > 0) merged['allOf'] = [...((merged['allOf'] ?? []) as JsonSchema[]), ...rest];
  return { ...(type !== undefined && { type: type.length === 1 ? type[0] : type }), ...merged };
}

/** The types that all schemas allow; undefined if none of them names types. */
function joinTypes(schemas: readonly JsonSchema[]): readonly string[] | undefined {
  return schemas.reduce<readonly string[] | undefined>((types, { type }) => {
    if (type === undefined) return types;
    const others = [type].flat() as string[];
    if (types === undefined) return others;
    const both = types.filter(
      (one) => others.includes(one) || (one === 'integer' && others.includes('number')),
    );
    return types.includes('number') && others.includes('integer') ? [...both, 'integer'] : both;
  }, undefined);
}

/** Leaves out what the type says already: text that is not empty has a length. */
function simplify(schema: JsonSchema, type: readonly string[] | undefined): JsonSchema {
  const written = JSON.stringify(schema);
  if (type === undefined || type.includes('null')) return schema;
  if (written === '{"not":{"type":"null"}}') return {};
  if (written !== '{"not":{"enum":["",null]}}') return schema;
  return type.includes('string') ? { minLength: 1 } : {};
}

function join(keyword: string, one: unknown, other: unknown): unknown {
  if (LARGER.has(keyword)) return Math.max(Number(one), Number(other));
  if (SMALLER.has(keyword)) return Math.min(Number(one), Number(other));
  if (keyword === 'description') return `${String(one)} ${String(other)}`;
  if (keyword === 'allOf') return [...(one as unknown[]), ...(other as unknown[])];
  return JSON.stringify(one) === JSON.stringify(other) ? one : undefined;
}

const LARGER: ReadonlySet<string> = new Set([
  'minimum',
  'exclusiveMinimum',
  'minLength',
  'minItems',
  'minProperties',
]);
const SMALLER: ReadonlySet<string> = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems']);
