// The features whose costs are measured: one application each, all with the same routes. What a feature costs is what
// its request needs above the request of `nothing`, `GET /` of an application without middleware.
import { GREETING, NOTE } from './payloads.js';

const JSON_HEADERS = { 'content-type': 'application/json' };
const GREETED = JSON.stringify(GREETING);

/** `asks` replaces parts of the workload's request, `answers` of what it expects; `heavy` has a second request of 1 KB. */
export const FEATURES = [
  define('nothing', 'nothing', { heavy: true }),
  define('function-middleware', 'a function as middleware that only calls `next()`'),
  define('class-middleware', 'a class as middleware that only calls `next()`'),
  define('async-middleware', 'an async middleware that awaits `next()`'),
  define('trusted-host', '`trustedHost`'),
  define('https-redirect', '`httpsRedirect` behind a trusted proxy', {
    asks: { headers: { 'x-forwarded-proto': 'https' } },
  }),
  define('rate-limit', '`rateLimit` in memory, by address'),
  define('cors', '`cors`, request of an allowed origin'),
  define('gzip', '`gzip`', { heavy: true }),
  define('security-headers', '`securityHeaders`'),
  define('csrf', '`csrf`'),
  define('session-unread', '`session` that is not read'),
  define('session-read', '`session` that is read'),
  define('session-written', '`session` that changes with every request', { asks: { path: '/visit' } }),
  define('request-id', '`requestId`'),
  define('request-context', '`requestContext`'),
  define('access-log', '`accessLog` with a logger that drops'),
  define('timeout', '`timeout`'),
  define('etag', '`etag`', { heavy: true }),
  define('cache-control', '`cacheControl`'),
  define('static-file', '`staticFiles`, a small file from memory', { asks: { path: '/greeting.json' } }),
  define('buffer', 'a handler that returns a Buffer', { asks: { path: '/buffer' } }),
  define('secure-defaults', '`secureDefaults`, all that is on by default'),
  define('stack', '`trustedHost`, `cors`, `gzip` and `session`, which is read', { heavy: true }),
  define('path-parameter', '`@Param`', { asks: { path: '/by-path/world' } }),
  define('query-parameter', '`@Query`', { asks: { path: '/by-query?hello=world' } }),
  define('cookie', '`@Cookie`', { asks: { path: '/by-cookie' } }),
  define('body', '`@Body`, 200 bytes of JSON, parsed', { asks: postNote('/body') }),
  define('dto', 'the same with a class of six class-validator rules', { asks: postNote('/dto') }),
  define('async-handler', 'an async handler that awaits once', { asks: { path: '/later' } }),
  define('background', '`context.background`', { asks: { path: '/background' } }),
  define('not-found', '`throw notFound()`: an error as problem+json', {
    asks: { path: '/missing' },
    answers: { status: 404, body: undefined },
  }),
  define('no-route', 'a path that no route has: 404', {
    asks: { path: '/nowhere/at-all' },
    answers: { status: 404, body: undefined },
  }),
];

function define(name, title, { asks = {}, answers = {}, heavy = false } = {}) {
  return { name, title, asks, answers: { body: GREETED, ...answers }, heavy };
}

function postNote(path) {
  return { method: 'POST', path, headers: JSON_HEADERS, body: JSON.stringify(NOTE) };
}
