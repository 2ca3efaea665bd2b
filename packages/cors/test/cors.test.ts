import {
  afterwards,
  Controller,
  createApp,
  Get,
  HttpError,
  Put,
  text,
  UseMiddleware,
  type Context,
  type MiddlewareLike,
} from '@sluice/core';
import { cors, type CorsOptions } from '../src';

const ORIGIN = 'https://app.example';

function serve(options: CorsOptions | undefined, handler: (context: Context) => unknown = () => 'Homepage') {
  return createApp({ middleware: [cors(options)], routes: [{ method: 'GET', path: '/', handler }] });
}

/** The request that a browser sends before a request with this method. */
function preflight(method: string, headers: Record<string, string> = {}) {
  return {
    method: 'OPTIONS',
    url: '/',
    headers: { origin: ORIGIN, 'access-control-request-method': method, ...headers },
  };
}

function names(headers: Readonly<Record<string, string>>): string[] {
  return Object.keys(headers).filter((name) => name.startsWith('access-control-'));
}

describe('several Origin lines', () => {
  const isAllowed = jest.fn(() => true);
  const askWith = async (
    origin: readonly string[],
    allowOrigins: CorsOptions['allowOrigins'],
    method?: string,
  ) => {
    const app = await serve({ allowOrigins: allowOrigins!, allowCredentials: true });
    const asked = method === undefined ? {} : { 'access-control-request-method': method };
    const headers = { origin, ...asked };
    return app.inject({ method: method === undefined ? 'GET' : 'OPTIONS', url: '/', headers });
  };

  it.each<[string, NonNullable<CorsOptions['allowOrigins']>]>([
    ['a list', [ORIGIN, 'https://other.example']],
    ['a pattern', [/https:\/\/.*/]],
    ['a function', [isAllowed]],
    ['an asynchronous function', [() => Promise.resolve(true)]],
  ])('get no grant from %s if they differ, and their preflight is refused', async (_rule, allowOrigins) => {
    for (const other of ['https://other.example', 'https://evil.example', '', 'null']) {
      const response = await askWith([ORIGIN, other], allowOrigins);
      expect([response.status, names(response.headers), response.header('vary')]).toEqual([
        200,
        [],
        'Origin',
      ]);
      const asked = await askWith([ORIGIN, other], allowOrigins, 'GET');
      expect([asked.status, names(asked.headers)]).toEqual([403, []]);
    }
  });

  it('count as one if they are equal', async () => {
    const response = await askWith([ORIGIN, ORIGIN], [ORIGIN]);
    expect(response.header('access-control-allow-origin')).toBe(ORIGIN);
  });
});

describe('the example of the README', () => {
  @Controller('/notes')
  @UseMiddleware(cors({ allowOrigins: [ORIGIN], allowHeaders: ['Authorization'] }))
  class NotesController {
    @Get()
    list() {
      return ['milk'];
    }

    @Put('/:id')
    rename() {
      return { renamed: true };
    }
  }

  it('lets the listed origin read the responses', async () => {
    const app = await createApp({ controllers: [NotesController] });
    const response = await app.inject({ url: '/notes', headers: { origin: ORIGIN } });
    expect(response.json()).toEqual(['milk']);
    expect(response.header('access-control-allow-origin')).toBe(ORIGIN);
    expect(response.header('vary')).toBe('Origin');
  });

  it('answers the preflight of a route with the policy of its controller', async () => {
    const app = await createApp({ controllers: [NotesController] });
    const asked = preflight('PUT', { 'access-control-request-headers': 'authorization' });
    const response = await app.inject({ ...asked, url: '/notes/1' });
    expect(response.status).toBe(204);
    expect(response.header('access-control-allow-origin')).toBe(ORIGIN);
    expect(response.header('access-control-allow-methods')).toBe('GET, POST, PUT, DELETE');
  });
});

describe('cors without options', () => {
  it('allows no origin, and still serves the request', async () => {
    const app = await serve(undefined);
    const response = await app.inject({ url: '/', headers: { origin: ORIGIN } });
    expect(response.text()).toBe('Homepage');
    expect(names(response.headers)).toEqual([]);
    expect((await app.inject(preflight('GET'))).status).toBe(403);
  });
});

