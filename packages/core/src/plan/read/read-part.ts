import type { ConfigurationProblem } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import { isStandardSchema, type StandardSchema } from '../../validation/standard-schema';
import type { TextCoercion } from '../../validation/text-types';
import type { Class } from '../../http/class';
import type { ParameterRecord } from '../../metadata/records';
import type { ValidationOptions } from '../../validation/validation-target';
import { BUILT_IN_TYPES } from '../../metadata/built-in-types';

/** A property of a class, and the text of the request that it is made of. */
export interface PartProperty {
  readonly property: string;
  /** The query name, header, cookie or path parameter. */
  readonly name: string;
  /** Left out where `@Transform` makes the value: it gets the text. */
  readonly coercion?: TextCoercion;
}

/** A whole part of a request in one argument. */
export interface PartPlan {
  readonly type: Class | StandardSchema;
  readonly options: ValidationOptions;
  /** The properties of a class; undefined for a schema. */
  readonly properties: readonly PartProperty[] | undefined;
}

/** Reads what a decorator without a name says: a class with rules, or a Standard Schema. */
export function readPart(
  record: ParameterRecord,
  type: unknown,
  place: string,
  problems: Problems,
): PartPlan | undefined {
  const { kind, validation: options = {} } = record;
  if (isStandardSchema(type)) return Object.freeze({ type, options, properties: undefined });
  if (typeof type === 'function' && !BUILT_IN_TYPES.has(type)) {
    const properties = readProperties(type as Class, kind, place, problems);
    return Object.freeze({ type: type as Class, options, properties });
  }
  problems.include(withoutTarget(kind, place));
  return undefined;
}

/** What the texts of a part or a form are made into, by the properties of a class. */
export function readProperties(
  type: Class,
  kind: ParameterRecord['kind'],
  place: string,
  problems: Problems,
): readonly PartProperty[] {
  return loadReadPartClass().readPartClass(type, kind, place, problems);
}

function loadReadPartClass(): typeof import('./read-part-class') {
  return require('./read-part-class') as typeof import('./read-part-class');
}

function withoutTarget(kind: ParameterRecord['kind'], place: string): ConfigurationProblem {
  const decorator = `@${kind[0]!.toUpperCase()}${kind.slice(1)}`;
  const fault = `${decorator} without a name takes all of them, and nothing says what they are.`;
  const cure = `Give the parameter a class with rules, write ${decorator}(schema), or take one: ${decorator}('name').`;
  return { code: 'PARAMETER_TYPE_UNKNOWN', place, fault, cure };
}
