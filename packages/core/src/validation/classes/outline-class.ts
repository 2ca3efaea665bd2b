import type { Class } from '../../http/class';
import { isBuiltIn, readRules, type RuleRecord } from './class-rules';
import { makeClassPlans, type PropertyPlan } from './class-plan';
import { readDeclaredType, type Shape } from './declared-shape';
import type { Discriminator } from './named-type';

/** One rule of a property, as its decorator was written. */
export interface RuleOutline {
  /** The name that class-validator has for it: `minLength`. A rule of a user has the name that its author gave it. */
  readonly name: string;
  /** The arguments of the decorator. */
  readonly constraints: readonly unknown[];
  /** The rule is for the items of a list. */
  readonly each: boolean;
  /** The rule applies only if a function of the user says so. */
  readonly isConditional: boolean;
  /** Whether class-validator has a rule of this name. */
  readonly isBuiltIn: boolean;
}

/** A property of a class with rules. */
export interface PropertyOutline {
  /** The name in the class. */
  readonly name: string;
  /** The name outside of the class. */
  readonly key: string;
  readonly rules: readonly RuleOutline[];
  /** `@IsOptional`: null and a missing value pass. */
  readonly isOptional: boolean;
  /** `@ValidateIf`: a function of the user decides whether the rules apply. */
  readonly isConditional: boolean;
  /** `@ValidateNested`; for a reply: the class of its values has rules. */
  readonly isNested: boolean;
  /** `@Transform` makes the value, so what a client sends is not what the rules check. */
  readonly isTransformed: boolean;
  /** Whether the declared type is a list; undefined where that is not known. */
  readonly shape: Shape | undefined;
  /** The built-in type or the class in `@Type`; undefined without it, or if each value decides. With a discriminator: the class of values that name none, if it has rules. */
  readonly type: unknown;
  readonly discriminator: Discriminator | undefined;
  /** The property is declared as a Map: an object with any keys. */
  readonly isMap: boolean;
  /** The value that a new instance has. */
  readonly initial: unknown;
}

/** The properties that a client sends, or that a reply has, in the order of the class. */
export type ClassOutline = readonly PropertyOutline[];

/** Whether the class is outlined as a request is made into it, or as a reply is made of it. */
export interface OutlineOptions {
  readonly groups?: readonly string[] | undefined;
  readonly isReply?: boolean | undefined;
}

/** Lists what the rules of a class say, as data. Loads class-validator. */
export function outlineClass(type: Class, options: OutlineOptions = {}): ClassOutline {
  const plan = makeClassPlans(options)(type);
  if (plan === undefined) return [];
  const rules = readRules(type, options.groups);
  const initial = options.isReply === true ? {} : readInitial(type);
  const properties = options.isReply === true ? plan.list : [...plan.settable.values()];
  return properties
    .map((property) => outlineProperty(property, rules, initial))
    .map((property) => (options.isReply === true ? nestInReply(type, property) : property));
}

/** A reply is made of the fields of nested classes, whether their rules are checked or not. */
function nestInReply(owner: Class, property: PropertyOutline): PropertyOutline {
  const { discriminator, type = readDeclaredType(owner, property.name) } = property;
  if (discriminator !== undefined) return { ...property, isNested: true };
  const ruled = findRuled(type);
  if (ruled !== undefined) return { ...property, isNested: true, type: ruled };
  // The `toJSON` of another class may make a list.
  return { ...property, isNested: false, shape: property.shape === 'list' ? 'list' : undefined };
}

function outlineProperty(
  { name, conversion, named, isNested, shape }: PropertyPlan,
  rules: readonly RuleRecord[],
  initial: Readonly<Record<string, unknown>>,
): PropertyOutline {
  const own = rules.filter(({ propertyName }) => propertyName === name);
  const conditions = own.filter(({ type }) => type === 'conditionalValidation');
  return {
    name,
    key: conversion.key,
    rules: own.filter(({ type }) => type === 'customValidation' || type === 'isDefined').map(outlineRule),
    isOptional: conditions.some(isOptionalRule),
    isConditional: !conditions.every(isOptionalRule),
    isNested,
    isTransformed: conversion.transforms.length > 0,
    shape,
    type: named?.discriminator === undefined ? named?.fixed : findRuled(named.base),
    discriminator: named?.discriminator,
    isMap: named?.collection === Map,
    initial: initial[name],
  };
}

/** A value that names none of the classes is refused, unless its base has rules. */
function findRuled(base: unknown): unknown {
  return typeof base === 'function' && readRules(base as Class).length > 0 ? base : undefined;
}

function outlineRule(rule: RuleRecord): RuleOutline {
  const { name = '', constraints, each, validateIf } = rule;
  return {
    name,
    constraints: constraints ?? [],
    each: each === true,
    isConditional: validateIf !== undefined,
    isBuiltIn: isBuiltIn(rule),
  };
}

function isOptionalRule({ name }: RuleRecord): boolean {
  return name === 'isOptional';
}

/** A constructor that needs the values of a request has no initial values. */
function readInitial(type: Class): Readonly<Record<string, unknown>> {
  try {
    return new type() as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
