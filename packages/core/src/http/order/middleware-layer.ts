/**
 * The recommended order of middleware, outermost first. A middleware that declares its layer is compared with the others
 * of its list, and `printPlan` recommends another order where it is broken. `docs/order.md` says why.
 */
export const MIDDLEWARE_LAYERS = [
  'identify', // request-id, request-context
  'observe', // access-log, metrics, tracing
  'admit', // trusted-host, ip-filter, https-redirect
  'secure', // security-headers
  'cors',
  'limit', // rate-limit, under-pressure
  'time', // timeout
  'compress', // gzip, compression
  'condition', // etag, cache-control
  'serve', // static
  'session',
  'forgery', // csrf
  'guard', // auth, and guards of your own
  'store', // response-cache
] as const;

/** The place of a middleware in the recommended order. */
export type MiddlewareLayer = (typeof MIDDLEWARE_LAYERS)[number];
