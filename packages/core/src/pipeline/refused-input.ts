import { HttpError, type ErrorDetail } from '../http/http-error';

/** More are not told: what a client sends must not decide how long the answer is. */
const MOST_ERRORS = 100;

/** What is wrong with the parameters of a request; no handler throws it, so its errors can be added to. */
export class RefusedInput extends HttpError {
  declare readonly errors: readonly ErrorDetail[];

  constructor(errors: readonly ErrorDetail[]) {
    super(422, {
      code: 'validation_failed',
      detail: 'The request does not have the form that is due.',
      errors: errors.slice(0, MOST_ERRORS),
    });
  }
}

/** A JSON Pointer (RFC 6901) to something inside a part of the request. */
export function formatPointer(...path: readonly (string | number)[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
