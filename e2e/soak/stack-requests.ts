import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Random } from '../endurance/random';
import { formatHead, type RawResponse } from '../sockets/raw-connection';
import {
  COUNTED,
  IDENTIFIED,
  JSON_BODY,
  PROBLEM,
  SECURED,
  varyBy,
  type HeaderFields,
} from './documented-headers';
import { FILES, PRICES } from './stack-content';

/** The knowledge of one client: its cookie, the notes of its session, and the tags that it has seen. */
export interface Client {
  cookie: string | undefined;
  notes: string[];
  notesTag: string | undefined;
  pricesTag: string | undefined;
  fileTag: string | undefined;
}

/** A request, and what the documentation says about its answer. */
export interface StackRequest {
  readonly bytes: string;
  readonly isHead?: boolean;
  readonly status: number;
  readonly headers: HeaderFields | ((response: RawResponse) => HeaderFields);
  /** Answers whether the body is right. */
  readonly hasBody?: (response: RawResponse) => boolean;
  /** Keeps what the client learns. */
  readonly learn?: (response: RawResponse) => void;
}

/** packages/cors/README.md: Vary of every answer to a preflight. */
const PREFLIGHT_VARY = varyBy(
  'access-control-request-headers',
  'access-control-request-method',
  'access-control-request-private-network',
  'origin',
);
const [PAGE, SCRIPT] = ['about.html', 'assets/app-1a2b.js'];
const TAG = /^W\/"[\w+/=-]+"$/;
const STRONG_TAG = /^"[^"]+"$/;
const DATE = /^\w{3}, \d{2} \w{3} \d{4} [\d:]{8} GMT$/;
const SAME_ORIGIN = 'Sec-Fetch-Site: same-origin';
const OTHER_ORIGIN = 'Origin: https://other.example';
const SESSION_COOKIE = /^session=[\w-]+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/;
const CLEARED_COOKIE = 'session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax';

const isProblem =
  (code: string) =>
  ({ body }: RawResponse): boolean =>
    (JSON.parse(body.toString()) as { code: string }).code === code;
const isText = (text: string) => {
  const expected = Buffer.from(text);
  return ({ body }: RawResponse): boolean => body.equals(expected);
};
const isJson = (value: unknown) => isText(JSON.stringify(value));
const [isPrices, isScript] = [isJson(PRICES), isText(FILES[SCRIPT]!)];
const isEmpty = ({ body }: RawResponse): boolean => body.byteLength === 0;

const post = (target: string, value: unknown, ...lines: readonly string[]): string => {
  const body = JSON.stringify(value);
  const length = `Content-Length: ${Buffer.byteLength(body)}`;
  return formatHead('POST', target, 'Content-Type: application/json', length, ...lines) + body;
};
const cookieOf = ({ cookie }: Client): string[] => (cookie === undefined ? [] : [`Cookie: ${cookie}`]);
const keepCookie = (client: Client) => (response: RawResponse) => {
  client.cookie = response.header('set-cookie')!.split(';')[0]!;
};

const PRICES_HEADERS: HeaderFields = {
  ...COUNTED,
  ...varyBy('accept-encoding', 'origin'),
  'cache-control': 'public, max-age=60',
  etag: TAG,
};
const SCRIPT_HEADERS: HeaderFields = {
  ...COUNTED,
  ...varyBy('accept-encoding', 'origin'),
  'cache-control': 'max-age=31536000, immutable',
  etag: STRONG_TAG,
  'last-modified': DATE,
};
const WHOLE_SCRIPT_HEADERS: HeaderFields = {
  ...SCRIPT_HEADERS,
  'accept-ranges': 'bytes',
  'content-type': 'text/javascript; charset=utf-8',
  'content-length': /^\d+$/,
};
const SESSION_HEADERS: HeaderFields = { ...COUNTED, ...varyBy('accept-encoding', 'cookie', 'origin') };
const ERROR_HEADERS: HeaderFields = { ...COUNTED, ...PROBLEM, ...varyBy('accept-encoding', 'origin') };

