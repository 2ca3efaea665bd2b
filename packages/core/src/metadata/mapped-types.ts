import { checkOptions, isBooleanOption } from '../configuration/check-options';
import { ConfigurationError } from '../configuration/configuration-error';
import type { Class } from '../http/class';
import { readRules, type RuleRecord } from '../validation/classes/class-rules';
import { copyProperties } from './copy-properties';

/** The properties of a class without its methods, which a mapped class does not have. */
export type Fields<T> = {
  [Name in keyof T as T[Name] extends (...values: never[]) => unknown ? never : Name]: T[Name];
};

type All<T extends readonly Class[]> = T extends readonly [
  Class<infer First>,
  ...infer Others extends readonly Class[],
]
  ? Fields<First> & All<Others>
  : unknown;

/** The properties of several classes, as one type. */
export type IntersectionOf<T extends readonly Class[]> = { [Name in keyof All<T>]: All<T>[Name] };

export interface PartialTypeOptions {
  /** Default true: `null` is accepted too, as with `@IsOptional()`. With false only a property that was sent is checked. */
  readonly skipNullProperties?: boolean;
}

/**
 * Makes a class with the rules of another one, in which every property is optional. The defaults of the other class are
 * left out, so a property that was not sent is missing.
 *
 * @throws ConfigurationError OPTION_INVALID, OPTION_UNKNOWN
 * @example class UpdateNote extends PartialType(CreateNote) {}
 */
export function PartialType<T extends object>(
  source: Class<T>,
  options: PartialTypeOptions = {},
): new () => Partial<Fields<T>> {
  checkSources('PartialType', [source]);
  checkOptions('PartialType', options, { skipNullProperties: isBooleanOption });
  const mapped = nameClass(class {}, `PartialType(${source.name})`);
  copyProperties(source, mapped, () => true);
  makeOptional(mapped, options);
  return mapped as new () => Partial<Fields<T>>;
}

/**
 * Makes a class with some properties of another one: with their rules, conversions and defaults.
 *
 * @throws ConfigurationError OPTION_INVALID
 * @example class Login extends PickType(CreateUser, ['email', 'password']) {}
 */
export function PickType<T extends object, const Names extends readonly (keyof Fields<T>)[]>(
  source: Class<T>,
  names: Names,
): new () => Pick<Fields<T>, Names[number]> {
  checkSources('PickType', [source]);
  const isKept = (name: string) => (names as readonly PropertyKey[]).includes(name);
  return map(`PickType(${source.name})`, [source], isKept) as new () => Pick<Fields<T>, Names[number]>;
}

/**
 * Makes a class with all properties of another one but some: with their rules, conversions and defaults.
 *
 * @throws ConfigurationError OPTION_INVALID
 * @example class CreateUser extends OmitType(User, ['id']) {}
 */
export function OmitType<T extends object, const Names extends readonly (keyof Fields<T>)[]>(
  source: Class<T>,
  names: Names,
): new () => Omit<Fields<T>, Names[number]> {
  checkSources('OmitType', [source]);
  const isKept = (name: string) => !(names as readonly PropertyKey[]).includes(name);
  return map(`OmitType(${source.name})`, [source], isKept) as new () => Omit<Fields<T>, Names[number]>;
}

/**
 * Makes a class with the properties of several: with their rules, conversions and defaults. A property that several of
 * them have must obey the rules of each; it is optional if it is optional in all of them.
 *
 * @throws ConfigurationError OPTION_INVALID
 * @example class ListNotes extends IntersectionType(Page, NoteFilter) {}
 */
export function IntersectionType<T extends readonly [Class<object>, ...Class<object>[]]>(
  ...sources: T
): new () => IntersectionOf<T> {
  checkSources('IntersectionType', sources);
  const title = `IntersectionType(${sources.map(({ name }) => name).join(', ')})`;
  return map(title, sources, () => true) as new () => IntersectionOf<T>;
}

function map(title: string, sources: readonly Class<object>[], isKept: (name: string) => boolean): Class {
  class Mapped {
    constructor() {
      for (const source of sources) copyDefaults(new source(), this, isKept);
    }
  }
  const rules = sources.map((source) => readRules(source));
  const isRuleKept = (rule: RuleRecord) => !isCondition(rule) || isConditionalInAll(rules, rule.propertyName);
  for (const source of sources) copyProperties(source, Mapped, isKept, isRuleKept);
  return nameClass(Mapped, title);
}

function copyDefaults(from: object, to: object, isKept: (name: string) => boolean): void {
  for (const [name, value] of Object.entries(from) as [string, unknown][])
    if (value !== undefined && isKept(name)) Object.assign(to, { [name]: value });
}

/** `@IsOptional` and `@ValidateIf` switch all rules of a property off, those of the other classes too. */
function isConditionalInAll(all: readonly (readonly RuleRecord[])[], name: string): boolean {
  return all
    .map((rules) => rules.filter(({ propertyName }) => propertyName === name))
    .every((rules) => rules.length === 0 || rules.some(isCondition));
}

function isCondition({ type }: RuleRecord): boolean {
  return type === 'conditionalValidation';
}

/** The condition applies where a rule of its property does; elsewhere it would make the property a known one. */
function makeOptional(type: Class, { skipNullProperties = true }: PartialTypeOptions): void {
  const { IsOptional, ValidateIf } = require('class-validator') as typeof import('class-validator');
  const rules = readRules(type);
  for (const name of new Set(rules.map(({ propertyName }) => propertyName))) {
    const own = rules.filter(({ propertyName }) => propertyName === name);
    const groups = own.flatMap((rule) => rule.groups ?? []);
    const when = own.some(({ always }) => always) ? { always: true } : { groups };
    const optional = skipNullProperties
      ? IsOptional(when)
      : ValidateIf((_, value) => value !== undefined, when);
    optional(type.prototype as object, name);
  }
}

function nameClass(type: Class, name: string): Class {
  return Object.defineProperty(type, 'name', { value: name });
}

function checkSources(place: string, sources: readonly unknown[]): void {
  if (sources.length > 0 && sources.every((source) => typeof source === 'function')) return;
  const fault = 'The class is undefined, which happens where two files import each other.';
  const cure = `Write ${place}(CreateNote), and remove the circular import.`;
  throw new ConfigurationError([{ code: 'OPTION_INVALID', place: `${place}()`, fault, cure }]);
}
