import { HttpError, type ErrorDetail } from '../http/status/http-error';

// What a client sends must not decide how long the answer is: names can be as long as the body.
/** More errors are not told. */
export const MOST_ERRORS = 100;
/** Characters of a pointer, and of a sentence. */
const MOST_CHARACTERS = 300;

/** The 422 of a request that does not have the form that is due: everything that is wrong with it, at once. */
export class RefusedInput extends HttpError {
  declare readonly errors: readonly ErrorDetail[];

  constructor(errors: readonly ErrorDetail[], cause?: unknown) {
    super(422, {
      code: 'validation_failed',
      detail: 'The request does not have the form that is due.',
      errors: errors.slice(0, MOST_ERRORS).map(shorten),
      cause,
    });
  }
}

function shorten(error: ErrorDetail): ErrorDetail {
  return { ...error, pointer: cut(error.pointer), detail: cut(error.detail) };
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