describe('the policy for everyone', () => {
  it('sends * and no Vary to every origin, so that caches can share the response', async () => {
    const app = await serve({ allowOrigins: ['*'], exposeHeaders: ['X-Status', 'X-Total'] });
    for (const headers of [{ origin: ORIGIN }, { origin: 'null' }, { origin: 'nonsense' }]) {
      const response = await app.inject({ url: '/', headers });
      expect(response.header('access-control-allow-origin')).toBe('*');
      expect(response.header('access-control-expose-headers')).toBe('X-Status, X-Total');
      expect(response.header('vary')).toBeUndefined();
      expect(names(response.headers)).toHaveLength(2);
    }
  });

  it('adds no header to the response of a request without Origin', async () => {
    const app = await serve({ allowOrigins: ['*'] });
    const response = await app.inject({ url: '/' });
    expect(names(response.headers)).toEqual([]);
    expect(response.header('vary')).toBeUndefined();
  });

  it.each([
    ['alone', '*' as const],
    ['beside others', [ORIGIN, '*']],
  ])('is chosen by * %s', async (_, allowOrigins) => {
    const app = await serve({ allowOrigins });
    const response = await app.inject({ url: '/', headers: { origin: 'https://other.example' } });
    expect(response.header('access-control-allow-origin')).toBe('*');
  });

  it('keeps the Vary of the handler', async () => {
    const app = await serve({ allowOrigins: '*' }, () => text('', { headers: { Vary: 'Accept-Encoding' } }));
    const response = await app.inject({ url: '/', headers: { origin: ORIGIN } });
    expect(response.header('vary')).toBe('Accept-Encoding');
  });
});

describe('the policy for listed origins', () => {
  const options: CorsOptions = { allowOrigins: [ORIGIN], allowCredentials: true, exposeHeaders: ['A', 'B'] };

  it('names the origin, credentials and exposed headers', async () => {
    const app = await serve(options);
    const response = await app.inject({ url: '/', headers: { origin: ORIGIN, cookie: 'a=b' } });
    expect(response.header('access-control-allow-origin')).toBe(ORIGIN);
    expect(response.header('access-control-allow-credentials')).toBe('true');
    expect(response.header('access-control-expose-headers')).toBe('A, B');
  });

  it.each([
    'https://APP.example',
    'http://app.example',
    'https://app.example:8443',
    'https://app.example.evil.example',
    'https://app.example, https://evil.example',
    'null',
  ])('serves %s without any CORS header', async (origin) => {
    const app = await serve(options);
    const response = await app.inject({ url: '/', headers: { origin } });
    expect(response.status).toBe(200);
    expect(names(response.headers)).toEqual([]);
    expect(response.header('vary')).toBe('Origin');
  });

  it('varies even if the request has no Origin', async () => {
    const app = await serve(options);
    const response = await app.inject({ url: '/' });
    expect(names(response.headers)).toEqual([]);
    expect(response.header('vary')).toBe('Origin');
  });

  it('answers each request by its own origin', async () => {
    const app = await serve(options);
    for (const origin of [ORIGIN, 'https://other.example', ORIGIN]) {
      const response = await app.inject({ url: '/', headers: { origin } });
      expect(response.header('access-control-allow-origin')).toBe(origin === ORIGIN ? ORIGIN : undefined);
    }
  });

  it('keeps Vary: Origin if the handler sets Vary', async () => {
    const app = await serve(options, () => text('', { headers: { Vary: 'Accept-Encoding' } }));
    const response = await app.inject({ url: '/', headers: { origin: ORIGIN } });
    expect(response.header('vary')).toBe('Accept-Encoding, Origin');
  });

  it('keeps Vary: Origin if an asynchronous handler sets Vary', async () => {
    const app = await serve(options, async (context) => {
      await Promise.resolve();
      context.response.headers.set('Vary', 'Accept');
      return 'later';
    });
    const response = await app.inject({ url: '/' });
    expect(response.header('vary')).toBe('Accept, Origin');
  });

  it('does not add Origin twice', async () => {
    const app = await serve(options, (context) => {
      context.response.headers.vary('origin, Accept');
      return '';
    });
    const response = await app.inject({ url: '/', headers: { origin: ORIGIN } });
    expect(response.header('vary')).toBe('Origin, Accept');
  });
});

describe('errors', () => {
  const options: CorsOptions = { allowOrigins: [ORIGIN], allowCredentials: true };

  it.each([
    ['a refusal', 409, () => new HttpError(409)],
    [
      'a crash',
      500,
      () => {
        throw new Error('broken');
      },
    ],
  ])('carry the headers after %s', async (_, status, handler) => {
    const app = await createApp({
      middleware: [cors(options)],
      routes: [{ method: 'GET', path: '/', handler }],
      logger: { info() {}, warn() {}, error() {} },
    });
    const response = await app.inject({ url: '/', headers: { origin: ORIGIN } });
    expect(response.status).toBe(status);
    expect(response.header('access-control-allow-origin')).toBe(ORIGIN);
    expect(response.header('access-control-allow-credentials')).toBe('true');
    expect(response.header('vary')).toBe('Origin');
  });

  it.each([
    ['404', 'GET', '/nowhere', 404],
    ['405', 'POST', '/', 405],
  ] as const)('carry the headers on %s', async (_, method, url, status) => {
    const app = await serve(options);
    const response = await app.inject({ method, url, headers: { origin: ORIGIN } });
    expect(response.status).toBe(status);
    expect(response.header('access-control-allow-origin')).toBe(ORIGIN);
    expect(response.header('vary')).toBe('Origin');
  });

  it('are 500 without CORS headers if the origin function fails', async () => {
    const app = await createApp({
      middleware: [cors({ allowOrigins: () => Promise.reject(new Error('the database is away')) })],
      routes: [{ method: 'GET', path: '/', handler: () => 'Homepage' }],
      logger: { info() {}, warn() {}, error() {} },
    });
    for (const request of [{ url: '/', headers: { origin: ORIGIN } }, preflight('GET')]) {
      const response = await app.inject(request);
      expect(response.status).toBe(500);
      expect(names(response.headers)).toEqual([]);
      expect(response.header('vary')).toContain('Origin');
    }
  });
});

