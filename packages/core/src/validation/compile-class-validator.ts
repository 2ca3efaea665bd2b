import { DYNAMIC, isTransformed } from './class-rules';
import type { Class } from '../http/class';
import type { ValidationOptions } from './validation-target';
import { checkObject, type Checking } from './check-object';
import { makeClassPlans, type ClassPlan, type FindClassPlan } from './class-plan';
import { checkDepth, MOST_LEVELS } from './depth';
import { Findings } from './findings';
import { instantiate, isPrimitiveType } from './instantiate';
import { RefusedInput } from './refused-input';
import { makeTransform } from './transform';
import type { RequestPart } from '../http/status/http-error';
import type { Validate } from './validate';

/** Makes an instance out of a plain object; what is wrong with its keys is noted. */
type Make = (plain: object, findings: Findings) => object;

/**
 * Makes the check of a class with class-validator rules, resolved here once. class-transformer makes the instance
 * where a class has more of its decorators than `@Type`.
 */
export function compileClassValidator(type: Class, options: ValidationOptions): Validate {
  const find = makeClassPlans(options.groups);
  const plans = listPlans(type, find);
  const refusesUnknown = options.unknownKeys !== 'strip';
  if (plans.some(isMadeElsewhere)) {
    const transform = makeTransform(type);
    const make: Make = (plain, { part }) => {
      checkDepth(plain, MOST_LEVELS, part);
      return transform(plain, part);
    };
    return run(make, find, refusesUnknown ? refuseKeys : stripKeys);
  }
  const make: Make = (plain, findings) =>
    instantiate(type, plain, MOST_LEVELS, { find, findings, refusesUnknown });
  return run(make, find);
}

function run(make: Make, find: FindClassPlan, checkKeys?: Checking['checkKeys']): Validate {
  return (plain, part: RequestPart) => {
    requireObject(plain, part);
    const findings = new Findings(part);
    try {
      const instance = make(plain, findings);
      checkObject(instance, { find, findings, checkKeys });
      return findings.settle(instance);
    } catch (error) {
      findings.abandon();
      throw error;
    }
  };
}

function requireObject(value: unknown, part: RequestPart): asserts value is object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new RefusedInput([{ in: part, pointer: '', code: 'object', detail: 'must be an object' }]);
}

/** The class and all that are nested in it. */
function listPlans(type: Class, find: FindClassPlan, found = new Set<ClassPlan>()): ClassPlan[] {
  const plan = find(type);
  if (plan === undefined || found.has(plan)) return [];
  found.add(plan);
  for (const { type: nested } of plan.properties.values()) {
    if (typeof nested === 'function' && !isPrimitiveType(nested)) listPlans(nested as Class, find, found);
  }
  return [...found];
}

/** Only class-transformer knows how the instance is made. */
function isMadeElsewhere({ type, properties }: ClassPlan): boolean {
  const isOpen = [...properties.values()].some(
    (property) =>
      property.type === DYNAMIC ||
      (property.type !== undefined && property.nested.length === 0 && !isPrimitiveType(property.type)),
  );
  return isOpen || isTransformed(type, properties.keys());
}

function refuseKeys({ properties }: ClassPlan, instance: object, findings: Findings): void {
  for (const key of Object.keys(instance)) if (!properties.has(key)) findings.addUnknownKey(key);
}

function stripKeys({ properties }: ClassPlan, instance: object): void {
  for (const key of Object.keys(instance)) if (!properties.has(key)) Reflect.deleteProperty(instance, key);
}
