import type { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import { isPromise, type MaybePromise } from '../../http/maybe-promise';
import { isBuiltIn, readConstraints, type Constraint, type RuleRecord } from './class-rules';
import { isCollection, visitCollection } from './collection';
import { describeRule } from './describe-rule';
import type { Findings } from '../findings';
import { addEmailFastPath } from './plain-email';
import { indexLongList } from './unique-list';

/** Checks one rule of a property and adds an error if the value breaks it. */
export type CheckRule = (value: unknown, object: object, findings: Findings) => void;

/**
 * Compiles a rule: its validators are looked up here, once, and called directly for each value.
 *
 * @param key the name of the property in messages
 */
export function compileRule(rule: RuleRecord, targetName: string, key: string, isText = false): CheckRule[] {
  return readConstraints(rule).map((constraint) => {
    const check = compileConstraint(rule, constraint, targetName, key, isText);
    const { validateIf } = rule;
    if (validateIf === undefined) return check;
    return (value, object, findings) => {
      if (validateIf(object, value)) check(value, object, findings);
    };
  });
}

/**
 * Looks a validator up by its registration and not by its name, because a user's rule may have the name of a built-in
 * one. The validator is made at the first value, because `useContainer` may be called after start-up.
 */
function compileConstraint(
  rule: RuleRecord,
  constraint: Constraint,
  targetName: string,
  key: string,
  isText: boolean,
): CheckRule {
  const { constraints, propertyName: property, each } = rule;
  const code = constraint.name || rule.type;
  let made: ValidatorConstraintInterface | undefined;
  const checkOne = (value: unknown, values: ValidationArguments, findings: Findings): void => {
    const validator = (made ??= prepareValidator(rule, constraint.instance, isText));
    const passes = callValidator(rule, validator, value, values);
    if (passes === true) return;
    const describe = () => describeBroken(rule, validator, values, key);
    if (isPromise(passes)) findings.addLater(passes, code, describe);
    else if (!passes) findings.add(code, describe);
  };
  return (value, object, findings) => {
    const values: ValidationArguments = { targetName, property, object, value, constraints };
    if (!each || !isCollection(value)) return checkOne(value, values, findings);
    visitCollection(value, findings, (item, here) => checkOne(item, values, here));
  };
}

function prepareValidator(
  rule: RuleRecord,
  validator: ValidatorConstraintInterface,
  isText: boolean,
): ValidatorConstraintInterface {
  if (isText && rule.name === 'isPort') return adaptValidator(validator, formatNumber);
  if (rule.name === 'arrayUnique') return adaptValidator(validator, indexLongList);
  return addEmailFastPath(rule, validator);
}

/** Makes a validator check something else in place of the value. */
function adaptValidator(
  validator: ValidatorConstraintInterface,
  adapt: (value: unknown) => unknown,
): ValidatorConstraintInterface {
  return {
    validate: (value, values) => validator.validate(adapt(value), values),
    ...(validator.defaultMessage && { defaultMessage: (values) => validator.defaultMessage!(values) }),
  };
}

/** `@IsPort()` accepts texts only, and a property with a number has one that was made of a text. */
function formatNumber(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

/** A text at which a built-in validator throws breaks the rule. If a user's validator throws, that is a bug: a 500. */
function callValidator(
  rule: RuleRecord,
  validator: ValidatorConstraintInterface,
  value: unknown,
  values: ValidationArguments,
): MaybePromise<boolean> {
  try {
    return validator.validate(value, values);
  } catch (error) {
    if (isCausedByText(error) && isBuiltIn(rule)) return false;
    throw error;
  }
}

/** Half a surrogate pair, which JSON can carry, is a URIError; a text too long for a pattern is a RangeError. */
function isCausedByText(error: unknown): boolean {
  return error instanceof URIError || error instanceof RangeError;
}

function describeBroken(
  { message }: RuleRecord,
  validator: ValidatorConstraintInterface,
  values: ValidationArguments,
  key: string,
): string {
  return describeRule(message || (validator.defaultMessage?.(values) ?? ''), values, key);
}
