// The features whose costs are measured: one application each, all with the same routes. What a feature costs is what
// its request needs above the request of `nothing`, `GET /` of an application without middleware.
import { GREETING, NOTE } from './payloads.js';

const JSON_HEADERS = { 'content-type': 'application/json' };
const GREETED = JSON.stringify(GREETING);

/**
 * `asks` replaces parts of the workload's request, `answers` of what it expects; `heavy` has a second request of 1 KB.
 * `target` is the most that it may add, in percent of the request without it, or of the one of the feature `beside`;
 * `heavyTarget` that of the second request.
 */
export const FEATURES = [
  define('nothing', 'nothing', { heavy: true }),
  define('function-middleware', 'a function as middleware that only calls `next()`'),
  define('class-middleware', 'a class as middleware that only calls `next()`'),
  define('async-middleware', 'an async middleware that awaits `next()`', { target: 18 }),
  define('trusted-host', '`trustedHost`'),
  define('https-redirect', '`httpsRedirect` behind a trusted proxy', {
    target: 30,
    asks: { headers: { 'x-forwarded-proto': 'https' } },
  }),
  define('ip-filter', '`ipFilter`', { target: 25 }),
  define('rate-limit', '`rateLimit` in memory, by address', { target: 35 }),
  define('under-pressure', '`underPressure`, delay and requests in flight'),
  define('cors', '`cors`, request of an allowed origin'),
  define('gzip', '`gzip`', { heavy: true }),
  define('security-headers', '`securityHeaders`', { target: 5 }),
  define('csrf', '`csrf`', { target: 8 }),
  define('session-unread', '`session` that is not read'),
  define('session-read', '`session` that is read'),
  define('session-written', '`session` that changes with every request', {
    target: 85,
    asks: { path: '/visit' },
  }),
  define('request-id', '`requestId`', { target: 8 }),
  define('request-context', '`requestContext`'),
  define('access-log', '`accessLog` with a logger that drops', { target: 25 }),
  define('metrics', '`metrics`', { target: 5 }),
  define('tracing-without-sdk', '`tracing` without an SDK', { target: 0 }),
  define('tracing', '`tracing` with an SDK whose exporter drops', { target: 140 }),
  define('timeout', '`timeout`'),
  define('etag', '`etag`', { heavy: true, heavyTarget: 45 }),
  define('cache-control', '`cacheControl`'),
  define('static-file', '`staticFiles`, a small file from memory', { asks: { path: '/greeting.json' } }),
  define('buffer', 'a handler that returns a Buffer', { asks: { path: '/buffer' } }),
  define('response-cache', '`responseCache`, a hit in memory', {
    asks: { path: '/buffer' },
    target: 10,
    beside: 'buffer',
  }),
  define('secure-defaults', '`secureDefaults`, all that is on by default', { target: 100 }),
  define('stack', '`trustedHost`, `cors`, `gzip` and `session`, which is read', { heavy: true }),
  define('path-parameter', '`@Param`', { asks: { path: '/by-path/world' } }),
  define('query-parameter', '`@Query`', { asks: { path: '/by-query?hello=world' } }),
  define('cookie', '`@Cookie`', { asks: { path: '/by-cookie' } }),
  define('body', '`@Body`, 200 bytes of JSON, parsed', { asks: postNote('/body') }),
  define('dto', 'the same with a class of six class-validator rules', { asks: postNote('/dto') }),
  define('async-handler', 'an async handler that awaits once', { asks: { path: '/later' } }),
  define('background', '`context.background`', { target: 20, asks: { path: '/background' } }),
  define('not-found', '`throw notFound()`: an error as problem+json', {
    target: 35,
    asks: { path: '/missing' },
    answers: { status: 404, body: undefined },
  }),
  define('no-route', 'a path that no route has: 404', {
    target: 35,
    asks: { path: '/nowhere/at-all' },
    answers: { status: 404, body: undefined },
  }),
];

function define(name, title, { asks = {}, answers = {}, heavy = false, target, heavyTarget, beside } = {}) {
  return { name, title, asks, answers: { body: GREETED, ...answers }, heavy, target, heavyTarget, beside };
}

function postNote(path) {
  return { method: 'POST', path, headers: JSON_HEADERS, body: JSON.stringify(NOTE) };
}
