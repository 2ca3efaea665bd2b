import { compileClassValidator } from './classes/compile-class-validator';
import { compileListValidator } from './compile-list-validator';
import { compileSchemaValidator } from './compile-schema-validator';
import { compileTextValidator } from './compile-text-validator';
import { isStandardSchema } from './standard-schema';
import { Findings } from './findings';
import type { TextProperty } from './text-types';
import type { Check, Validate } from './validate';
import type { CheckedOptions, ValidationTarget } from './validation-target';

/**
 * Compiles the check of a class, a schema or a list of them, once, at start-up. With `properties`, the values are texts
 * and are converted first.
 */
export function compileValidator(
  target: ValidationTarget,
  options: CheckedOptions = {},
  properties?: readonly TextProperty[],
): Validate {
  if (properties !== undefined)
    return compileTextValidator(compileValidator(target, { ...options, isText: true }), properties);
  const check = compileCheck(target, options);
  return (plain, part) => {
    const findings = new Findings(part);
    try {
      return findings.finish(check(plain, findings));
    } catch (error) {
      findings.abandon();
      throw error;
    }
  };
}

function compileCheck(target: ValidationTarget, options: CheckedOptions): Check {
  if (isStandardSchema(target)) return compileSchemaValidator(target);
  if (typeof target === 'function') return compileClassValidator(target, options);
  return compileListValidator(compileCheck(target.each, options));
}
