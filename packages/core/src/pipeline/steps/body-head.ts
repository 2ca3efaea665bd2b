import { HttpError } from '../../http/status/http-error';
import type { HttpRequest } from '../../http/request';

/** Answers whether a body was announced. */
export function hasBody(request: HttpRequest): boolean {
  return (
    Number(request.header('content-length') ?? 0) > 0 || request.header('transfer-encoding') !== undefined
  );
}

/** 415: the body is of another type; `accept` says which are taken (RFC 9110 §15.5.16). */
export function refuseType(accept: string): HttpError {
  return new HttpError(415, { detail: `The body must be sent as ${accept}.`, headers: { Accept: accept } });
}

/** A coded body is refused rather than misread (RFC 9110 §12.5.3 has Accept-Encoding in the answer). */
export function checkCoding(request: HttpRequest): void {
  const coding = request.header('content-encoding');
  if (coding === undefined || coding.toLowerCase() === 'identity') return;
  throw new HttpError(415, {
    detail: 'The body must not be compressed.',
    headers: { 'Accept-Encoding': 'identity' },
  });
}
