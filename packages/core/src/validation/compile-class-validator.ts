import type { Class } from '../http/class';
import type { RequestPart } from '../http/status/http-error';
import { checkDepth, MOST_LEVELS } from './check-depth';
import { checkObject, type CheckOptions } from './check-object';
import { makeClassPlans, type ClassPlan, type FindClassPlan } from './class-plan';
import { DYNAMIC, isTransformed } from './class-rules';
import { Findings } from './findings';
import { instantiate, isPrimitiveType } from './instantiate';
import { makeTransform } from './make-transform';
import { RefusedInput } from './refused-input';
import type { Validate } from './validate';
import type { ValidationOptions } from './validation-target';

/** Makes an instance of a plain object. Adds errors about its keys. */
type Make = (plain: object, findings: Findings) => object;

/**
 * Compiles the check of a class with class-validator rules. class-transformer makes the instances if the class has
 * more of its decorators than `@Type`.
 */
export function compileClassValidator(type: Class, options: ValidationOptions): Validate {
  const find = makeClassPlans(options.groups);
  const refusesUnknown = options.unknownKeys !== 'strip';
  if (listPlans(type, find).some(needsTransformer)) {
    const transform = makeTransform(type);
    const make: Make = (plain, { part }) => {
      checkDepth(plain, MOST_LEVELS, part);
      return transform(plain, part);
    };
    return makeValidate(make, find, refusesUnknown ? refuseKeys : stripKeys);
  }
  const make: Make = (plain, findings) =>
    instantiate(type, plain, MOST_LEVELS, { find, findings, refusesUnknown });
  return makeValidate(make, find);
}

function makeValidate(make: Make, find: FindClassPlan, checkKeys?: CheckOptions['checkKeys']): Validate {
  return (plain, part) => {
    requireObject(plain, part);
    const findings = new Findings(part);
    try {
      const instance = make(plain, findings);
      checkObject(instance, { find, findings, checkKeys });
      return findings.finish(instance);
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

/** Lists the plans of a class and of all classes nested in it. */
function listPlans(type: Class, find: FindClassPlan, found = new Set<ClassPlan>()): ClassPlan[] {
  const plan = find(type);
  if (plan === undefined || found.has(plan)) return [];
  found.add(plan);
  for (const { type: nested } of plan.properties.values()) {
    if (typeof nested === 'function' && !isPrimitiveType(nested)) listPlans(nested as Class, find, found);
  }
  return [...found];
}

/** Answers whether only class-transformer can make instances of a class. */
function needsTransformer({ type, properties }: ClassPlan): boolean {
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
