import type { StandardSchema } from '@sluice/core';
import type { JsonSchema } from './json-schema';
import { isSchemaName, readSchemaName } from './schema-name';

/** The converter of Standard JSON Schema (standardschema.dev). */
interface Converter {
  input(options: { readonly target: string }): JsonSchema;
  output(options: { readonly target: string }): JsonSchema;
}

/** A schema as JSON Schema. */
export interface ConvertedSchema {
  readonly schema: JsonSchema;
  readonly name: string | undefined;
  readonly isRecursive: boolean;
}

/** The reason why a schema has no JSON Schema. */
interface UnfitSchema {
  readonly fault: string;
  readonly cure: string;
}

/** Converts a Standard Schema: what it accepts, or what it makes of that. */
export function convertStandardSchema(
  schema: StandardSchema,
  direction: 'input' | 'output',
): ConvertedSchema | UnfitSchema {
  const { vendor } = schema['~standard'];
  const { jsonSchema } = schema['~standard'] as { readonly jsonSchema?: Converter };
  if (jsonSchema === undefined) return describeMissing(vendor);
  try {
    const { $schema: _, ...converted } = jsonSchema[direction]({ target: 'draft-2020-12' });
    const { id: written, ...whole } = converted as { readonly id?: unknown };
    const own = openReference(whole);
    const name = readSchemaName(schema) ?? readId(schema) ?? (isSchemaName(written) ? written : undefined);
    return { schema: own, name, isRecursive: /"\$ref":"#/.test(JSON.stringify(own)) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      fault: `The ${vendor} schema has no JSON Schema for its ${direction}: ${why}`,
      cure: 'Use types that JSON has, or leave the route out with @Operation({ hidden: true }).',
    };
  }
}

/** The `id` in the metadata of zod. A schema that is made of one with an id has none. */
function readId(schema: StandardSchema): string | undefined {
  const { meta } = schema as { readonly meta?: unknown };
  if (schema['~standard'].vendor !== 'zod' || typeof meta !== 'function') return undefined;
  const { id } = ((meta as () => unknown).call(schema) ?? {}) as { readonly id?: unknown };
  return isSchemaName(id) ? id : undefined;
}

/** Puts the definition in place of a schema that only refers to it: zod writes one with an id so, and arktype one that refers to itself. */
function openReference(schema: JsonSchema): JsonSchema {
  const { $ref, $defs, ...others } = schema as {
    readonly $ref?: string;
    readonly $defs?: Readonly<Record<string, JsonSchema>>;
  };
  const name = Object.keys($defs ?? {}).find((key) => $ref === `#/$defs/${key}`);
  if ($ref === undefined || name === undefined || Object.keys(others).length > 0) return schema;
  const { [name]: own, ...rest } = $defs!;
  const opened = { ...own, ...(Object.keys(rest).length > 0 && { $defs: rest }) };
  return replaceReferences(opened, (reference) =>
    reference === $ref || reference.startsWith(`${$ref}/`) ? `#${reference.slice($ref.length)}` : reference,
  );
}

/** Makes the references of a schema to itself those of its place in the document. */
export function moveReferences(schema: JsonSchema, self: string): JsonSchema {
  return replaceReferences(schema, (reference) =>
    reference.startsWith('#') ? `${self}${reference.slice(1)}` : reference,
  );
}

function replaceReferences(schema: JsonSchema, replace: (reference: string) => string): JsonSchema {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) =>
      key === '$ref' && typeof value === 'string' ? replace(value) : value,
    ),
  ) as JsonSchema;
}

const CURES: Readonly<Record<string, string>> = {
  valibot: 'Wrap it: toStandardJsonSchema(schema), from @valibot/to-json-schema 1.5 or newer.',
  zod: 'Install zod 4.2 or newer.',
  arktype: 'Install arktype 2.1.28 or newer.',
};

function describeMissing(vendor: string): UnfitSchema {
  return {
    fault: `The ${vendor} schema does not say what it is as JSON Schema.`,
    cure: CURES[vendor] ?? 'Use a library that implements Standard JSON Schema, or a class with rules.',
  };
}
