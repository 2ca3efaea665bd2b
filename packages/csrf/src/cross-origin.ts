import type { HttpRequest } from '@sluice/core';

/** A request of the own pages, or of no page; of a page elsewhere; or of a client that says nothing about it. */
export type Origination = 'own' | 'foreign' | 'unknown';

const TUPLE_ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/([^/?#@\s]+)$/i;

/**
 * Finds where a request comes from, by the rules of Go 1.25: Sec-Fetch-Site decides if it is there, then Origin, which
 * must have the host that the client asked for. The scheme is not compared, because only the proxy may know it.
 *
 * @param isTrusted whether an origin is in the list of the options
 */
export function findOrigination(request: HttpRequest, isTrusted: (origin: string) => boolean): Origination {
  const site = request.header('sec-fetch-site') ?? '';
  if (site === 'same-origin' || site === 'none') return 'own';
  // Behind an empty first line there could be another one, and browsers send one line of each.
  const origins = request.headerLines('origin');
  if (origins.length > 1 || request.headerLines('sec-fetch-site').length > 1) return 'foreign';
  const origin = origins[0] ?? '';
  if (site !== '') return isTrusted(origin) ? 'own' : 'foreign';
  if (origin === '') return 'unknown';
  return isOfHost(origin, request.host) || isTrusted(origin) ? 'own' : 'foreign';
}

function isOfHost(origin: string, host: string | undefined): boolean {
  return host !== undefined && TUPLE_ORIGIN.exec(origin)?.[1] === host;
}

/**
 * Whether a request only reads, so that it may come from anywhere (RFC 9110 §9.2.1). TRACE and unknown methods do not
 * count, and neither does a GET that asks for a WebSocket, which CORS does not protect (RFC 6455 §10.2).
 */
export function isSafe(request: HttpRequest): boolean {
  const { method } = request;
  if (method === 'GET') return request.header('upgrade') === undefined;
  return method === 'HEAD' || method === 'OPTIONS';
}
