import type { Class } from '@sluice/core';
import type { PropertyOutline, RuleOutline } from '@sluice/core/kit';
import { allowNull, isJsonScalar, NO_LIST, type JsonSchema } from './json-schema';
import { mergeSchemas } from './merge-schemas';
import type { RuleRow } from './rule-row';
import { RULE_TABLE } from './rule-table';

/** A class among several, which a property of each value names. */
export interface UnionMember {
  readonly property: string;
  readonly name: unknown;
}

/** Makes the schema of a class that a property nests. */
export type NestClass = (type: Class, member?: UnionMember) => JsonSchema;

/** The schema of a property, and whether a value must have it. */
export interface PropertySchema {
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

/** The rows of class-validator's rules. */
export type RuleTable = Readonly<Record<string, RuleRow>>;

/** Maps a property of a class with rules. */
export function mapProperty(
  property: PropertyOutline,
  nest: NestClass,
  table: RuleTable = RULE_TABLE,
): PropertySchema {
  const { isOptional, isConditional, isNested, isTransformed, initial } = property;
  // Only the function of `@Transform` knows what may be sent for it.
  if (isTransformed) return { schema: addDefault({}, initial), isRequired: false };
  const rules = property.rules.filter((rule) => !rule.isConditional && rule.isBuiltIn);
  const own = rules.flatMap((rule) => (rule.each ? [] : mapRule(rule, table)));
  const each = rules.flatMap((rule) => (rule.each ? mapRule(rule, table) : []));
  const nested = isNested ? mapNested(property, nest) : [];
  const items = [...each, ...nested, ...mapPrimitive(property.type)];
  const hasItemRules = each.length + nested.length > 0;
  const whole = mergeSchemas([...own, ...mapItems(items, hasItemRules, property, mergeSchemas(own))]);
  const isNullable = isOptional || (own.length === 0 && !hasItemRules);
  const schema = dropUnsafeUnique(isNullable ? allowNull(whole) : whole);
  return {
    schema: addDefault(isConditional ? { ...schema, description: CONDITIONAL } : schema, initial),
    isRequired:
      !isOptional &&
      !isConditional &&
      initial === undefined &&
      rules.some(({ name }) => table[name]?.acceptsMissing !== true),
  };
}

const CONDITIONAL = 'The rules apply only if a condition of the server holds.';

function mapRule({ name, constraints }: RuleOutline, table: RuleTable): JsonSchema[] {
  const mapped = table[name]?.map(...constraints);
  if (mapped === undefined) return [];
  const { schema, note } = mapped;
  return [note === undefined ? schema : { ...schema, description: note }];
}

/** The schema of the class that the property nests, or of those that its values name. */
function mapNested({ type, discriminator }: PropertyOutline, nest: NestClass): JsonSchema[] {
  const base = isOwnClass(type) ? [nest(type)] : [];
  if (discriminator === undefined) return base;
  const { property, types } = discriminator;
  const members = [...types].map(([name, member]) => nest(member, { property, name }));
  const isListed = [...types.values()].some((member) => member === type);
  return [{ anyOf: isListed ? members : [...members, ...base] }];
}

function isOwnClass(type: unknown): type is Class {
  return typeof type === 'function' && !PRIMITIVES.has(type) && type !== Object;
}

function mapPrimitive(type: unknown): JsonSchema[] {
  const schema = PRIMITIVES.get(type);
  return schema === undefined ? [] : [schema];
}

const PRIMITIVES: ReadonlyMap<unknown, JsonSchema> = new Map<unknown, JsonSchema>([
  [String, { type: 'string' }],
  [Number, { type: 'number' }],
  [Boolean, { type: 'boolean' }],
  [Date, { type: 'string', format: 'date-time' }],
]);

/** Puts what is said about the items where they are: in a list, in an object in place of a Map, or in the value itself. */
function mapItems(
  items: readonly JsonSchema[],
  hasRules: boolean,
  { shape, isMap }: PropertyOutline,
  own: JsonSchema,
): JsonSchema[] {
  const item = mergeSchemas(items);
  const list = { type: 'array', ...(items.length > 0 && { items: hasRules ? item : allowNull(item) }) };
  if (isMap) return [{ type: 'object', ...(items.length > 0 && { additionalProperties: item }) }];
  if (shape === 'list' || own['type'] === 'array') return [list];
  if (items.length === 0) return shape === 'single' ? [excludeLists(own)] : [];
  if (shape === 'single' || !hasRules || own['type'] !== undefined) return [item];
  if (item['type'] === 'array') return [list];
  return [{ anyOf: [excludeLists(item), list] }];
}

/** Makes a schema refuse lists: the rules of items do not look at a list itself. Nested classes are objects. */
function excludeLists(schema: JsonSchema): JsonSchema {
  const isOther = ['type', 'enum', 'const', '$ref', 'anyOf'].some((keyword) => keyword in schema);
  return isOther ? schema : mergeSchemas([schema, NO_LIST]);
}

/** `@ArrayUnique` compares objects by their identity, or by what a function makes of them. */
function dropUnsafeUnique(schema: JsonSchema): JsonSchema {
  if (schema['uniqueItems'] !== true) return schema;
  const { type } = (schema['items'] ?? {}) as JsonSchema;
  const isSafe = [type]
    .flat()
    .every((one) => ['string', 'number', 'integer', 'boolean'].includes(String(one)));
  if (isSafe) return schema;
  const { uniqueItems: _, ...rest } = schema;
  return rest;
}

function addDefault(schema: JsonSchema, initial: unknown): JsonSchema {
  const isJson = isJsonScalar(initial) || (Array.isArray(initial) && initial.every(isJsonScalar));
  return isJson && initial !== null ? { ...schema, default: initial } : schema;
}
