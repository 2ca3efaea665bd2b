import type { Departure } from './apply-departures';
import { expectCookie, expectProblem, expectRefusal, expectWildcardFault } from './departed-expectations';

/** The cases about WebSockets. */
export const NOT_HTTP = ['errors-005', 'exceptions-005'];

/** The headers of a request that opens a WebSocket (RFC 6455 §4.1). */
export const UPGRADE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/**
 * All behaviours in which Sluice departs from `e2e/data/wire-cases.jsonl`. The test fails for one that is missing, and
 * for one that is not needed.
 */
export const DEPARTURES: readonly Departure[] = [
  {
    subject: 'any origin with credentials',
    why: '`*` would give every site access to the data of its visitors, so it refuses to start; a pattern or a function can allow it.',
    cases: ['cors-001', 'cors-002', 'cors-003', 'cors-004', 'cors-013', 'cors-031'],
    change: { options: { allowOrigins: [/.*/] }, refusal: "allowOrigins cannot be '*' with" },
  },
  {
    subject: 'a preflight that is allowed',
    why: 'It needs no body, so it is 204 without Content-Length.',
    cases: [
      ...['cors-001', 'cors-005', 'cors-008', 'cors-013', 'cors-014', 'cors-025', 'cors-034', 'cors-035'],
      ...['cors-037', 'cors-d01', 'cors-d02', 'cors-d03'],
    ],
    change: { expect: { status: 204, body: '', headers_absent: ['content-type', 'content-length'] } },
  },
  {
    subject: 'methods a preflight may ask for by default',
    why: 'FastrAPI allows GET, POST, PUT and DELETE; Starlette allows only GET.',
    cases: {
      'cors-d01': { expect: { headers: { 'access-control-allow-methods': 'GET, POST, PUT, DELETE' } } },
    },
  },
  {
    subject: 'a preflight that is refused',
    why: 'The request is understood but not allowed: 403 with problem+json that names the reasons, and without allow headers.',
    cases: {
      // POST is allowed by default in Sluice, so the method is not a reason.
      'cors-011': expectRefusal('origin, headers'),
      'cors-012': expectRefusal('headers'),
      'cors-026': expectRefusal('origin'),
      'cors-038': expectRefusal('private network'),
      'cors-d04': expectRefusal('origin'),
      'cors-d07': expectRefusal('method'),
    },
    change: {
      expect: {
        headers_absent: [
          'access-control-allow-origin',
          'access-control-allow-methods',
          'access-control-allow-headers',
          'access-control-allow-credentials',
        ],
      },
    },
  },
  {
    subject: 'Vary of the policy `*`',
    why: 'The response is the same for every origin, so caches may share it.',
    cases: {
      'cors-005': { expect: { headers_absent: ['vary'] } },
      'cors-030': { expect: { headers: { vary: 'Accept-Encoding' } } },
    },
  },
  {
    subject: 'OPTIONS that is not a preflight',
    why: 'OPTIONS asks for the methods of a path: it gets 204 with Allow, through the application’s middleware.',
    cases: ['cors-d05', 'cors-d06'],
    change: { expect: { status: 204, headers: { allow: 'GET, HEAD, OPTIONS' } } },
  },
  {
    subject: 'CORS headers for an origin that is not allowed',
    why: 'They have no effect without Access-Control-Allow-Origin, so none is sent.',
    cases: ['cors-d08'],
    change: {
      expect: { headers_absent: ['access-control-allow-credentials', 'access-control-expose-headers'] },
    },
  },
  {
    subject: 'CORS headers of a 500',
    why: 'An error becomes the response inside all middleware, so a 500 has the headers of every middleware.',
    cases: ['cors-d09'],
    change: { expect: { headers: { 'access-control-allow-origin': '*' } } },
  },
  {
    subject: 'streams without a media type',
    why: 'They are application/octet-stream in Sluice, which is not compressed, so the fixture sets a text type.',
    cases: ['gzip-004', 'gzip-005'],
    change: { app: { media_type: 'text/plain; charset=utf-8' } },
  },
  {
    subject: 'Vary below the minimum size',
    why: 'Another body at the same URL may be long enough, so every response of an eligible type varies.',
    cases: ['gzip-003', 'gzip-d01'],
    change: { expect: { headers: { vary: 'Accept-Encoding' } } },
  },
  {
    subject: 'a strong ETag on an encoded body',
    why: 'It would promise equal bytes in two codings, so it is weakened (RFC 9110 §8.8.3.3).',
    cases: ['gzip-d07'],
    change: { expect: { headers: { etag: 'W/"abc"' } } },
  },
  {
    subject: 'the length of session secrets',
    why: 'A secret of less than 32 bytes can be guessed from a cookie, so it refuses to start.',
    cases: ({ middleware }) => middleware === 'session',
    change: { options: { secretKey: 'example'.repeat(5) }, refusal: 'secretKey' },
  },
  {
    subject: 'spelling and order of cookie attributes',
    why: 'They are those of the cookie library: the case of names and the order have no meaning (RFC 6265bis §5.6).',
    cases: {
      'session-003': { steps: { 2: { header_contains: { 'set-cookie': ['; Secure'] } } } },
      'session-004': { expect: { header_contains: { 'set-cookie': ['; Path=/second_app;'] } } },
      'session-007': { steps: { 1: { header_contains: { 'set-cookie': ['Domain=.example.com'] } } } },
      'session-d01': expectCookie(/^session=[\w.-]+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/),
      'session-d04': expectCookie(
        /^sid=[\w.-]+; Max-Age=60; Domain=example.com; Path=\/app; HttpOnly; Secure; SameSite=Strict$/,
      ),
      'session-d07': expectCookie(/; HttpOnly; Secure; Partitioned; SameSite=Lax$/),
    },
  },
  {
    subject: 'the cookie that deletes a session',
    why: 'It has an empty value and Max-Age=0 instead of a date, and the attributes with which the cookie was set.',
    cases: {
      'session-d02': {
        steps: { 2: { headers: { 'set-cookie': 'session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax' } } },
      },
    },
  },
  {
    subject: 'the body of an error',
    why: 'Errors are problem+json (RFC 9457), which programs can read.',
    cases: {
      'cors-d09': expectProblem(500, 'internal_server_error'),
      'trustedhost-003': expectProblem(400, 'host_not_allowed'),
      'trustedhost-d02': expectProblem(400, 'host_not_allowed'),
      'trustedhost-d10': expectProblem(400, 'host_invalid'),
      'errors-002': expectProblem(500, 'internal_server_error', 'RuntimeError: Something went wrong'),
      'errors-d01': expectProblem(500, 'internal_server_error'),
      'exceptions-001': expectProblem(406, 'not_acceptable'),
      'bodylimit-d02': expectProblem(413, 'content_too_large'),
      'bodylimit-d03': expectProblem(413, 'content_too_large'),
    },
  },
  {
    subject: 'allowed hosts with a port',
    why: 'An entry with a port matches that port; in Starlette it never matches.',
    cases: ['trustedhost-d04'],
    change: { expect: { status: 200 } },
  },
  {
    subject: 'the status of redirects to www and to HTTPS',
    why: '308 keeps the method and body as 307 does, and clients may remember it, because these redirects are permanent.',
    cases: ({ steps }) => steps[0]?.expect.status === 307,
    change: { expect: { status: 308 } },
  },
  {
    subject: 'the scheme of the redirect to www',
    why: 'Location has no scheme, so the client keeps its own: behind a proxy that ends TLS only the client knows it.',
    cases: {
      'trustedhost-005': { expect: { headers: { location: '//www.example.com/' } } },
      'trustedhost-d01': { expect: { headers: { location: '//www.example.com:8080/a/b?x=1&y=2' } } },
    },
  },
  {
    subject: 'https:// without a proxy',
    why: 'TLS ends at a proxy. Unless a trusted proxy says otherwise, a connection is plain HTTP.',
    cases: {
      'httpsredirect-001': {
        options: { trustProxy: ['127.0.0.1'] },
        request: { headers: { 'X-Forwarded-Proto': 'https' } },
      },
    },
  },
  {
    subject: 'the messages of refused configurations',
    why: 'Start-up errors have a code, a place, a fault and a cure.',
    cases: {
      'trustedhost-d11': expectWildcardFault('a.*.com'),
      'trustedhost-d12': expectWildcardFault('*example.com'),
      'trustedhost-d13': expectWildcardFault('exa*mple.com'),
      'stack-003': { expect: { construct_error: 'APP_STARTED  app.use' } },
    },
  },
  {
    subject: 'an error after a response',
    why: 'Nothing is sent until all middleware has returned, so the error replaces the response.',
    cases: {
      'errors-004': expectProblem(500, 'internal_server_error'),
      'exceptions-006': expectProblem(406, 'not_acceptable'),
    },
    change: { expect: { server_error: null } },
  },
  {
    subject: 'an error of a background task',
    why: 'The response has been sent, so an error handler cannot answer: the error is logged.',
    cases: ['errors-006'],
    change: { expect: { handler_called: false, error_propagates: true } },
  },
  {
    subject: 'a request to open a WebSocket',
    why: 'Sluice has no WebSockets, so it answers with an HTTP response (RFC 9110 §7.8).',
    cases: NOT_HTTP,
    change: {
      request: { method: 'GET', headers: UPGRADE },
      ...expectProblem(500, 'internal_server_error'),
    },
  },
];
