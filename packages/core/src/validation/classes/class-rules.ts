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

/** Answers whether a class has rules. It does not load class-validator: a program that has not loaded it has no rules. */
export function hasRules(type: Class): boolean {
  return 'classValidatorMetadataStorage' in globalThis && readRules(type).length > 0;
}

/** Answers whether `@ValidateNested` checks the property, in any group. */
export function isNested(type: Class, property: string): boolean {
  return readRules(type).some((rule) => rule.propertyName === property && rule.type === 'nestedValidation');
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

/** Reads the store of class-validator's rules. Loads class-validator. */
export function readValidatorStorage(): ReturnType<typeof getMetadataStorage> {
  return (require('class-validator') as typeof import('class-validator')).getMetadataStorage();
}

const UNFIT_VALIDATOR: ConfigurationProblem = {
  code: 'LIBRARY_UNFIT',
  place: 'class-validator',
  fault:
    'The installed class-validator has kinds of rules that version 0.15 does not have, and they would not be checked.',
  cure: 'Install class-validator 0.15 (npm ls class-validator shows the installed version and its dependents), or validate with a Standard Schema instead of a class.',
};
