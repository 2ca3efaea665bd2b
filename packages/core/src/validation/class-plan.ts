import { readPropertyType, readRules, type RuleRecord } from './class-rules';
import type { Class } from '../http/class';
import { compileRule, type CheckRule } from './compile-rule';

/** A property with rules, ready to be checked. */
export interface PropertyPlan {
  readonly name: string;
  /** What `@Type` names, if anything: a class, or a built-in type that values are made into. */
  readonly type: unknown;
  /** `@IsOptional` and `@ValidateIf`: the rules count where all of them say so. */
  readonly conditions: readonly Condition[];
  readonly checks: readonly CheckRule[];
  /** `@ValidateNested`. */
  readonly nested: readonly RuleRecord[];
  /** `@ValidatePromise`: the rules count for what a promise comes to. */
  readonly isAwaited: boolean;
}

type Condition = (object: object, value: unknown) => boolean;

/** A class with rules, ready to make and check instances. */
export interface ClassPlan {
  readonly type: Class;
  readonly rules: readonly RuleRecord[];
  readonly properties: ReadonlyMap<string, PropertyPlan>;
  /** The same, to go through: quicker than a Map. */
  readonly list: readonly PropertyPlan[];
  /** The properties that a client may set. */
  readonly settable: ReadonlyMap<string, PropertyPlan>;
}

/** Finds the plan of a class; makes it the first time. Undefined where the class has no rule. */
export type FindClassPlan = (type: Class) => ClassPlan | undefined;

/** Resolves class-validator's metadata once for each class that is asked for. */
export function makeClassPlans(groups: readonly string[] | undefined): FindClassPlan {
  const plans = new Map<Class, ClassPlan | undefined>();
  return (type) => {
    if (!plans.has(type)) plans.set(type, planClass(type, groups));
    return plans.get(type);
  };
}

function planClass(type: Class, groups: readonly string[] | undefined): ClassPlan | undefined {
  const rules = readRules(type, groups);
  if (rules.length === 0) return undefined;
  const names = [...new Set(rules.map(({ propertyName }) => propertyName))];
  const properties = new Map(names.map((name) => [name, planProperty(type, name, rules)]));
  const settable = new Map([...properties].filter(([name]) => isSettable(type, name)));
  return { type, rules, properties, list: [...properties.values()], settable };
}

function planProperty(type: Class, name: string, rules: readonly RuleRecord[]): PropertyPlan {
  const own = (kind: string) => rules.filter((rule) => rule.propertyName === name && rule.type === kind);
  return {
    name,
    type: readPropertyType(type, name),
    conditions: own('conditionalValidation').map((rule) => rule.constraints[0] as Condition),
    checks: [...own('isDefined'), ...own('customValidation')].flatMap((rule) => compileRule(rule, type.name)),
    nested: own('nestedValidation'),
    isAwaited: own('promiseValidation').length > 0,
  };
}

/** No getter and no method, and nothing by which a prototype is reached. */
function isSettable({ prototype }: Class, name: string): boolean {
  if (name === '__proto__' || name === 'constructor') return false;
  const own = Object.getOwnPropertyDescriptor(prototype as object, name);
  return own === undefined || own.set !== undefined;
}
