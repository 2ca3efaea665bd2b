import type { Class } from '../../http/class';
import { readPropertyType, readRules, type RuleRecord } from './class-rules';
import { compileRule, type CheckRule } from './compile-rule';
import { findShape, type Shape } from './declared-shape';
import { findPrimitiveType, type PrimitiveType } from './primitive-types';

/** A property with its compiled rules. */
export interface PropertyPlan {
  readonly name: string;
  /** The type that `@Type` names: a class, a built-in type or `DYNAMIC`; undefined without `@Type`. */
  readonly type: unknown;
  /** The built-in type that `@Type` names: every value must be of it, whatever the rules accept. */
  readonly primitive: PrimitiveType | undefined;
  /** Whether the value must be a list, or must not be one; undefined where that is not known. */
  readonly shape: Shape | undefined;
  /** `@IsOptional` and `@ValidateIf`: the rules apply if every condition returns true. */
  readonly conditions: readonly Condition[];
  readonly checks: readonly CheckRule[];
  /** `@ValidateNested`. */
  readonly nested: readonly RuleRecord[];
  /** `@ValidatePromise`: the rules apply to the resolved value of a promise. */
  readonly isAwaited: boolean;
}

type Condition = (object: object, value: unknown) => boolean;

/** A class with its compiled rules. */
export interface ClassPlan {
  readonly type: Class;
  readonly properties: ReadonlyMap<string, PropertyPlan>;
  /** The values of `properties`: iterating an array is faster than iterating a Map. */
  readonly list: readonly PropertyPlan[];
  /** The properties that a client may set. */
  readonly settable: ReadonlyMap<string, PropertyPlan>;
}

/** Returns the plan of a class, which is made at the first call; undefined for a class without rules. */
export type FindClassPlan = (type: Class) => ClassPlan | undefined;

/** Makes the plans of classes, each once, with the rules of the given groups. */
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
  return { type, properties, list: [...properties.values()], settable };
}

function planProperty(type: Class, name: string, rules: readonly RuleRecord[]): PropertyPlan {
  const own = (kind: string) => rules.filter((rule) => rule.propertyName === name && rule.type === kind);
  const named = readPropertyType(type, name);
  return {
    name,
    type: named,
    primitive: findPrimitiveType(named),
    shape: findShape(type, name, named),
    conditions: own('conditionalValidation').map((rule) => rule.constraints[0] as Condition),
    checks: [...own('isDefined'), ...own('customValidation')].flatMap((rule) => compileRule(rule, type.name)),
    nested: own('nestedValidation'),
    isAwaited: own('promiseValidation').length > 0,
  };
}

/** Getters and methods, such as `constructor`, are not settable. `__proto__` would replace the prototype. */
function isSettable({ prototype }: Class, name: string): boolean {
  if (name === '__proto__') return false;
  const descriptor = findDescriptor(prototype as object, name);
  return descriptor === undefined || descriptor.set !== undefined;
}

/** Looks through the class and its parents, because an inherited getter cannot be set either. */
function findDescriptor(prototype: object, name: string): PropertyDescriptor | undefined {
  if (prototype === Object.prototype) return undefined;
  const own = Object.getOwnPropertyDescriptor(prototype, name);
  return own ?? findDescriptor(Object.getPrototypeOf(prototype) as object, name);
}
