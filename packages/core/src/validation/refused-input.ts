import { HttpError, type ErrorDetail } from '../http/status/http-error';

// The limits keep a response short however long the body is: pointers and details contain names that the client chose.
/** Further errors are dropped. */
export const MOST_ERRORS = 100;
/** Characters of a pointer, and of a detail. */
export const MOST_CHARACTERS = 300;

/** The 422 of an invalid request: it lists all errors at once. */
export class RefusedInput extends HttpError {
  declare readonly errors: readonly ErrorDetail[];

  constructor(errors: readonly ErrorDetail[], cause?: unknown) {
    super(422, {
      code: 'validation_failed',
      detail: 'The request is invalid.',
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
