import type { RequestPart } from '../http/status/http-error';
import type { MaybePromise } from '../http/maybe-promise';

/**
 * Checks a plain value and returns the handler's argument: an instance of the class, or the output of the schema.
 * Throws, or rejects with, the HttpError 422 that lists every error.
 */
export type Validate = (plain: unknown, part: RequestPart) => MaybePromise<unknown>;
