import type { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import { readConstraints, readRules, type RuleRecord } from './class-rules';
import { isPromise } from '../../http/maybe-promise';

/** A shorter address cannot have a part that is too long: 64 characters before the @, 63 in a label after it. */
const LONGEST = 64;
const PLAIN = /^[a-z\d_+-]+(?:\.[a-z\d_+-]+)*@(?:[a-z\d]+(?:-+[a-z\d]+)*\.)+[a-z]{2,}$/i;

/** Answers whether a value is a common kind of address, all of which `@IsEmail()` accepts; it accepts others as well. */
export function isPlainEmail(value: unknown): boolean {
  return typeof value === 'string' && value.length <= LONGEST && PLAIN.test(value);
}

/**
 * Makes the validator of `@IsEmail()`, by far the slowest of class-validator, accept common addresses at once. All other
 * addresses still go through it, and all other validators are returned as they are.
 */
export function addEmailFastPath(
  { name, constraints }: RuleRecord,
  validator: ValidatorConstraintInterface,
): ValidatorConstraintInterface {
  if (name !== 'isEmail' || constraints?.[0] !== undefined || !isByClassValidator(validator))
    return validator;
  return {
    validate: (value, values) => isPlainEmail(value) || validator.validate(value, values),
    defaultMessage: (values) => validator.defaultMessage!(values),
  };
}

/**
 * A user's rule may have the same name and refuse more, and no property of a validator says who made it. Without
 * arguments class-validator's own validator throws, so one that throws in the same place is class-validator's.
 */
function isByClassValidator(validator: ValidatorConstraintInterface): boolean {
  knownPlace ??= locateFailure(registerKnown());
  return knownPlace !== '' && locateFailure(validator) === knownPlace;
}

let knownPlace: string | undefined;

/** Registers `@IsEmail()` on a class of our own, to have a validator that is class-validator's for certain. */
function registerKnown(): ValidatorConstraintInterface {
  const { IsEmail } = require('class-validator') as typeof import('class-validator');
  class Known {}
  IsEmail()(Known.prototype, 'email');
  return readConstraints(readRules(Known)[0]!)[0]!.instance;
}

/** The validator, class-validator's function that calls it, and the call below. */
const FRAMES = 3;

/** The top frames of the stack when the validator is called without arguments; empty if it does not throw. */
function locateFailure(validator: ValidatorConstraintInterface): string {
  const { prepareStackTrace } = Error;
  // Positions in the compiled files: the text of a stack can have those of a source map.
  Error.prepareStackTrace = (_error, sites) =>
    sites.map((site) => [site.getFileName(), site.getLineNumber(), site.getColumnNumber()].join(':'));
  try {
    const result: unknown = validator.validate('', {} as ValidationArguments);
    if (isPromise(result)) result.catch(() => {});
    return '';
  } catch (error) {
    const stack: unknown = error instanceof Error ? error.stack : undefined;
    return Array.isArray(stack) && stack.length >= FRAMES ? stack.slice(0, FRAMES).join('\n') : '';
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
