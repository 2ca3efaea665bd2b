import type { Context, ResponseHeaders } from '@sluice/core';
import type { CodingName } from './content-coding';
import { hasNoTransform } from './no-transform';

/** Headers that speak of the bytes before encoding: lengths, digests (RFC 9530) and the offer of ranges. */
const STALE = ['Content-Length', 'Content-MD5', 'Content-Digest', 'Repr-Digest', 'Digest', 'Accept-Ranges'];

/** Answers whether somebody has encoded the body already; `identity` is no coding (RFC 9110 §8.4.1). */
export function isEncoded(headers: ResponseHeaders): boolean {
  const present = headers.get('Content-Encoding');
  return present !== undefined && present.trim().toLowerCase() !== 'identity';
}

/** Answers whether headers forbid encoding: a part of a representation (RFC 9110 §14.4), or no-transform. */
export function isLocked(headers: ResponseHeaders): boolean {
  return headers.has('Content-Range') || hasNoTransform(headers.get('Cache-Control'));
}

/** Makes the headers tell of the encoded body; the ETag, if strong, becomes weak (RFC 9110 §8.8.3.3). */
export function markEncoded(headers: ResponseHeaders, coding: CodingName): void {
  headers.set('Content-Encoding', coding);
  for (const name of STALE) headers.delete(name);
  const etag = headers.get('ETag');
  if (etag?.startsWith('"')) headers.set('ETag', `W/${etag}`);
}

/**
 * Weakens the ETag of a 304 where the client holds the encoded body: a cache updates what it stored
 * only under the validator it stored (RFC 9111 §4.3.4).
 */
export function weakenRevalidated({ request, response: { headers } }: Context): void {
  const etag = headers.get('ETag');
  if (!etag?.startsWith('"')) return;
  if (request.header('if-none-match')?.includes(`W/${etag}`)) headers.set('ETag', `W/${etag}`);
}
