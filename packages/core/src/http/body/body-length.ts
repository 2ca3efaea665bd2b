import type { HttpResponse } from '../response';
import { forbidsBody } from '../status/status';

const DECLARED_LENGTH = /^\d{1,15}$/;

/** Answers whether a response has no body: HEAD, 204, 304, and 205 (RFC 9110 §15.3.6). */
export function isHeadOnly(method: string, status: number): boolean {
  return method === 'HEAD' || status === 205 || forbidsBody(status);
}

/**
 * Finds the Content-Length of a response in bytes: counted if the body is text or bytes, and as the program set it for a
 * stream and for a HEAD handler without a body. Undefined if the response has none, or the length is not known.
 */
export function findAnnouncedLength(method: string, response: HttpResponse): number | undefined {
  const { status, body, headers } = response;
  if (forbidsBody(status)) return undefined;
  if (status === 205 || (body === undefined && method !== 'HEAD')) return 0;
  if (typeof body === 'string') return Buffer.byteLength(body);
  if (body instanceof Uint8Array) return body.byteLength;
  const declared = headers.get('Content-Length');
  if (declared !== undefined && DECLARED_LENGTH.test(declared)) return Number(declared);
  return body === undefined ? 0 : undefined;
}

/**
 * Checks a stream after so many bytes, its first ones or all.
 *
 * @throws RangeError if it cannot have the announced length
 */
export function checkStreamLength(bytes: number, isWhole: boolean, announced: number | undefined): void {
  if (announced === undefined || bytes === announced || (bytes < announced && !isWhole)) return;
  const found = bytes > announced ? `has at least ${bytes} bytes` : `ended after ${bytes} bytes`;
  throw new RangeError(`The stream ${found}, but its Content-Length is ${announced}.`);
}
