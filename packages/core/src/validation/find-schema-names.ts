import type { StandardSchema } from './standard-schema';

/** The names of an object that a schema describes. */
export interface SchemaNames {
  readonly names: readonly string[];
  /** Whether the schema refuses an object with other names. */
  readonly isClosed: boolean;
}

/** The part of JSON Schema (2020-12) that says which names an object may have. */
interface ObjectSchema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly additionalProperties?: unknown;
  readonly allOf?: readonly ObjectSchema[];
  readonly anyOf?: readonly ObjectSchema[];
  readonly oneOf?: readonly ObjectSchema[];
}

/** Finds the names that a schema takes; undefined where it does not say them as Standard JSON Schema. */
export function findSchemaNames(schema: StandardSchema): SchemaNames | undefined {
  const { jsonSchema } = schema['~standard'] as {
    readonly jsonSchema?: { input(options: { readonly target: string }): ObjectSchema };
  };
  if (jsonSchema === undefined) return undefined;
  let whole: ObjectSchema;
  try {
    whole = jsonSchema.input({ target: 'draft-2020-12' });
  } catch {
    // The schema has a type that JSON does not have.
    return undefined;
  }
  const parts = listParts(whole);
  if (parts.some(({ $ref }) => $ref !== undefined)) return undefined;
  const others = parts.map(({ additionalProperties }) => additionalProperties);
  return {
    names: [...new Set(parts.flatMap(({ properties = {} }) => Object.keys(properties)))],
    isClosed: others.includes(false) && others.every((one) => one === false || one === undefined),
  };
}

function listParts(schema: ObjectSchema): readonly ObjectSchema[] {
  const { allOf = [], anyOf = [], oneOf = [] } = schema;
  return [schema, ...[...allOf, ...anyOf, ...oneOf].flatMap(listParts)];
}