type Kind = (client: Client, random: Random) => StackRequest;

/** Every kind of request, by name. */
export const KINDS: Readonly<Record<string, Kind>> = {
  'GET of a session'(client) {
    const list = client.notes;
    return {
      bytes: formatHead('GET', '/notes', ...cookieOf(client)),
      status: 200,
      headers: { ...SESSION_HEADERS, ...JSON_BODY, 'cache-control': 'private, no-cache', etag: TAG },
      hasBody: isJson(list),
      learn: (response) => (client.notesTag = response.header('etag')),
    };
  },

  'conditional GET of a session'(client, random) {
    if (client.notesTag === undefined) return KINDS['GET of a session']!(client, random);
    return {
      bytes: formatHead('GET', '/notes', `If-None-Match: "other", ${client.notesTag}`, ...cookieOf(client)),
      status: 304,
      headers: { ...SESSION_HEADERS, 'cache-control': 'private, no-cache', etag: client.notesTag },
      hasBody: isEmpty,
    };
  },

  'POST to a session'(client, random) {
    if (client.notes.length >= 5) return KINDS['log out']!(client, random);
    const text = `note ${random.below(1_000_000)}`;
    return {
      bytes: post('/notes', { text }, SAME_ORIGIN, ...cookieOf(client)),
      status: 201,
      headers: {
        ...SESSION_HEADERS,
        ...JSON_BODY,
        'cache-control': 'no-store',
        'set-cookie': SESSION_COOKIE,
      },
      hasBody: isJson({ text }),
      learn: (response) => {
        client.notes.push(text);
        client.notesTag = undefined;
        keepCookie(client)(response);
      },
    };
  },

  'log in'(client, random) {
    return {
      bytes: post('/login', { text: `user ${random.below(1000)}` }, SAME_ORIGIN, ...cookieOf(client)),
      status: 204,
      headers: {
        ...COUNTED,
        ...varyBy('cookie', 'origin'),
        'cache-control': 'no-store',
        'set-cookie': SESSION_COOKIE,
      },
      hasBody: isEmpty,
      learn: keepCookie(client),
    };
  },

  'log out'(client, random) {
    if (client.cookie === undefined) return KINDS['log in']!(client, random);
    return {
      bytes: formatHead('POST', '/logout', SAME_ORIGIN, 'Content-Length: 0', ...cookieOf(client)),
      status: 204,
      headers: {
        ...COUNTED,
        ...varyBy('cookie', 'origin'),
        'cache-control': 'no-store',
        'set-cookie': CLEARED_COOKIE,
      },
      hasBody: isEmpty,
      learn: () => Object.assign(client, { cookie: undefined, notes: [], notesTag: undefined }),
    };
  },

  'GET with a forged session'(_client, random) {
    return {
      bytes: formatHead('GET', '/notes', `Cookie: session=${random.below(1_000_000)}AAAA`),
      status: 200,
      headers: { ...SESSION_HEADERS, ...JSON_BODY, 'cache-control': 'private, no-cache', etag: TAG },
      hasBody: isJson([]),
    };
  },

  GET(client) {
    return {
      bytes: formatHead('GET', '/prices'),
      status: 200,
      headers: { ...PRICES_HEADERS, ...JSON_BODY },
      hasBody: isPrices,
      learn: (response) => (client.pricesTag = response.header('etag')),
    };
  },

  'GET from another origin, compressed'() {
    return {
      bytes: formatHead('GET', '/prices', 'Accept-Encoding: gzip', OTHER_ORIGIN),
      status: 200,
      headers: {
        ...PRICES_HEADERS,
        ...JSON_BODY,
        'content-encoding': 'gzip',
        'access-control-allow-origin': 'https://other.example',
      },
      hasBody: (response) => isPrices({ ...response, body: gunzipSync(response.body) }),
    };
  },

  HEAD() {
    return {
      bytes: formatHead('HEAD', '/prices'),
      isHead: true,
      status: 200,
      headers: { ...PRICES_HEADERS, ...JSON_BODY },
    };
  },

  'conditional GET'(client, random) {
    if (client.pricesTag === undefined) return KINDS['GET']!(client, random);
    return {
      bytes: formatHead('GET', '/prices', `If-None-Match: ${client.pricesTag}`),
      status: 304,
      headers: PRICES_HEADERS,
      hasBody: isEmpty,
    };
  },

  'GET of a file'(client) {
    return {
      bytes: formatHead('GET', `/${SCRIPT}`),
      status: 200,
      headers: WHOLE_SCRIPT_HEADERS,
      hasBody: isScript,
      learn: (response) => (client.fileTag = response.header('etag')),
    };
  },

  'GET of a compressed file'() {
    return {
      bytes: formatHead('GET', `/${SCRIPT}`, 'Accept-Encoding: br'),
      status: 200,
      headers: { ...WHOLE_SCRIPT_HEADERS, 'content-encoding': 'br' },
      hasBody: (response) => isScript({ ...response, body: brotliDecompressSync(response.body) }),
    };
  },

  'GET of a range of a file'(_client, random) {
    const text = FILES[PAGE]!;
    const first = random.below(text.length);
    return {
      bytes: formatHead('GET', `/${PAGE}`, `Range: bytes=${first}-`),
      status: 206,
      headers: {
        ...WHOLE_SCRIPT_HEADERS,
        'cache-control': 'no-cache',
        'content-type': 'text/html; charset=utf-8',
        'content-length': `${text.length - first}`,
        'content-range': `bytes ${first}-${text.length - 1}/${text.length}`,
      },
      hasBody: isText(text.slice(first)),
    };
  },

  'conditional GET of a file'(client, random) {
    if (client.fileTag === undefined) return KINDS['GET of a file']!(client, random);
    return {
      bytes: formatHead('GET', `/${SCRIPT}`, `If-None-Match: ${client.fileTag}`),
      status: 304,
      headers: SCRIPT_HEADERS,
      hasBody: isEmpty,
    };
  },

  'path that is not canonical'() {
    return {
      bytes: formatHead('GET', '/assets/%2e%2e/secret'),
      status: 404,
      headers: ERROR_HEADERS,
      hasBody: isProblem('not_found'),
    };
  },

  'path without a route'(_client, random) {
    return {
      bytes: formatHead('GET', `/nothing/${random.below(1_000_000_000)}`),
      status: 404,
      headers: ERROR_HEADERS,
      hasBody: isProblem('not_found'),
    };
  },

  'method without a route'() {
    return {
      bytes: formatHead('PUT', '/prices', 'Content-Length: 0', SAME_ORIGIN),
      status: 405,
      headers: { ...ERROR_HEADERS, allow: /^GET, HEAD/ },
      hasBody: isProblem('method_not_allowed'),
    };
  },

  'parameter that is invalid'(_client, random) {
    return {
      bytes: formatHead('GET', `/prices/x${random.below(1_000_000)}`),
      status: 422,
      headers: ERROR_HEADERS,
    };
  },

  'body that is invalid'(client) {
    return {
      bytes: post('/notes', { text: 1 }, SAME_ORIGIN, ...cookieOf(client)),
      status: 422,
      headers: ERROR_HEADERS,
    };
  },

  preflight() {
    return {
      bytes: formatHead('OPTIONS', '/prices', OTHER_ORIGIN, 'Access-Control-Request-Method: GET'),
      status: 204,
      headers: {
        ...SECURED,
        ...PREFLIGHT_VARY,
        'access-control-allow-origin': 'https://other.example',
        'access-control-allow-methods': 'GET, POST, PUT, DELETE',
        'access-control-allow-headers': 'Accept, Accept-Language, Content-Language, Content-Type',
        'access-control-max-age': '600',
      },
      hasBody: isEmpty,
    };
  },

  'preflight of a stranger'(_client, random) {
    return {
      bytes: formatHead(
        'OPTIONS',
        '/prices',
        `Origin: https://${random.below(1_000_000)}.example`,
        'Access-Control-Request-Method: GET',
      ),
      status: 403,
      headers: {
        ...SECURED,
        ...PROBLEM,
        ...PREFLIGHT_VARY,
      },
      hasBody: isProblem('cors_refused'),
    };
  },

  'forged POST'(client) {
    return {
      bytes: post('/notes', { text: 'forged' }, 'Sec-Fetch-Site: cross-site', ...cookieOf(client)),
      status: 403,
      headers: ERROR_HEADERS,
      hasBody: isProblem('csrf_refused'),
    };
  },

  'host of somebody else'(_client, random) {
    const bytes = formatHead('GET', '/prices').replace('localhost', `${random.below(1_000_000)}.example`);
    return {
      bytes,
      status: 400,
      headers: { ...IDENTIFIED, ...PROBLEM },
      hasBody: isProblem('host_not_allowed'),
    };
  },

  'question of a probe'(_client, random) {
    const path = random.pick(['/livez', '/readyz']);
    const checks = { self: { status: 'up' }, later: { status: 'up' } };
    return {
      bytes: formatHead('GET', path, 'Connection: keep-alive'),
      status: 200,
      headers: {
        ...COUNTED,
        ...JSON_BODY,
        ...varyBy('accept-encoding', 'origin'),
        'cache-control': 'no-store',
      },
      hasBody: isJson(path === '/livez' ? { status: 'up' } : { status: 'up', checks }),
    };
  },

  'GET of a reply that is kept'(_client, random) {
    // More than fit into the cache.
    const id = random.below(200);
    const kept = { ...COUNTED, ...JSON_BODY, ...varyBy('accept-encoding', 'origin'), etag: STRONG_TAG };
    return {
      bytes: formatHead('GET', `/articles/${id}`),
      status: 200,
      headers: (response) =>
        response.header('age') === undefined
          ? { ...kept, 'cache-status': /^sluice; fwd=miss; (?:stored|collapsed)$/ }
          : { ...kept, age: /^\d+$/, 'cache-status': /^sluice; hit; ttl=\d+$/ },
      hasBody: isJson({ id, text: 'an article that is kept' }),
    };
  },

  'handler that fails'() {
    return {
      bytes: formatHead('GET', '/broken'),
      status: 500,
      headers: ERROR_HEADERS,
      hasBody: (response) =>
        isProblem('internal_server_error')(response) && !response.body.includes('a secret of the server'),
    };
  },
};

