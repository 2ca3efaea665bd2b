// The requests that are sent, and what must come back.
import { ORDER } from './orders.js';
import { ARTICLE, GREETING, LONG_TEXT, NOTE, ORIGIN, REGISTRATION, VARY } from './payloads.js';

const JSON_TYPE = 'application/json';
const CONNECTIONS = 50;
const FASTRAPI_CONNECTIONS = 20;

const CROSS_ORIGIN = { origin: ORIGIN, 'accept-encoding': 'gzip' };
const CORS_ANSWER = {
  'content-type': JSON_TYPE,
  'access-control-allow-origin': ORIGIN,
  'access-control-allow-credentials': 'true',
  vary: VARY,
};

/** What Chromium sends with a request for another origin's JSON; Host and Cookie make it 12. */
const BROWSER_HEADERS = {
  'user-agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  accept: 'application/json, text/plain, */*',
  'accept-language': 'en-US,en;q=0.9',
  'accept-encoding': 'gzip, deflate, br, zstd',
  referer: `${ORIGIN}/`,
  origin: ORIGIN,
  'sec-ch-ua': '"Chromium";v="140", "Not=A?Brand";v="24"',
  'sec-fetch-dest': 'empty',
  'sec-fetch-mode': 'cors',
  'sec-fetch-site': 'cross-site',
};

/** Who has packages for the middleware of a service. */
const SERVICES = ['sluice', 'sluice-node', 'fastify', 'nest-fastify', 'express', 'nest-express', 'hono'];

/** Who checks bodies: by hand, by a schema or by a class with rules. */
const VALIDATING = [
  'raw',
  'raw-checked',
  'raw-ajv',
  'sluice',
  'sluice-node',
  'node-http',
  'node-http-equal',
  'sluice-zod',
  'sluice-valibot',
  'fastify',
  'fastify-uws',
  'nest-fastify',
  'nest-node',
  'nest-express',
  'routing-controllers',
];

/**
 * `variant` is what the server is asked to be: its routes and its middleware.
 * `session`: log in first, and send the cookies.
 */
export const WORKLOADS = [
  define('a', 'GET JSON', 'plain', get('/'), answerJson(GREETING)),
  define('b', 'path and query parameter', 'plain', get('/users/42?x=1'), answerJson({ id: '42', x: '1' })),
  define('c', 'POST of 200 bytes of JSON', 'plain', post('/echo', NOTE), {
    ...answerJson(NOTE),
    status: 201,
  }),
  define(
    'd',
    'four middleware and a session',
    'stack',
    get('/', CROSS_ORIGIN),
    {
      ...answerJson(GREETING),
      headers: CORS_ANSWER,
    },
    { session: true },
  ),
  define('e', 'gzip of 1,000 characters', 'gzip', get('/article', { 'accept-encoding': 'gzip' }), {
    ...answerJson(ARTICLE),
    headers: { 'content-type': JSON_TYPE, 'content-encoding': 'gzip', vary: 'Accept-Encoding' },
  }),
  define('f', '100 KB of text', 'plain', get('/text'), {
    status: 200,
    headers: { 'content-type': 'text/plain' },
    body: LONG_TEXT.toString(),
  }),
  define('g', 'GET JSON, one await', 'plain', get('/later'), answerJson(GREETING)),
  define(
    'h',
    'c with a body that is validated',
    'orders',
    post('/orders', ORDER),
    { ...answerJson(ORDER), status: 201 },
    { peers: VALIDATING },
  ),
  define(
    'i',
    'd with 12 request headers',
    'stack',
    get('/', BROWSER_HEADERS),
    {
      ...answerJson(GREETING),
      headers: CORS_ANSWER,
    },
    { session: true },
  ),
  define('j', 'one of 1,000 routes', 'routes-1000', get('/resource-73/action-7'), answerJson(GREETING)),
  define('k', 'a, 16 pipelined', 'plain', get('/'), answerJson(GREETING), { pipeline: 16 }),
  define(
    'l',
    'the middleware of a service: ids, log, hosts, security headers, limits, gzip, etags',
    'defaults',
    get('/', BROWSER_HEADERS),
    { ...answerJson(GREETING), headers: { 'content-type': JSON_TYPE, 'x-content-type-options': 'nosniff' } },
    { peers: SERVICES },
  ),
  define('startup', 'one of 50 routes', 'routes-50', get('/resource-3/action-7'), answerJson(GREETING)),
  define(
    'startup-family',
    'all middleware of Sluice together',
    'family',
    get('/', BROWSER_HEADERS),
    answerJson(GREETING),
    { peers: ['raw', 'sluice', 'sluice-node'] },
  ),
  ...defineFastrapi(),
  ...defineCosts(),
  define('growth', 'growth of memory', 'mixed', get('/users/1?x=2'), answerJson({ id: '1', x: '2' }), {
    peers: ['raw', 'sluice'],
  }),
];

/** The load programs of FastrAPI's repository, at the connections they have. */
function defineFastrapi() {
  const connections = FASTRAPI_CONNECTIONS;
  const greeting = answerJson({ Hello: 'World' });
  const html = { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Hello</h1>' };
  return [
    define('fastrapi-root', 'FastrAPI: GET /', 'fastrapi', get('/'), greeting, { connections }),
    define('fastrapi-path', 'FastrAPI: path parameter', 'fastrapi', get('/World'), greeting, { connections }),
    define('fastrapi-query', 'FastrAPI: query parameter', 'fastrapi', get('/?name=World'), greeting, {
      connections,
    }),
    define(
      'fastrapi-post',
      'FastrAPI: POST of user and address',
      'fastrapi',
      post('/register', REGISTRATION),
      answerJson(REGISTRATION),
      { connections },
    ),
    define('fastrapi-html', 'FastrAPI: HTML', 'fastrapi', get('/html'), html, { connections }),
  ];
}

/** What each feature costs: the peers are one application with another feature each. */
function defineCosts() {
  const heavy = { data: 'x'.repeat(1000), note: 'Check content-encoding header!' };
  return [
    define(
      'costs-small',
      'what each feature adds to a small request',
      'costs',
      get('/', BROWSER_HEADERS),
      answerJson(GREETING),
      {
        session: true,
      },
    ),
    define(
      'costs-heavy',
      'what compression adds to 1 KB of JSON',
      'costs',
      get('/heavy', CROSS_ORIGIN),
      answerJson(heavy),
      { session: true },
    ),
  ];
}

function define(id, title, variant, request, expected, options = {}) {
  const group = id.includes('-') ? id.split('-')[0] : id;
  return {
    id,
    group,
    title,
    variant,
    request,
    expected,
    connections: CONNECTIONS,
    pipeline: 1,
    session: false,
    ...options,
  };
}

function get(path, headers = {}) {
  return { method: 'GET', path, headers, body: undefined };
}

function post(path, value) {
  return { method: 'POST', path, headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(value) };
}

function answerJson(value) {
  return { status: 200, headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(value) };
}
