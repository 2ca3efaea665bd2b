import type { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import { readConstraints, readRules, type RuleRecord } from './class-rules';
import { isPromise } from '../http/maybe-promise';

/** In an address of at most this length no part is too long: 64 are allowed before the @, 63 in a label after it. */
const LONGEST = 64;
const PLAIN = /^[a-z\d_+-]+(?:\.[a-z\d_+-]+)*@(?:[a-z\d]+(?:-+[a-z\d]+)*\.)+[a-z]{2,}$/i;

/** Answers whether a value is an address of the usual kind, which `@IsEmail()` accepts; of others it says nothing. */
export function isPlainEmail(value: unknown): boolean {
  return typeof value === 'string' && value.length <= LONGEST && PLAIN.test(value);
}

/**
 * The check of a rule; where it is that of `@IsEmail()`, one that accepts usual addresses at once and leaves all others
 * to it. It is by far the slowest of class-validator's.
 */
export function quickenEmail(
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
 * A rule of the user's own may have the same name and refuse more, and nothing on it says who made it. So it is asked
 * without arguments, at which class-validator's check throws: it is one of those that throw in the same place.
 */
function isByClassValidator(validator: ValidatorConstraintInterface): boolean {
  placeOfOwn ??= locateFailure(registerOwn());
  return placeOfOwn !== '' && locateFailure(validator) === placeOfOwn;
}

let placeOfOwn: string | undefined;

/** A check of `@IsEmail()` that is known to be one. */
function registerOwn(): ValidatorConstraintInterface {
  const { IsEmail } = require('class-validator') as typeof import('class-validator');
  class Known {}
  IsEmail()(Known.prototype, 'email');
  return readConstraints(readRules(Known)[0]!)[0]!.instance;
}

/** The check itself, class-validator's registration that calls it, and the call below. */
const FRAMES = 3;

/** Where the check throws without arguments, and from where it was called; empty where it does not throw. */
function locateFailure(validator: ValidatorConstraintInterface): string {
  const { prepareStackTrace } = Error;
  // The text of a stack can have the places in the sources instead.
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
