import type { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';
import type { RuleRecord } from '../../http/class-rules';
import { isPromise } from '../../http/maybe-promise';

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
 * A rule of the user's own may have the same name and refuse more. What tells them apart is who reads the arguments:
 * where there are none, class-validator's check throws, in its own file and called by its own registration only.
 */
function isByClassValidator(validator: ValidatorConstraintInterface): boolean {
  const [reader, registration, asker] = findThrower(() => validator.validate('', {} as ValidationArguments));
  return (
    reader === require.resolve('class-validator/cjs/decorator/string/IsEmail.js') &&
    registration === require.resolve('class-validator/cjs/register-decorator.js') &&
    asker === __filename
  );
}

/** The file that throws when the function is called, and the files it was called from; none where nothing throws. */
function findThrower(run: () => unknown): readonly (string | undefined)[] {
  const { prepareStackTrace } = Error;
  // The text of a stack can have the names of the sources instead.
  Error.prepareStackTrace = (_error, sites) => sites.map((site) => site.getFileName());
  try {
    const result = run();
    if (isPromise(result)) result.catch(() => {});
    return [];
  } catch (error) {
    const stack: unknown = error instanceof Error ? error.stack : undefined;
    return Array.isArray(stack) ? (stack as string[]) : [];
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
