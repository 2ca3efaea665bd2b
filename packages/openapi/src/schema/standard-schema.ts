import type { StandardSchema } from '@sluice/core';
import type { JsonSchema } from './json-schema';
import { readSchemaName } from './schema-name';

/** The converter of Standard JSON Schema (standardschema.dev). */
interface Converter {
  input(options: { readonly target: string }): JsonSchema;
  output(options: { readonly target: string }): JsonSchema;
}

/** A schema as JSON Schema, or the reason why it is not one. */
export type ConvertedSchema =
  | { readonly schema: JsonSchema; readonly name: string | undefined; readonly isRecursive: boolean }
  | { readonly fault: string; readonly cure: string };

/** Converts a Standard Schema: what it accepts, or what it makes of that. */
export function convertStandardSchema(
  schema: StandardSchema,
  direction: 'input' | 'output',
): ConvertedSchema {
  const { vendor } = schema['~standard'];
  const { jsonSchema } = schema['~standard'] as { readonly jsonSchema?: Converter };
  if (jsonSchema === undefined) return describeMissing(vendor);
  try {
    const { $schema: _, ...converted } = jsonSchema[direction]({ target: 'draft-2020-12' });
    const { id, ...rest } = converted as { readonly id?: unknown };
    const name = readSchemaName(schema) ?? (typeof id === 'string' ? id : undefined);
    return { schema: rest, name, isRecursive: /"\$ref":"#/.test(JSON.stringify(rest)) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      fault: `The ${vendor} schema has no JSON Schema for its ${direction}: ${why}`,
      cure: 'Use types that JSON has, or leave the route out with @Operation({ hidden: true }).',
    };
  }
}

/** Makes the references of a schema to itself those of its place in the document. */
export function moveReferences(schema: JsonSchema, self: string): JsonSchema {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) =>
      key === '$ref' && typeof value === 'string' && value.startsWith('#')
        ? `${self}${value.slice(1)}`
        : value,
    ),
  ) as JsonSchema;
}

const CURES: Readonly<Record<string, string>> = {
  valibot: 'Wrap it: toStandardJsonSchema(schema), from @valibot/to-json-schema 1.5 or newer.',
  zod: 'Install zod 4.2 or newer.',
  arktype: 'Install arktype 2.1.28 or newer.',
};

function describeMissing(vendor: string): ConvertedSchema {
  return {
    fault: `The ${vendor} schema does not say what it is as JSON Schema.`,
    cure: CURES[vendor] ?? 'Use a library that implements Standard JSON Schema, or a class with rules.',
  };
}
