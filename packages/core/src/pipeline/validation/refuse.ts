import { HttpError, type ErrorDetail } from '../../http/http-error';
import type { RequestPart } from './validate';

/** More are not told: what a client sends must not decide how long the answer is. */
export const MOST_ERRORS = 100;

/** The 422 of values that are not what is due. */
export function refuse(errors: readonly ErrorDetail[], cause?: unknown): HttpError {
  return new HttpError(422, {
    code: 'validation_failed',
    detail: 'The request does not have the form that is due.',
    errors: errors.slice(0, MOST_ERRORS),
    cause,
  });
}

/** Throws HttpError 422 for what is no object: null, lists and primitives. */
export function checkObjectDue(value: unknown, part: RequestPart): asserts value is object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw refuse([{ in: part, pointer: '', code: 'object', detail: 'must be an object' }]);
}

/** One more step of a JSON Pointer (RFC 6901 §3). */
export function extendPointer(parent: string, key: PropertyKey): string {
  return `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
