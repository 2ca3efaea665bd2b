import { HttpError } from '../../http/status/http-error';
import type { HttpRequest } from '../../http/request';

/** Answers whether the request has a body. */
export function hasBody(request: HttpRequest): boolean {
  return (
    Number(request.header('content-length') ?? 0) > 0 || request.header('transfer-encoding') !== undefined
  );
}

/** Refuses a body of another type with 415. `accept` lists the types that the route takes (RFC 9110 §15.5.16). */
export function refuseType(accept: string): HttpError {
  return new HttpError(415, { detail: `The body must be sent as ${accept}.`, headers: { Accept: accept } });
}

const UNCODED = /^[ \t]*(?:identity[ \t]*)?$/i;

/**
 * Refuses a compressed body rather than misreading it (RFC 9110 §12.5.3 asks for Accept-Encoding in the response). Looks
 * at every line: an empty first one must not hide another. Empty members of the list do not count.
 */
export function checkCoding(request: HttpRequest): void {
  const codings = request.headerLines('content-encoding');
  if (codings.every((line) => line.split(',').every((coding) => UNCODED.test(coding)))) return;
  throw new HttpError(415, {
    detail: 'The body must not be compressed.',
    headers: { 'Accept-Encoding': 'identity' },
  });
}
