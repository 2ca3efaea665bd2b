import type { StandardSchemaV1 } from '@standard-schema/spec';

/** A schema of zod, valibot, arktype or any other library that implements Standard Schema (standardschema.dev). */
export type StandardSchema<Output = unknown> = StandardSchemaV1<unknown, Output>;

/** Answers whether `value` is a Standard Schema. The schemas of some libraries are functions. */
export function isStandardSchema(value: unknown): value is StandardSchema {
  return (typeof value === 'object' || typeof value === 'function') && value !== null && '~standard' in value;
}
