import type { Class, StandardSchema } from '@sluice/core';
import { isStandardSchema, outlineClass, type ClassOutline, type PropertyOutline } from '@sluice/core/kit';
import { Components, type SchemaOwner } from './components';
import { allowNull, type JsonSchema } from './json-schema';
import { mergeSchemas } from './merge-schemas';
import { mapProperty, type RuleTable, type UnionMember } from './property-schema';
import { readSchemaName } from './schema-name';
import { convertStandardSchema, moveReferences, type ConvertedSchema } from './standard-schema';

/** The class or the schema that describes a value, or a list of one. */
export type SchemaTarget = Class | StandardSchema | { readonly each: Class | StandardSchema };

/** How a class is used. */
export interface ClassUse {
  readonly isReply: boolean;
  readonly groups?: readonly string[] | undefined;
  /** Other keys are refused. */
  readonly isClosed: boolean;
  /** The value is sent as it is, so the fields have the names that they have in the class. */
  readonly isUnchanged?: boolean;
  /** Which of the fields are there; default: all. */
  readonly isWanted?: ((name: string) => boolean) | undefined;
}

/** Reports a mistake at the place of a route. */
export type Report = (fault: string, cure: string) => void;

/** Makes the schemas of a document. */
export class Schemas {
  readonly components = new Components();

  constructor(private readonly table?: RuleTable) {}

  /** The schema of a target. A class is referred to; a Standard Schema too, if it has a name or refers to itself. */
  map(target: SchemaTarget, use: ClassUse, place: string, report: Report): JsonSchema {
    if (isStandardSchema(target)) return this.mapStandard(target, use.isReply, place, report);
    if (typeof target === 'function') return this.mapClass(target, use, place);
    return { type: 'array', items: this.map(target.each, use, place, report) };
  }

  /** The schema of a target whose properties are taken apart: in place, also if it has a name. */
  mapInPlace(schema: StandardSchema, place: string, report: Report): JsonSchema {
    const converted = this.convert(schema, false, report);
    if (converted === undefined) return {};
    if (!converted.isRecursive) return converted.schema;
    const { $defs: _, ...own } = converted.schema;
    const { $ref } = this.referStandard(schema, converted, false, place);
    return moveReferences(own, String($ref));
  }

  /** The properties of a class that a client sends, or that a reply has. */
  outline(type: Class, { isReply, groups }: ClassUse): ClassOutline {
    return outlineClass(type, { isReply, groups });
  }

  /** The schema of one property. */
  mapProperty(property: PropertyOutline, use: ClassUse, place: string): ReturnType<typeof mapProperty> {
    const nested = { ...use, isWanted: undefined };
    const nest = (type: Class, member?: UnionMember) => this.mapClass(type, nested, place, member);
    const mapped = mapProperty(property, nest, this.table);
    // `@ValidateIf` lets null through, which the server then sends.
    return use.isReply && property.isConditional ? { ...mapped, schema: allowNull(mapped.schema) } : mapped;
  }

  /** Refers to a schema of this package or of the user, under a name that changes if a class has it. */
  refer(owner: SchemaOwner, name: string, schema: JsonSchema): JsonSchema {
    const use = { owner, name, isDerived: true, variant: '', isReply: true, place: 'openapi()' };
    return this.components.refer(use, () => schema);
  }

  private mapClass(type: Class, use: ClassUse, place: string, member?: UnionMember): JsonSchema {
    if (use.isWanted !== undefined) return this.makeClass(type, use, place);
    const { isReply, groups = [], isClosed, isUnchanged = false } = use;
    const variant = JSON.stringify([isReply, groups, isClosed, isUnchanged, member]);
    const name = readSchemaName(type) ?? nameAfterClass(type);
    return this.components.refer({ owner: type, name, variant, isReply, place }, () =>
      this.makeClass(type, use, place, member),
    );
  }

  private makeClass(type: Class, use: ClassUse, place: string, member?: UnionMember): JsonSchema {
    const { isWanted = () => true } = use;
    const properties = this.outline(type, use).filter(({ name }) => isWanted(name));
    const mapped = properties.map((property) => ({
      key: use.isUnchanged === true ? property.name : property.key,
      ...this.mapProperty(property, use, place),
    }));
    const required = mapped.filter(({ isRequired }) => isRequired).map(({ key }) => key);
    const fields = Object.fromEntries(mapped.map(({ key, schema }) => [key, schema]));
    const tag = member && {
      [member.property]: mergeSchemas([fields[member.property] ?? {}, { const: member.name }]),
    };
    return {
      type: 'object',
      properties: { ...tag, ...fields, ...tag },
      ...(required.length + (member ? 1 : 0) > 0 && {
        required: [...new Set([...(member ? [member.property] : []), ...required])],
      }),
      ...(use.isClosed && { additionalProperties: false }),
    };
  }

  private mapStandard(schema: StandardSchema, isReply: boolean, place: string, report: Report): JsonSchema {
    const converted = this.convert(schema, isReply, report);
    if (converted === undefined) return {};
    const isInPlace = converted.name === undefined && !converted.isRecursive;
    return isInPlace ? converted.schema : this.referStandard(schema, converted, isReply, place);
  }

  private convert(schema: StandardSchema, isReply: boolean, report: Report): ConvertedSchema | undefined {
    const converted = convertStandardSchema(schema, isReply ? 'output' : 'input');
    if (!('fault' in converted)) return converted;
    report(converted.fault, converted.cure);
    return undefined;
  }

  private referStandard(
    schema: StandardSchema,
    { name, schema: converted }: ConvertedSchema,
    isReply: boolean,
    place: string,
  ): JsonSchema {
    const use = {
      owner: schema,
      name: name ?? nameAfter(place),
      isDerived: name === undefined,
      variant: isReply ? 'output' : 'input',
      isReply,
      place,
    };
    return this.components.refer(use, (self) => moveReferences(converted, self));
  }
}

/** A component has only some characters in its name: `Caf_` for the class `Café`. */
function nameAfterClass({ name }: Class): string {
  return name.replace(/[^A-Za-z0-9._-]/gu, '_') || 'Anonymous';
}

/** A schema without a name that refers to itself is named after its route: `NotesCreate`. */
function nameAfter(place: string): string {
  const words = place.replace(/Controller(?=\.)/, '').split(/[^A-Za-z0-9]+/);
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
}
