import type { ErrorDetail } from '../http/status/http-error';
import type { MaybePromise } from '../http/maybe-promise';
import { isStandardSchema } from './standard-schema';
import type { ValidationOptions, ValidationTarget } from './validation-target';
import { validateByClass } from './validate-class';
import { validateEach } from './each';
import { validateBySchema } from './validate-schema';

/** The part of a request that a value comes from, as errors name it. */
export type RequestPart = ErrorDetail['in'];

/**
 * Checks a plain value; gives back what the handler gets: an instance of the class, or the output of the schema.
 * Throws, or rejects with, the HttpError 422 that says what is wrong.
 */
export type Validate = (plain: unknown, part: RequestPart) => MaybePromise<unknown>;

/** Makes the check of one class, schema or list of them, once, at start-up. */
export function compileValidator(target: ValidationTarget, options: ValidationOptions = {}): Validate {
  if (isStandardSchema(target)) return validateBySchema(target);
  if (typeof target === 'function') return validateByClass(target, options);
  return validateEach(compileValidator(target.each, options));
}
