import type { ValidatorConstraintInterface } from 'class-validator';
import type { RuleRecord } from './class-rules';

/**
 * Makes the validator of `@IsPort()`, which accepts texts only, accept a number that was made of a text: no value of
 * `@IsPort() port: number` would pass otherwise. All other validators are returned as they are.
 */
export function acceptNumericPort(
  { name }: RuleRecord,
  validator: ValidatorConstraintInterface,
): ValidatorConstraintInterface {
  if (name !== 'isPort') return validator;
  return {
    validate: (value, values) =>
      validator.validate(typeof value === 'number' ? String(value) : value, values),
    defaultMessage: (values) => validator.defaultMessage?.(values) ?? '',
  };
}
