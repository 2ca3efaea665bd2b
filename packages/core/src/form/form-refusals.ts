import { HttpError, type ErrorDetail } from '../http/status/http-error';

/** What still comes of the form is not wanted, so the connection ends with the answer. */
const CLOSE = { Connection: 'close' };

/** 400: the form can not be read. */
export function refuseMalformed(detail: string): HttpError {
  return new HttpError(400, { code: 'form_syntax', detail, headers: CLOSE });
}

/** 413: the form has more than it may; `what` ends the sentence "The form may have at most …". */
export function refuseTooMuch(what: string): HttpError {
  return new HttpError(413, {
    code: 'form_too_large',
    detail: `The form may have at most ${what}.`,
    headers: CLOSE,
  });
}

/** 408: the rest of the form does not come (RFC 9110 §15.5.9). */
export function refuseStalled(): HttpError {
  return new HttpError(408, {
    code: 'form_stalled',
    detail: 'The rest of the form did not come in time.',
    headers: CLOSE,
  });
}

/** 415: a file of a type that the route does not take. */
export function refuseFileType(error: ErrorDetail): HttpError {
  return new HttpError(415, {
    detail: 'A file of the form is not of a type that is taken.',
    errors: [error],
    headers: CLOSE,
  });
}
