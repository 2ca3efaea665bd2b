/** The methods a route can be decorated with; `ALL` stands for every one of them. */
export const ROUTE_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** A method that Sluice serves. */
export type HttpMethod = (typeof ROUTE_METHODS)[number];

/** What a route can be registered for. */
export type RouteMethod = HttpMethod | 'ALL';

const SERVED: ReadonlySet<string> = new Set(ROUTE_METHODS);
const RECOGNISED: ReadonlySet<string> = new Set([...ROUTE_METHODS, 'TRACE', 'CONNECT']);

/** Answers whether routes can be registered for `method`. Case counts (RFC 9110 §9.1). */
export function isServedMethod(method: string): method is HttpMethod {
  return SERVED.has(method);
}

/** Answers whether the method is one of RFC 9110 §9 or PATCH; all others are 501, not 405. */
export function isRecognisedMethod(method: string): boolean {
  return RECOGNISED.has(method);
}

/** Answers whether a body can mean anything for `method` (RFC 9110 §9.3). */
export function mayHaveBody(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
}
