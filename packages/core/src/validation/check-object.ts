import type { RuleRecord } from './class-rules';
import type { Class } from '../http/class';
import type { ClassPlan, FindClassPlan, PropertyPlan } from './class-plan';
import { describeRule } from './describe-rule';
import type { Findings } from './findings';

/** What is the same for every object of one validation. */
export interface Checking {
  readonly find: FindClassPlan;
  readonly findings: Findings;
  /** Looks at the keys of an instance that something else than `instantiate` has made. */
  readonly checkKeys?: ((plan: ClassPlan, instance: object, findings: Findings) => void) | undefined;
}

/** Checks the rules of an instance, and of all that is nested in it. */
export function checkObject(instance: object, checking: Checking): void {
  const plan = checking.find(readClass(instance));
  if (plan === undefined) {
    checking.findings.add('unknownValue', () => 'an unknown value was passed to the validate function');
    return;
  }
  checking.checkKeys?.(plan, instance, checking.findings);
  for (const property of plan.list) checkProperty(property, instance, checking);
}

/** The class of its prototype: a `constructor` of its own may come from a client. */
function readClass(instance: object): Class {
  return (
    (Object.getPrototypeOf(instance) as { constructor?: Class } | null)?.constructor ?? (Object as never)
  );
}

function checkProperty(property: PropertyPlan, object: object, checking: Checking): void {
  const value = (object as Record<string, unknown>)[property.name];
  if (property.isAwaited && value instanceof Promise) {
    const check = (settled: unknown, findings: Findings) =>
      checkValue(property, settled, object, { ...checking, findings });
    checking.findings.checkLater(value, check);
  } else checkValue(property, value, object, checking);
}

function checkValue(
  { name, conditions, checks, nested }: PropertyPlan,
  value: unknown,
  object: object,
  checking: Checking,
): void {
  for (const applies of conditions) if (!applies(object, value)) return;
  const { path } = checking.findings;
  path.push(name);
  for (const check of checks) check(value, object, checking.findings);
  if (value !== undefined) for (const rule of nested) checkNested(rule, value, checking);
  path.pop();
}

function checkNested(rule: RuleRecord, value: unknown, checking: Checking): void {
  if (Array.isArray(value)) value.forEach((item: unknown, index) => checkItem(rule, item, index, checking));
  else if (value instanceof Set) checkNested(rule, [...value], checking);
  else if (value instanceof Map)
    for (const [key, item] of value) checkItem(rule, item, String(key), checking);
  else if (typeof value === 'object' && value !== null) checkObject(value, checking);
  else checking.findings.add(rule.type, () => describeNested(rule, value));
}

function checkItem(rule: RuleRecord, item: unknown, key: string | number, checking: Checking): void {
  if (item === undefined) return;
  const { path } = checking.findings;
  path.push(key);
  checkNested(rule, item, checking);
  path.pop();
}

function describeNested({ message, target, propertyName, constraints }: RuleRecord, value: unknown): string {
  const object = target as object;
  return describeRule(message, {
    targetName: object.constructor.name,
    property: propertyName,
    object,
    value,
    constraints,
  });
}
