import type { Context, ResponseHeaders } from '@sluice/core';
import type { CodingName } from './content-coding';

/** Headers that describe the bytes before encoding: lengths, digests (RFC 9530) and the offer of ranges. */
const STALE = ['Content-Length', 'Content-MD5', 'Content-Digest', 'Repr-Digest', 'Digest', 'Accept-Ranges'];
const ESCAPED = /\\./g;
const QUOTED = /"[^"]*"/g;

/** Whether the body is encoded already; `identity` is not a coding (RFC 9110 §8.4.1). */
export function isEncoded(headers: ResponseHeaders): boolean {
  const present = headers.get('Content-Encoding');
  return present !== undefined && present.trim().toLowerCase() !== 'identity';
}

/** Whether headers forbid encoding: the body is a part of a representation (RFC 9110 §14.4), or has no-transform. */
export function isLocked(headers: ResponseHeaders): boolean {
  return headers.has('Content-Range') || hasNoTransform(headers.get('Cache-Control'));
}

/** Whether a Cache-Control value has the directive no-transform (RFC 9111 §5.2.2.6), in any case. */
export function hasNoTransform(cacheControl: string | undefined): boolean {
  if (cacheControl === undefined || !/no-transform/i.test(cacheControl)) return false;
  return cacheControl
    .replace(ESCAPED, '')
    .replace(QUOTED, '')
    .split(',')
    .some((directive) => directive.split('=', 1)[0]!.trim().toLowerCase() === 'no-transform');
}

/** Makes the headers describe the encoded body. A strong ETag becomes weak (RFC 9110 §8.8.3.3). */
export function markEncoded(headers: ResponseHeaders, coding: CodingName): void {
  headers.set('Content-Encoding', coding);
  for (const name of STALE) headers.delete(name);
  const etag = headers.get('ETag');
  if (etag?.startsWith('"')) headers.set('ETag', `W/${etag}`);
}

/**
 * Weakens the ETag of a 304 if the client has the encoded body: a cache updates a stored response only under the
 * validator that it stored (RFC 9111 §4.3.4).
 */
export function weakenRevalidated({ request, response: { headers } }: Context): void {
  const etag = headers.get('ETag');
  if (!etag?.startsWith('"')) return;
  if (request.header('if-none-match')?.includes(`W/${etag}`)) headers.set('ETag', `W/${etag}`);
}
