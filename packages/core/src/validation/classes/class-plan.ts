import type { Class } from '../../http/class';
import { isNested, readRules, type RuleRecord } from './class-rules';
import { compileRule, type CheckRule } from './compile-rule';
import { readConversion, readReplyConversion, readReplyKey, type Conversion } from './conversion';
import { findShape, type Shape } from './declared-shape';
import { readNamedType, type NamedType } from './named-type';
import { findPrimitiveType, type PrimitiveType } from './primitive-types';

/** A property with its compiled rules. */
export interface PropertyPlan {
  readonly name: string;
  readonly conversion: Conversion;
  /** The type that `@Type` names; undefined without `@Type`. */
  readonly named: NamedType | undefined;
  /** The built-in type that `@Type` names: every value must be of it, whatever the rules accept. */
  readonly primitive: PrimitiveType | undefined;
  /** Whether objects become instances of the class that `@Type` names: `@ValidateNested`, in any group. */
  readonly isNested: boolean;
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
  /** The properties that a client may set, by their keys. */
  readonly settable: ReadonlyMap<string, PropertyPlan>;
  /** The keys that a client may send and that are dropped. */
  readonly dropped: ReadonlySet<string>;
  /** The properties that `@Transform` makes even if nothing was sent. */
  readonly exposed: readonly PropertyPlan[];
}

/** How classes are planned. */
export interface PlanOptions {
  /** The groups whose rules and conversions apply. Default: every rule, and conversions without groups. */
  readonly groups?: readonly string[] | undefined;
  /** A reply is checked as it is: the conversions of requests do not run. */
  readonly isReply?: boolean | undefined;
  /** The values were made of texts, each of its declared type. */
  readonly isText?: boolean | undefined;
}

/** Returns the plan of a class, which is made at the first call; undefined for a class without rules. */
export type FindClassPlan = (type: Class) => ClassPlan | undefined;

/** Makes the plans of classes, each once. */
export function makeClassPlans(options: PlanOptions): FindClassPlan {
  const plans = new Map<Class, ClassPlan | undefined>();
  return (type) => {
    if (!plans.has(type)) plans.set(type, planClass(type, options));
    return plans.get(type);
  };
}

function planClass(type: Class, options: PlanOptions): ClassPlan | undefined {
  const rules = readRules(type, options.groups);
  if (rules.length === 0) return undefined;
  // A reply does not have what `@Exclude` keeps out of it.
  const isThere = (name: string): boolean =>
    options.isReply !== true || readReplyKey(type, name) !== undefined;
  const names = [...new Set(rules.map(({ propertyName }) => propertyName))].filter(isThere);
  const properties = new Map(names.map((name) => [name, planProperty(type, name, rules, options)]));
  const list = [...properties.values()];
  const settable = list.filter(({ name, conversion }) => conversion.isAccepted && isSettable(type, name));
  const dropped = list.filter(({ conversion }) => !conversion.isAccepted);
  return {
    type,
    properties,
    list,
    settable: new Map(settable.map((one) => [one.conversion.key, one])),
    dropped: new Set(dropped.map(({ conversion }) => conversion.key)),
    exposed: settable.filter(({ conversion }) => conversion.isExposed && conversion.transforms.length > 0),
  };
}

function planProperty(
  type: Class,
  name: string,
  rules: readonly RuleRecord[],
  { groups, isReply, isText }: PlanOptions,
): PropertyPlan {
  const own = (kind: string) => rules.filter((rule) => rule.propertyName === name && rule.type === kind);
  const conversion = isReply ? readReplyConversion(type, name) : readConversion(type, name, groups);
  const named = readNamedType(type, name);
  return {
    name,
    conversion,
    named,
    primitive: findPrimitiveType(named?.fixed),
    isNested: isNested(type, name),
    shape: findShape(type, name, named?.fixed),
    conditions: own('conditionalValidation').map((rule) => rule.constraints[0] as Condition),
    checks: [...own('isDefined'), ...own('customValidation')].flatMap((rule) =>
      compileRule(rule, type.name, conversion.key, isText),
    ),
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