/** Rare, because each takes its time. */
const LATE: StackRequest = {
  bytes: formatHead('GET', '/late'),
  status: 504,
  headers: ERROR_HEADERS,
  hasBody: isProblem('timeout'),
};

/** Two requests of a client that no other one is, of which the second is one too many. */
function makeLimited(random: Random): StackRequest[] {
  const bytes = formatHead(
    'POST',
    '/search',
    `X-Client: ${random.below(1_000_000_000)}-${random.below(1_000_000_000)}`,
    'Content-Length: 0',
  );
  const both = '"default";q=100000000;w=60, "search";q=1;w=60';
  const headers = { ...COUNTED, ...varyBy('accept-encoding', 'origin'), 'ratelimit-policy': both };
  return [
    {
      bytes,
      status: 200,
      headers: {
        ...headers,
        ...JSON_BODY,
        ratelimit: /^"default";r=\d+;t=\d+, "search";r=0;t=60$/,
      },
      hasBody: isJson([]),
    },
    {
      bytes,
      status: 429,
      headers: {
        ...headers,
        ...PROBLEM,
        ratelimit: /^"search";r=0;t=([1-5]?\d|60)$/,
        'retry-after': /^([1-5]?\d|60)$/,
      },
      hasBody: isProblem('quota_exceeded'),
    },
  ];
}

/** The next requests of a client, of any kind. */
export function makeStackRequests(client: Client, random: Random): readonly StackRequest[] {
  const number = random.below(1000);
  if (number < 2) return [LATE];
  if (number < 50) return makeLimited(random);
  return [random.pick(NAMED_KINDS)(client, random)];
}

const NAMED_KINDS = Object.values(KINDS);
