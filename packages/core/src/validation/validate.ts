import type { RequestPart } from '../http/status/http-error';
import type { MaybePromise } from '../http/maybe-promise';
import type { Findings } from './findings';

/**
 * Checks a plain value and returns the handler's argument: an instance of the class, or the output of the schema.
 * Throws, or rejects with, the HttpError 422 that lists every error.
 */
export type Validate = (plain: unknown, part: RequestPart) => MaybePromise<unknown>;

/**
 * Checks the current value of a validation and returns the same as `Validate`. Adds the errors to the findings; what it
 * returns counts only if there are none. It is synchronous as far as the findings wait for what is not.
 */
export type Check = (plain: unknown, findings: Findings) => MaybePromise<unknown>;
