import type { Class } from '../../http/class';
import { addTooDeep, MOST_LEVELS, TOO_DEEP } from '../check-depth';
import type { Check } from '../validate';
import type { CheckedOptions } from '../validation-target';
import { checkObject } from './check-object';
import { makeClassPlans, type ClassPlan, type FindClassPlan } from './class-plan';
import { instantiate, type InstantiateOptions } from './instantiate';
import { listClasses } from './named-type';

/** Compiles the check of a class with class-validator rules. */
export function compileClassValidator(type: Class, { unknownKeys, ...chosen }: CheckedOptions): Check {
  const find = makeClassPlans(chosen);
  const refusesUnknown = unknownKeys !== 'strip';
  const isWatched = listPlans(type, find).some(isUncertain);
  return (plain, findings) => {
    if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
      findings.add('object', () => 'must be an object');
      return undefined;
    }
    const made = isWatched ? new Map<object, Set<string>>() : undefined;
    const options = { find, findings, refusesUnknown, made, groups: chosen.groups };
    const instance = make(type, plain, options);
    if (instance !== undefined) checkObject(instance, options);
    return instance;
  };
}

/** Makes an instance of a plain object. Adds errors about its keys; undefined if it is too deep. */
function make(type: Class, plain: object, options: InstantiateOptions): object | undefined {
  const { findings } = options;
  const { length } = findings.path;
  try {
    return instantiate(type, plain, MOST_LEVELS, options);
  } catch (error) {
    if (error !== TOO_DEEP) throw error;
    findings.path.length = length;
    return addTooDeep(findings);
  }
}

/** Lists the plans of a class and of all classes nested in it, as far as they are known before the first value. */
function listPlans(type: Class, find: FindClassPlan, found = new Set<ClassPlan>()): ClassPlan[] {
  const plan = find(type);
  if (plan === undefined || found.has(plan)) return [];
  found.add(plan);
  for (const { named, primitive } of plan.list) {
    if (named === undefined || primitive !== undefined) continue;
    for (const nested of listClasses(named))
      if (typeof nested === 'function') listPlans(nested as Class, find, found);
  }
  return [...found];
}

/** Answers whether a property may fail to be made, or may be made by a `@Transform`. */
function isUncertain({ list }: ClassPlan): boolean {
  return list.some(
    ({ conversion, named }) =>
      conversion.transforms.length > 0 || (named !== undefined && named.fixed === undefined),
  );
}
