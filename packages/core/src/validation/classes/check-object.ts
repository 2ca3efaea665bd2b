import type { Class } from '../../http/class';
import type { ClassPlan, FindClassPlan, PropertyPlan } from './class-plan';
import type { RuleRecord } from './class-rules';
import { describeRule } from './describe-rule';
import type { Findings } from '../findings';
import { fitsShape } from './declared-shape';
import type { PrimitiveType } from './primitive-types';

/** The same for every object of one validation. */
export interface CheckOptions {
  readonly find: FindClassPlan;
  readonly findings: Findings;
  /** Checks the keys of an instance that `instantiate` has not made. */
  readonly checkKeys?: ((plan: ClassPlan, instance: object, findings: Findings) => void) | undefined;
}

/** Checks the rules of an instance and of all nested instances. */
export function checkObject(instance: object, options: CheckOptions): void {
  const plan = options.find(readClass(instance));
  if (plan === undefined) {
    options.findings.add('unknownValue', () => 'an unknown value was passed to the validate function');
    return;
  }
  options.checkKeys?.(plan, instance, options.findings);
  for (const property of plan.list) {
    if (options.findings.isFull) return;
    checkProperty(property, instance, options);
  }
}

/** Reads the class from the prototype, because a client can send a property named `constructor`. */
function readClass(instance: object): Class {
  return (
    (Object.getPrototypeOf(instance) as { constructor?: Class } | null)?.constructor ?? (Object as never)
  );
}

function checkProperty(property: PropertyPlan, object: object, options: CheckOptions): void {
  const value = (object as Record<string, unknown>)[property.name];
  if (property.isAwaited && value instanceof Promise) {
    const check = (resolved: unknown, findings: Findings) =>
      checkValue(property, resolved, object, { ...options, findings });
    void options.findings.checkLater(value, check);
  } else checkValue(property, value, object, options);
}

function checkValue(property: PropertyPlan, value: unknown, object: object, options: CheckOptions): void {
  const { findings } = options;
  const before = findings.count;
  findings.path.push(property.name);
  const isFit = fitsShape(property.shape, value);
  if (isChecked(property, object, value)) {
    for (const check of property.checks) check(value, object, findings);
    if (isFit && value !== undefined) for (const rule of property.nested) checkNested(rule, value, options);
  }
  // The messages of the rules come first, since their author has written them.
  if (findings.count === before) checkType(property, value, isFit, findings);
  findings.path.pop();
}

function isChecked({ conditions }: PropertyPlan, object: object, value: unknown): boolean {
  for (const applies of conditions) if (!applies(object, value)) return false;
  return true;
}

/** Checks what `@Type` and the declared type of the property say, whatever the rules accept. */
function checkType(
  { shape, primitive }: PropertyPlan,
  value: unknown,
  isFit: boolean,
  findings: Findings,
): void {
  if (value === undefined || value === null) return;
  if (!isFit && shape === 'list') findings.add('array', () => 'must be a list');
  else if (primitive !== undefined) checkPrimitive(primitive, value, shape !== 'single', findings);
  else if (!isFit) findings.add('object', () => 'must be an object');
}

function checkPrimitive(type: PrimitiveType, value: unknown, mayBeList: boolean, findings: Findings): void {
  if (value === undefined || value === null || type.accepts(value)) return;
  if (Array.isArray(value) && mayBeList)
    findings.visitItems(value, (item, _, here) => checkPrimitive(type, item, true, here));
  else findings.add(type.code, () => `must be ${type.words}`);
}

function checkNested(rule: RuleRecord, value: unknown, options: CheckOptions): void {
  if (Array.isArray(value)) checkItems(rule, value, options);
  else if (value instanceof Set) checkItems(rule, [...value], options);
  else if (value instanceof Map) checkItems(rule, [...value.values()], options, [...value.keys()]);
  else if (typeof value === 'object' && value !== null) checkObject(value, options);
  else options.findings.add(rule.type, () => describeNested(rule, value));
}

function checkItems(
  rule: RuleRecord,
  items: readonly unknown[],
  options: CheckOptions,
  keys?: readonly unknown[],
): void {
  const { findings } = options;
  const check = (item: unknown, _: number, here: Findings): void => {
    if (item !== undefined)
      checkNested(rule, item, here === findings ? options : { ...options, findings: here });
  };
  findings.visitItems(items, check, keys);
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