describe('a request that is not a preflight', () => {
  it.each([
    ['OPTIONS without Access-Control-Request-Method', { origin: ORIGIN }],
    ['OPTIONS without Origin', { 'access-control-request-method': 'GET' }],
  ])('reaches the route: %s', async (_, headers) => {
    const app = await createApp({
      middleware: [cors({ allowOrigins: [ORIGIN] })],
      routes: [{ method: 'OPTIONS', path: '/', handler: () => 'the route' }],
    });
    const response = await app.inject({ method: 'OPTIONS', url: '/', headers });
    expect(response.text()).toBe('the route');
    expect(response.header('vary')).toBe('Origin');
  });

  it('reaches the route: GET with the headers of a preflight', async () => {
    const app = await serve({ allowOrigins: '*', allowPrivateNetwork: true });
    const headers = {
      origin: ORIGIN,
      'access-control-request-method': 'GET',
      'access-control-request-private-network': 'true',
    };
    const response = await app.inject({ url: '/', headers });
    expect(response.text()).toBe('Homepage');
    expect(names(response.headers)).toEqual(['access-control-allow-origin']);
  });
});

describe('two policies around one route', () => {
  async function nest(outer: CorsOptions, inner: CorsOptions) {
    const middleware: MiddlewareLike[] = [cors(inner)];
    const routes = [{ method: 'GET' as const, path: '/', handler: () => 'Homepage', middleware }];
    return createApp({ middleware: [cors(outer)], routes });
  }

  it('run as one: the inner one replaces the outer one, for responses', async () => {
    const app = await nest({ allowOrigins: '*', exposeHeaders: ['A'] }, { allowOrigins: [ORIGIN] });
    const refused = await app.inject({ url: '/', headers: { origin: 'https://other.example' } });
    expect(names(refused.headers)).toEqual([]);
    const granted = await app.inject({ url: '/', headers: { origin: ORIGIN } });
    expect(granted.header('access-control-allow-origin')).toBe(ORIGIN);
    expect(granted.header('access-control-expose-headers')).toBeUndefined();
  });

  it('and for preflights', async () => {
    const app = await nest({ allowOrigins: [] }, { allowOrigins: [ORIGIN], maxAge: 5 });
    const response = await app.inject(preflight('GET'));
    expect(response.status).toBe(204);
    expect(response.header('access-control-max-age')).toBe('5');
    expect(app.plan.routes[0]!.steps.filter(({ name }) => name === 'cors')).toHaveLength(1);
  });
});

describe('the cors middleware', () => {
  it('stays synchronous for lists, patterns and synchronous functions', async () => {
    const returned: unknown[] = [];
    const watch: MiddlewareLike = (_context, next) => {
      const passed = next();
      returned.push(passed);
      return passed;
    };
    const app = await createApp({
      middleware: [watch, cors({ allowOrigins: [/https:\/\/x/, () => true] })],
      routes: [{ method: 'GET', path: '/', handler: () => 'Homepage' }],
      development: false,
    });
    const response = await app.inject({ url: '/', headers: { origin: ORIGIN } });
    expect(response.header('access-control-allow-origin')).toBe(ORIGIN);
    expect(returned).toEqual([undefined]);
  });

  it('sets its headers before the next step runs', async () => {
    let seen: string | undefined;
    const look: MiddlewareLike = (context, next) => {
      seen = context.response.headers.get('Access-Control-Allow-Origin');
      return afterwards(next(), () => undefined);
    };
    const app = await createApp({
      middleware: [cors({ allowOrigins: [ORIGIN] }), look],
      routes: [{ method: 'GET', path: '/', handler: () => 'Homepage' }],
    });
    await app.inject({ url: '/', headers: { origin: ORIGIN } });
    expect(seen).toBe(ORIGIN);
  });
});
