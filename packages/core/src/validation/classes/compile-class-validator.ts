import type { Class } from '../../http/class';
import { addTooDeep, isDeeper, MOST_LEVELS, TOO_DEEP } from '../check-depth';
import { checkObject, type CheckOptions } from './check-object';
import { makeClassPlans, type ClassPlan, type FindClassPlan } from './class-plan';
import { DYNAMIC, isTransformed } from './class-rules';
import type { Findings } from '../findings';
import { instantiate } from './instantiate';
import { makeTransform } from './make-transform';
import { findPrimitiveType } from './primitive-types';
import type { Check } from '../validate';
import type { ValidationOptions } from '../validation-target';

/** Makes an instance of a plain object. Adds errors about its keys; undefined if no instance can be made. */
type Make = (plain: object, findings: Findings) => object | undefined;

/**
 * Compiles the check of a class with class-validator rules. class-transformer makes the instances if the class has
 * more of its decorators than `@Type`.
 */
export function compileClassValidator(type: Class, options: ValidationOptions): Check {
  const find = makeClassPlans(options.groups);
  const refusesUnknown = options.unknownKeys !== 'strip';
  if (listPlans(type, find).some(needsTransformer)) {
    const transform = makeTransform(type);
    const make: Make = (plain, findings) =>
      isDeeper(plain) ? addTooDeep(findings) : transform(plain, findings);
    return makeCheck(make, find, refusesUnknown ? refuseKeys : stripKeys);
  }
  const make: Make = (plain, findings) => {
    const { length } = findings.path;
    try {
      return instantiate(type, plain, MOST_LEVELS, { find, findings, refusesUnknown });
    } catch (error) {
      if (error !== TOO_DEEP) throw error;
      findings.path.length = length;
      return addTooDeep(findings);
    }
  };
  return makeCheck(make, find);
}

function makeCheck(make: Make, find: FindClassPlan, checkKeys?: CheckOptions['checkKeys']): Check {
  return (plain, findings) => {
    if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
      findings.add('object', () => 'must be an object');
      return undefined;
    }
    const instance = make(plain, findings);
    if (instance !== undefined) checkObject(instance, { find, findings, checkKeys });
    return instance;
  };
}

/** Lists the plans of a class and of all classes nested in it. */
function listPlans(type: Class, find: FindClassPlan, found = new Set<ClassPlan>()): ClassPlan[] {
  const plan = find(type);
  if (plan === undefined || found.has(plan)) return [];
  found.add(plan);
  for (const { type: nested } of plan.properties.values()) {
    if (typeof nested === 'function' && findPrimitiveType(nested) === undefined)
      listPlans(nested as Class, find, found);
  }
  return [...found];
}

/** Answers whether only class-transformer can make instances of a class. */
function needsTransformer({ type, properties }: ClassPlan): boolean {
  const isOpen = [...properties.values()].some(
    (property) =>
      property.type === DYNAMIC ||
      (property.type !== undefined &&
        property.nested.length === 0 &&
        findPrimitiveType(property.type) === undefined),
  );
  return isOpen || isTransformed(type, properties.keys());
}

function refuseKeys({ properties }: ClassPlan, instance: object, findings: Findings): void {
  for (const key of Object.keys(instance)) {
    if (findings.isFull) return;
    if (!properties.has(key)) findings.addUnknownKey(key);
  }
}

function stripKeys({ properties }: ClassPlan, instance: object): void {
  for (const key of Object.keys(instance)) if (!properties.has(key)) Reflect.deleteProperty(instance, key);
}
