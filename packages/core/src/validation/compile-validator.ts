import { compileClassValidator } from './compile-class-validator';
import { compileListValidator } from './compile-list-validator';
import { compileSchemaValidator } from './compile-schema-validator';
import { compileTextValidator } from './compile-text-validator';
import { isStandardSchema } from './standard-schema';
import type { TextProperty } from './text-types';
import type { Validate } from './validate';
import type { ValidationOptions, ValidationTarget } from './validation-target';

/**
 * Compiles the check of a class, a schema or a list of them, once, at start-up. With `properties`, the values are texts
 * and are converted first.
 */
export function compileValidator(
  target: ValidationTarget,
  options: ValidationOptions = {},
  properties?: readonly TextProperty[],
): Validate {
  if (properties !== undefined) return compileTextValidator(compileValidator(target, options), properties);
  if (isStandardSchema(target)) return compileSchemaValidator(target);
  if (typeof target === 'function') return compileClassValidator(target, options);
  return compileListValidator(compileValidator(target.each, options));
}
