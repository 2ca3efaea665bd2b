import type { ConfigurationProblem } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import { isStandardSchema } from '../../validation/standard-schema';
import type { TextProperty } from '../../validation/text-types';
import type { Class } from '../../http/class';
import type { ParameterRecord } from '../../metadata/records';
import type { PartPlan } from '../arguments';
import { BUILT_IN_TYPES } from '../../metadata/built-in-types';

/** Reads what a decorator without a name says: a class with rules, or a Standard Schema. */
export function planPart(
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
): readonly TextProperty[] {
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
