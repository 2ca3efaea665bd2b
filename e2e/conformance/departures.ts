import type { Departure } from './apply-departures';
import { expectCookie, expectProblem, expectRefusal, expectWildcardFault } from './departed-expectations';

/** The cases about WebSockets. */
export const NOT_HTTP = ['errors-005', 'exceptions-005'];

/** What a client sends to open a WebSocket (RFC 6455 §4.1). */
export const UPGRADE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** Everything in which Sluice departs from `e2e/data/wire-cases.jsonl`; nothing else may, and every row must. */
export const DEPARTURES: readonly Departure[] = [
  {
    what: 'any origin with credentials',
    why: '`*` would hand every site the cookies of its visitors, so it refuses to start; a pattern or function must say it.',
    cases: ['cors-001', 'cors-002', 'cors-003', 'cors-004', 'cors-013', 'cors-031'],
    change: { options: { allowOrigins: [/.*/] }, refusal: "allowOrigins cannot be '*' with" },
  },
  {
    what: 'a preflight that is granted',
    why: 'There is nothing to say in a body: 204, without Content-Length.',
    cases: [
      ...['cors-001', 'cors-005', 'cors-008', 'cors-013', 'cors-014', 'cors-025', 'cors-034', 'cors-035'],
      ...['cors-037', 'cors-d01', 'cors-d02', 'cors-d03'],
    ],
    change: { expect: { status: 204, body: '', headers_absent: ['content-type', 'content-length'] } },
  },
  {
    what: 'methods a preflight may ask for by default',
    why: 'FastrAPI’s page has GET, POST, PUT and DELETE; Starlette has GET alone.',
    cases: {
      'cors-d01': { expect: { headers: { 'access-control-allow-methods': 'GET, POST, PUT, DELETE' } } },
    },
  },
  {
    what: 'a preflight that is refused',
    why: 'The request is understood and not allowed: 403, problem+json saying what, and no allow headers at all.',
    cases: {
      // POST is allowed by default here, so the method is no reason.
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
    what: 'Vary of the policy `*`',
    why: 'The answer is the same for every origin, so caches may share it.',
    cases: {
      'cors-005': { expect: { headers_absent: ['vary'] } },
      'cors-030': { expect: { headers: { vary: 'Accept-Encoding' } } },
    },
  },
  {
    what: 'OPTIONS that is no preflight',
    why: 'Which methods a path has is what OPTIONS asks for: 204 with Allow, through the application’s middleware.',
    cases: ['cors-d05', 'cors-d06'],
    change: { expect: { status: 204, headers: { allow: 'GET, HEAD, OPTIONS' } } },
  },
  {
    what: 'CORS headers for an origin that is not allowed',
    why: 'They mean nothing without the first of them, so none is sent.',
    cases: ['cors-d08'],
    change: {
      expect: { headers_absent: ['access-control-allow-credentials', 'access-control-expose-headers'] },
    },
  },
  {
    what: 'CORS headers of a 500',
    why: 'Errors become the response inside of all middleware, so a 500 carries what every middleware set.',
    cases: ['cors-d09'],
    change: { expect: { headers: { 'access-control-allow-origin': '*' } } },
  },
  {
    what: 'streams without a media type',
    why: 'They are application/octet-stream here, which is not worth compressing: the fixture says text.',
    cases: ['gzip-004', 'gzip-005'],
    change: { app: { media_type: 'text/plain; charset=utf-8' } },
  },
  {
    what: 'Vary below the minimum size',
    why: 'Another body at the same address may be long enough, so every response of an eligible type varies.',
    cases: ['gzip-003', 'gzip-d01'],
    change: { expect: { headers: { vary: 'Accept-Encoding' } } },
  },
  {
    what: 'a strong ETag on an encoded body',
    why: 'It would promise equal bytes for two codings, so it is weakened (RFC 9110 §8.8.3.3).',
    cases: ['gzip-d07'],
    change: { expect: { headers: { etag: 'W/"abc"' } } },
  },
  {
    what: 'the length of session secrets',
    why: 'Less than 32 bytes can be guessed from a cookie, so it refuses to start.',
    cases: ({ middleware }) => middleware === 'session',
    change: { options: { secretKey: 'example'.repeat(5) }, refusal: 'secretKey' },
  },
  {
    what: 'spelling and order of cookie attributes',
    why: 'They are the cookie library’s: names are free of case, and order says nothing (RFC 6265bis §5.6).',
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
    what: 'the cookie that deletes a session',
    why: 'An empty value and Max-Age=0 say it without a date, and with the attributes that the cookie was set with.',
    cases: {
      'session-d02': {
        steps: { 2: { headers: { 'set-cookie': 'session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax' } } },
      },
    },
  },
  {
    what: 'the body of an error',
    why: 'Errors are problem+json (RFC 9457) for programs to read.',
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
    what: 'allowed hosts with a port',
    why: 'An entry with a port matches that port; in Starlette it matches nothing.',
    cases: ['trustedhost-d04'],
    change: { expect: { status: 200 } },
  },
  {
    what: 'the status of redirects to www and to HTTPS',
    why: '308 keeps method and body as 307 does, and clients may remember it: these redirects are for good.',
    cases: ({ steps }) => steps[0]?.expect.status === 307,
    change: { expect: { status: 308 } },
  },
  {
    what: 'the scheme of the redirect to www',
    why: 'None is named, so the client keeps its own: behind a proxy that ends TLS only the client knows it.',
    cases: {
      'trustedhost-005': { expect: { headers: { location: '//www.example.com/' } } },
      'trustedhost-d01': { expect: { headers: { location: '//www.example.com:8080/a/b?x=1&y=2' } } },
    },
  },
  {
    what: 'https:// without a proxy',
    why: 'TLS ends at a proxy: without its word, given where the package takes one, a connection is plain HTTP.',
    cases: {
      'httpsredirect-001': {
        options: { trustProxy: ['127.0.0.1'] },
        request: { headers: { 'X-Forwarded-Proto': 'https' } },
      },
    },
  },
  {
    what: 'the words of refused configurations',
    why: 'Start-up errors say code, place, fault and cure.',
    cases: {
      'trustedhost-d11': expectWildcardFault('a.*.com'),
      'trustedhost-d12': expectWildcardFault('*example.com'),
      'trustedhost-d13': expectWildcardFault('exa*mple.com'),
      'stack-003': { expect: { construct_error: 'APP_STARTED  app.use' } },
    },
  },
  {
    what: 'an error after an answer',
    why: 'Nothing is sent until the onion has unwound, so the client learns of the error in place of the answer.',
    cases: {
      'errors-004': expectProblem(500, 'internal_server_error'),
      'exceptions-006': expectProblem(406, 'not_acceptable'),
    },
    change: { expect: { server_error: null } },
  },
  {
    what: 'an error of a background task',
    why: 'The response has been sent, so there is nothing for an error handler to answer: it is logged.',
    cases: ['errors-006'],
    change: { expect: { handler_called: false, error_propagates: true } },
  },
  {
    what: 'not HTTP',
    why: 'There are no WebSockets: a request to open one is an HTTP request, answered as such (RFC 9110 §7.8).',
    cases: NOT_HTTP,
    change: {
      request: { method: 'GET', headers: UPGRADE },
      ...expectProblem(500, 'internal_server_error'),
    },
  },
];
