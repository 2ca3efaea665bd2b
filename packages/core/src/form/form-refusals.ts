import { HttpError, type ErrorDetail } from '../http/status/http-error';

/** The rest of the form is not read, so the connection closes after the response. */
const CLOSE = { Connection: 'close' };

/** 400: the form cannot be parsed. */
export function refuseMalformed(detail: string): HttpError {
  return new HttpError(400, { code: 'form_syntax', detail, headers: CLOSE });
}

/** 413: the form, or a part of it, is over a limit. */
export function refuseTooLarge(detail: string): HttpError {
  return new HttpError(413, { code: 'form_too_large', detail, headers: CLOSE });
}

/** 408: the rest of the form does not arrive (RFC 9110 §15.5.9). */
export function refuseStalled(): HttpError {
  return new HttpError(408, {
    code: 'form_stalled',
    detail: 'The rest of the form did not arrive in time.',
    headers: CLOSE,
  });
}

/** 415: the route does not accept files of this media type. */
export function refuseFileType(error: ErrorDetail): HttpError {
  return new HttpError(415, {
    detail: 'A file of the form has a media type that the route does not accept.',
    errors: [error],
    headers: CLOSE,
  });
}

/** 415: the charset of a field is unknown, or its Content-Type malformed. */
export function refuseFieldCharset(): HttpError {
  return new HttpError(415, { detail: 'A field of the form has an unsupported charset.', headers: CLOSE });
}
