import type { defaultMetadataStorage } from 'class-transformer/types/storage';
import type { getMetadataStorage } from 'class-validator';
import type { Class } from '../http/class';
import { ConfigurationError, type ConfigurationProblem } from '../configuration/configuration-error';

/** One decorator of class-validator, as it stands on a property. */
export type RuleRecord = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];

/** What rules there are; all that check a value in their own way are `customValidation`. */
const RULE_KINDS: readonly string[] = [
  'customValidation',
  'isDefined',
  'nestedValidation',
  'promiseValidation',
  'conditionalValidation',
  'whitelistValidation',
];

/**
 * The rules of a class and its parents, those of the groups where groups are given. Loads class-validator.
 *
 * @throws ConfigurationError LIBRARY_UNFIT where the installed version has kinds of rules that would not be checked
 */
export function readRules(type: Class, groups?: readonly string[]): readonly RuleRecord[] {
  const rules = readStorage().getTargetValidationMetadatas(type, '', false, false, groups && [...groups]);
  if (!rules.every((rule) => RULE_KINDS.includes(rule.type))) throw new ConfigurationError([UNFIT_VALIDATOR]);
  return rules;
}

/** What a rule is checked by, and the name it goes by. */
export type Constraint = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidatorConstraints']
>[number];

/** What class-validator has registered for a rule. */
export function readConstraints({ constraintCls }: RuleRecord): readonly Constraint[] {
  return readStorage().getTargetValidatorConstraints(constraintCls);
}

/** Whether a rule has the name of one of class-validator's own: it exports all their names. */
export function isBuiltIn({ name }: RuleRecord): boolean {
  const exported: object = require('class-validator') as typeof import('class-validator');
  return Object.values(exported).includes(name);
}

/** The type that `@Type` names for a property, whatever it holds. Loads class-transformer. */
export function readNamedType(type: Class, property: string): unknown {
  return readTransformer().findTypeMetadata(type, property)?.typeFunction?.();
}

/** The type of a property that only class-transformer can choose or fill. */
export const DYNAMIC = Symbol('dynamic');

/** The type that `@Type` names for a property; undefined where there is none. Loads class-transformer. */
export function readPropertyType(type: Class, property: string): unknown {
  const record = readTransformer().findTypeMetadata(type, property);
  if (record?.typeFunction === undefined) return undefined;
  const isChosen = record.typeFunction.length > 0 || record.options?.discriminator !== undefined;
  return isChosen || isOwnCollection(record.reflectedType) ? DYNAMIC : record.typeFunction();
}

/** A Set, a Map or a list of the user's own, which class-transformer fills. */
function isOwnCollection(type: unknown): boolean {
  if (typeof type !== 'function') return false;
  return [Map, Set].includes(type as never) || type.prototype instanceof Array;
}

const PLAIN_TO_CLASS = 0;

/** Whether class-transformer does more with the class than `@Type`: `@Transform`, `@Expose`, `@Exclude`. */
export function isTransformed(type: Class, properties: Iterable<string>): boolean {
  const storage = readTransformer();
  return (
    storage.getStrategy(type) !== 'none' ||
    storage.getExposedMetadatas(type).length > 0 ||
    storage.getExcludedMetadatas(type).length > 0 ||
    [...properties].some((name) => isMadeByTransform(type, name))
  );
}

/** Whether `@Transform` makes the property. */
export function isMadeByTransform(type: Class, property: string): boolean {
  return readTransformer().findTransformMetadatas(type, property, PLAIN_TO_CLASS).length > 0;
}

/**
 * What the decorators of class-transformer wrote: it exports no other way to it.
 *
 * @throws ConfigurationError LIBRARY_UNFIT where the installed version keeps it elsewhere
 */
function readTransformer(): typeof defaultMetadataStorage {
  const storage = findTransformerStorage();
  if (typeof storage?.findTypeMetadata !== 'function') throw new ConfigurationError([UNFIT_TRANSFORMER]);
  return storage;
}

function findTransformerStorage(): typeof defaultMetadataStorage | undefined {
  try {
    return (require('class-transformer/cjs/storage') as typeof import('class-transformer/types/storage'))
      .defaultMetadataStorage;
  } catch {
    return undefined;
  }
}

const UNFIT_TRANSFORMER: ConfigurationProblem = {
  code: 'LIBRARY_UNFIT',
  place: 'class-transformer',
  fault:
    'The installed class-transformer does not keep what its decorators wrote where version 0.5 does, so classes with rules can not be read.',
  cure: 'Install class-transformer 0.5 (npm ls class-transformer says what is installed and why), or check with a Standard Schema instead of a class.',
};

const UNFIT_VALIDATOR: ConfigurationProblem = {
  code: 'LIBRARY_UNFIT',
  place: 'class-validator',
  fault:
    'The installed class-validator has kinds of rules that version 0.15 does not have, and they would not be checked.',
  cure: 'Install class-validator 0.15 (npm ls class-validator says what is installed and why), or check with a Standard Schema instead of a class.',
};

function readStorage(): ReturnType<typeof getMetadataStorage> {
  return (require('class-validator') as typeof import('class-validator')).getMetadataStorage();
}
