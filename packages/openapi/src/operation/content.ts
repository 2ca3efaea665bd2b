import type { MediaType } from '../document';
import type { ContentType } from '../operation';
import type { JsonSchema } from '../schema/json-schema';
import type { ClassUse, Report, Schemas, SchemaTarget } from '../schema/schemas';

/** Maps the type that `@Operation` names. */
export function mapType(
  type: ContentType,
  use: ClassUse,
  place: string,
  schemas: Schemas,
  report: Report,
): JsonSchema {
  const target: SchemaTarget = Array.isArray(type)
    ? { each: (type as readonly SchemaTarget[])[0] as never }
    : (type as SchemaTarget);
  return schemas.map(target, use, place, report);
}

/** Writes examples as OpenAPI has them. */
export function mapExamples(
  examples: Readonly<Record<string, unknown>> | undefined,
): Pick<MediaType, 'examples'> {
  if (examples === undefined) return {};
  return { examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])) };
}
