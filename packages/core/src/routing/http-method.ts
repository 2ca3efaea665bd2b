/** The methods that have a decorator of their own. */
export const ROUTE_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** A method that Sluice serves. */
export type HttpMethod = (typeof ROUTE_METHODS)[number];

/** The method of a route; `ALL` means every one of them. */
export type RouteMethod = HttpMethod | 'ALL';

const SERVED: ReadonlySet<string> = new Set(ROUTE_METHODS);
const RECOGNISED: ReadonlySet<string> = new Set([...ROUTE_METHODS, 'TRACE', 'CONNECT']);

/** Returns whether a route can have the method. Methods are case-sensitive (RFC 9110 §9.1). */
export function isServedMethod(method: string): method is HttpMethod {
  return SERVED.has(method);
}

/** Returns whether RFC 9110 §9 or RFC 5789 (PATCH) defines the method. Any other is answered with 501, not with 405. */
export function isRecognisedMethod(method: string): boolean {
  return RECOGNISED.has(method);
}

/** Returns whether a body has a meaning in requests with the method (RFC 9110 §9.3). */
export function mayHaveBody(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
}
