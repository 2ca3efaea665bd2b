import { findClass } from '../../http/class';
import type { ClassPlan, FindClassPlan, PropertyPlan } from './class-plan';
import type { RuleRecord } from './class-rules';
import { describeRule } from './describe-rule';
import type { Findings } from '../findings';
import { isCollection, visitCollection } from './collection';
import { fitsShape } from './declared-shape';
import type { PrimitiveType } from './primitive-types';

/** The same for every object of one validation. */
export interface CheckOptions {
  readonly find: FindClassPlan;
  readonly findings: Findings;
  readonly refusesUnknown: boolean;
  /** The instances that `instantiate` made; undefined if it made all of them, and without a failure. */
  readonly made: MadeInstances | undefined;
}

/** The instances that `instantiate` has made, each with the names of the properties that it could not make. */
export type MadeInstances = Map<object, Set<string>>;

/** Checks the rules of an instance and of all nested instances. */
export function checkObject(instance: object, options: CheckOptions): void {
  const { find, findings, made } = options;
  const plan = find(findClass(instance));
  if (plan === undefined) {
    findings.add('unknownValue', () => 'an unknown value was passed to the validate function');
    return;
  }
  const failed = made?.get(instance);
  if (made !== undefined && failed === undefined) checkKeys(plan, instance, options);
  for (const property of plan.list) {
    if (findings.isFull) return;
    if (failed === undefined || !failed.has(property.name)) checkProperty(property, instance, options);
  }
}

/** Checks the keys of an instance that a `@Transform` has made: the client may have chosen them. */
function checkKeys(plan: ClassPlan, instance: object, { findings, refusesUnknown }: CheckOptions): void {
  for (const key of Object.keys(instance)) {
    if (findings.isFull) return;
    if (plan.properties.has(key)) continue;
    if (refusesUnknown) findings.addUnknownKey(key);
    else Reflect.deleteProperty(instance, key);
  }
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
  findings.path.push(property.conversion.key);
  const isFit = fitsShape(property.shape, value);
  if (isChecked(property, object, value)) {
    for (const check of property.checks) check(value, object, findings);
    if (isFit && value !== undefined)
      for (const rule of property.nested) checkNested(rule, property, value, options);
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
  else if (primitive !== undefined)
    checkPrimitive(primitive, value, shape !== 'single' || value instanceof Map, findings);
  else if (!isFit) findings.add('object', () => 'must be an object');
}

function checkPrimitive(type: PrimitiveType, value: unknown, mayBeList: boolean, findings: Findings): void {
  if (value === undefined || value === null || type.accepts(value)) return;
  if (mayBeList && isCollection(value))
    visitCollection(value, findings, (item, here) => checkPrimitive(type, item, true, here));
  else findings.add(type.code, () => `must be ${type.words}`);
}

function checkNested(rule: RuleRecord, property: PropertyPlan, value: unknown, options: CheckOptions): void {
  const { findings } = options;
  if (isCollection(value)) {
    visitCollection(value, findings, (item, here) => {
      if (item === undefined) return;
      checkNested(rule, property, item, here === findings ? options : { ...options, findings: here });
    });
  } else if (typeof value === 'object' && value !== null) checkObject(value, options);
  else findings.add(rule.type, () => describeNested(rule, property, value));
}

function describeNested(
  { message, target, propertyName, constraints }: RuleRecord,
  { conversion }: PropertyPlan,
  value: unknown,
): string {
  const object = target as object;
  const values = { targetName: object.constructor.name, property: propertyName, object, value, constraints };
  return describeRule(message, values, conversion.key);
}
