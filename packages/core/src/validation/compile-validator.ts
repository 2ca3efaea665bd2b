import { compileClassValidator } from './compile-class-validator';
import { compileListValidator } from './compile-list-validator';
import { compileSchemaValidator } from './compile-schema-validator';
import { isStandardSchema } from './standard-schema';
import type { Validate } from './validate';
import type { ValidationOptions, ValidationTarget } from './validation-target';

/** Compiles the check of a class, a schema or a list of them, once, at start-up. */
export function compileValidator(target: ValidationTarget, options: ValidationOptions = {}): Validate {
  if (isStandardSchema(target)) return compileSchemaValidator(target);
  if (typeof target === 'function') return compileClassValidator(target, options);
  return compileListValidator(compileValidator(target.each, options));
}
