import type { defaultMetadataStorage } from 'class-transformer/types/storage';
import type { getMetadataStorage } from 'class-validator';
import { ConfigurationError, type ConfigurationProblem } from '../../configuration/configuration-error';
import type { Class } from '../../http/class';

/** The record that a decorator of class-validator has left for a property. */
export type RuleRecord = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];

/** The kinds of rules that Sluice knows. Every rule with a check of its own is a `customValidation`. */
const RULE_KINDS: readonly string[] = [
  'customValidation',
  'isDefined',
  'nestedValidation',
  'promiseValidation',
  'conditionalValidation',
  'whitelistValidation',
];

/**
 * Reads the rules of a class and its parents, or those of the given groups. Loads class-validator.
 *
 * @throws ConfigurationError LIBRARY_UNFIT if the installed version has kinds of rules that Sluice does not know
 */
export function readRules(type: Class, groups?: readonly string[]): readonly RuleRecord[] {
  const rules = readValidatorStorage().getTargetValidationMetadatas(
    type,
    '',
    false,
    false,
    groups && [...groups],
  );
  if (!rules.every((rule) => RULE_KINDS.includes(rule.type))) throw new ConfigurationError([UNFIT_VALIDATOR]);
  return rules;
}

/** The validator of a rule, and its name. */
export type Constraint = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidatorConstraints']
>[number];

/** Reads the validators that are registered for a rule. */
export function readConstraints({ constraintCls }: RuleRecord): readonly Constraint[] {
  return readValidatorStorage().getTargetValidatorConstraints(constraintCls);
}

/** Answers whether class-validator has a rule of this name: it exports the names of all its rules. */
export function isBuiltIn({ name }: RuleRecord): boolean {
  const exported: object = require('class-validator') as typeof import('class-validator');
  return Object.values(exported).includes(name);
}

/** Reads the type that `@Type` names for a property, as it is. Loads class-transformer. */
export function readNamedType(type: Class, property: string): unknown {
  return readTransformerStorage().findTypeMetadata(type, property)?.typeFunction?.();
}

/** The type of a property that only class-transformer can choose or fill. */
export const DYNAMIC = Symbol('dynamic');

/** Reads the type that `@Type` names for a property; undefined without `@Type`. Loads class-transformer. */
export function readPropertyType(type: Class, property: string): unknown {
  const record = readTransformerStorage().findTypeMetadata(type, property);
  if (record?.typeFunction === undefined) return undefined;
  const isChosen = record.typeFunction.length > 0 || record.options?.discriminator !== undefined;
  return isChosen || isOwnCollection(record.reflectedType) ? DYNAMIC : record.typeFunction();
}

/** Answers whether a type is a Set, a Map or a subclass of Array, which class-transformer fills. */
function isOwnCollection(type: unknown): boolean {
  if (typeof type !== 'function') return false;
  return [Map, Set].includes(type as never) || type.prototype instanceof Array;
}

const PLAIN_TO_CLASS = 0;

/** Answers whether a class has `@Transform`, `@Expose` or `@Exclude`, which only class-transformer applies. */
export function isTransformed(type: Class, properties: Iterable<string>): boolean {
  const storage = readTransformerStorage();
  return (
    storage.getStrategy(type) !== 'none' ||
    storage.getExposedMetadatas(type).length > 0 ||
    storage.getExcludedMetadatas(type).length > 0 ||
    [...properties].some((name) => isMadeByTransform(type, name))
  );
}

/** Answers whether `@Transform` makes the property. */
export function isMadeByTransform(type: Class, property: string): boolean {
  return readTransformerStorage().findTransformMetadatas(type, property, PLAIN_TO_CLASS).length > 0;
}

/**
 * Reads the records of class-transformer's decorators from an internal module, because it does not export them.
 *
 * @throws ConfigurationError LIBRARY_UNFIT if the installed version stores them elsewhere
 */
export function readTransformerStorage(): typeof defaultMetadataStorage {
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

/** Reads the store of class-validator's rules. Loads class-validator. */
export function readValidatorStorage(): ReturnType<typeof getMetadataStorage> {
  return (require('class-validator') as typeof import('class-validator')).getMetadataStorage();
}

const UNFIT_TRANSFORMER: ConfigurationProblem = {
  code: 'LIBRARY_UNFIT',
  place: 'class-transformer',
  fault:
    'The installed class-transformer stores its metadata elsewhere than version 0.5, so classes with rules cannot be read.',
  cure: 'Install class-transformer 0.5 (npm ls class-transformer shows the installed version and its dependents), or validate with a Standard Schema instead of a class.',
};

const UNFIT_VALIDATOR: ConfigurationProblem = {
  code: 'LIBRARY_UNFIT',
  place: 'class-validator',
  fault:
    'The installed class-validator has kinds of rules that version 0.15 does not have, and they would not be checked.',
  cure: 'Install class-validator 0.15 (npm ls class-validator shows the installed version and its dependents), or validate with a Standard Schema instead of a class.',
};
