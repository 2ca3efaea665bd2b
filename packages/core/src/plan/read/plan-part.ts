import type { Fault } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import type { Class } from '../../http/class';
import { BUILT_IN_TYPES } from '../../metadata/built-in-types';
import type { ParameterRecord } from '../../metadata/records';
import { isStandardSchema } from '../../validation/standard-schema';
import type { PartPlan } from '../arguments';
import { nameDecorator } from './find-lost-type';
import { readBrackets } from './read-brackets';
import { readPartClass } from './read-part-class';

/** Plans a parameter decorator without a name, which takes the whole part of the request; undefined where its type does not describe one. */
export function planPart(
  record: ParameterRecord,
  type: unknown,
  place: string,
  problems: Problems,
): PartPlan | undefined {
  const { kind, validation: options = {} } = record;
  if (isStandardSchema(type))
    return Object.freeze({ type, options, properties: undefined, ...readBrackets(record, undefined) });
  if (typeof type === 'function' && !BUILT_IN_TYPES.has(type)) {
    const properties = readPartClass(type as Class, kind, place, problems, options.groups);
    return Object.freeze({ type: type as Class, options, properties, ...readBrackets(record, properties) });
  }
  problems.addFault('PARAMETER_TYPE_UNKNOWN', place, describeUntyped(kind));
  return undefined;
}

function describeUntyped(kind: ParameterRecord['kind']): Fault {
  const decorator = nameDecorator(kind);
  return {
    fault: `${decorator} without a name takes all values, but the type of the parameter does not describe them.`,
    cure: `Give the parameter a class with rules, write ${decorator}(schema), or take one value: ${decorator}('name').`,
  };
}
