import type { Class } from '@sluice/core';
import type { TextProperty } from '@sluice/core/kit';
import type { JsonSchema } from '../schema/json-schema';
import { mergeSchemas } from '../schema/merge-schemas';
import type { ClassUse, Schemas } from '../schema/schemas';
import { mapText } from '../schema/text-schema';

/** A named text of a request, as the value that it becomes. */
export interface TextField {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

/** Maps the properties of a class that are made of texts: of a query, headers, cookies, a path or a form. */
export function mapTextClass(
  type: Class,
  properties: readonly TextProperty[],
  use: ClassUse,
  schemas: Schemas,
  place: string,
): TextField[] {
  const outlines = new Map(schemas.outline(type, use).map((property) => [property.key, property]));
  return properties.flatMap(({ key, name, coercion }) => {
    const outline = outlines.get(key);
    if (outline === undefined) return [];
    if (coercion === undefined) return [{ name, ...schemas.mapProperty(outline, use, place) }];
    // A text is never null.
    const { schema, isRequired } = schemas.mapProperty({ ...outline, isOptional: false }, use, place);
    return [{ name, isRequired: isRequired && !outline.isOptional, schema: join(schema, mapText(coercion)) }];
  });
}

/** A property without rules has null as well. A date is read by the parser of parameters, whatever the rules say. */
function join(schema: JsonSchema, text: JsonSchema): JsonSchema {
  const { anyOf, type, ...rest } = schema;
  const withoutNull = [type].flat().filter((one) => one !== 'null');
  if (text['anyOf'] !== undefined || Array.isArray(anyOf)) return text;
  return mergeSchemas([{ ...rest, ...(withoutNull[0] !== undefined && { type: withoutNull[0] }) }, text]);
}
