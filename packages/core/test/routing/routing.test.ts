import {
  afterwards,
  Controller,
  createApp,
  Get,
  HostParam,
  Post,
  redirectTo,
  Version,
  VERSION_NEUTRAL,
  type AppOptions,
  type Middleware,
  type PlainRoute,
  type Versioning,
} from '../../src';

/** A route that says its name. */
function named(name: string, route: Omit<PlainRoute, 'handler'>): PlainRoute {
  return { ...route, name, handler: () => name };
}

async function ask(
  options: AppOptions,
  url: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<string> {
  const app = await createApp({ logger: { info() {}, warn() {}, error() {} }, ...options });
  const answer = await app.inject({ method, url, headers });
  return answer.status === 200 ? answer.text() : [answer.status, answer.header('allow')].join(' ').trim();
}

describe('host routing', () => {
  const routes = [
    named('any', { method: 'GET', path: '/' }),
    named('wild', { method: 'GET', path: '/', host: '*.example.com' }),
    named('exact', { method: 'GET', path: '/', host: ['api.example.com', '[::1]'] }),
    named('one', { method: 'GET', path: '/', host: ':tenant.example.com' }),
    named('put', { method: 'PUT', path: '/', host: '*.example.com' }),
    named('all', { method: 'ALL', path: '/all', host: 'api.example.com' }),
    named('get all', { method: 'GET', path: '/all' }),
    named('me', { method: 'GET', path: '/users/me', host: 'api.example.com' }),
    named('user', { method: 'GET', path: '/users/:id' }),
  ];

  it.each([
    ['api.example.com', 'exact'],
    ['API.EXAMPLE.COM.:8443', 'exact'],
    ['[0:0:0:0:0:0:0:1]:80', 'exact'],
    ['acme.example.com', 'one'],
    ['a.b.example.com', 'wild'],
    ['example.com', 'any'],
    ['api.example.com.evil.org', 'any'],
    ['api.example.com@evil.org', 'any'],
    ['api.example.com/', 'any'],
    ['-.example.com', 'any'],
    ['', 'any'],
  ])('lets %j be answered by the most specific, %s', async (host, answer) => {
    expect(await ask({ routes }, '/', { host })).toBe(answer);
  });

  it('lets a host decide before a method does', async () => {
    expect(await ask({ routes }, '/all', { host: 'api.example.com' })).toBe('all');
    expect(await ask({ routes }, '/all', { host: 'other.org' })).toBe('get all');
  });

  it('answers 404 and 405, with Allow, as if the routes of other hosts were not there', async () => {
    expect(await ask({ routes }, '/', { host: 'a.example.com' }, 'PUT')).toBe('put');
    expect(await ask({ routes }, '/', { host: 'other.org' }, 'PUT')).toBe('405 GET, HEAD, OPTIONS');
    expect(await ask({ routes }, '/', { host: 'a.example.com' }, 'DELETE')).toBe(
      '405 GET, HEAD, PUT, OPTIONS',
    );
    const only = { routes: [named('only', { method: 'GET', path: '/', host: 'api.example.com' })] };
    expect(await ask(only, '/', { host: 'other.org' })).toBe('404');
    expect(await ask(only, '/', { host: 'other.org' }, 'OPTIONS')).toBe('404');
    expect(await ask(only, '/', { host: 'api.example.com' }, 'OPTIONS')).toBe('204 GET, HEAD, OPTIONS');
  });

  it('goes on to the next less specific path where the host is another', async () => {
    expect(await ask({ routes }, '/users/me', { host: 'api.example.com' })).toBe('me');
    expect(await ask({ routes }, '/users/me', { host: 'other.org' })).toBe('user');
  });

  it('believes X-Forwarded-Host of a trusted proxy only', async () => {
    const headers = { host: 'inner', 'x-forwarded-host': 'api.example.com' };
    expect(await ask({ routes }, '/', headers)).toBe('any');
    expect(await ask({ routes, trustProxy: ['loopback'] }, '/', headers)).toBe('exact');
    expect(await ask({ routes, trustProxy: ['10.0.0.1'] }, '/', headers)).toBe('any');
  });

  it('hands out the labels of the host, in lower case', async () => {
    @Controller({
      path: '/who',
      host: [':tenant.example.com', ':tenant.:region.example.org', '*.:tenant.example.net'],
    })
    class TenantsController {
      @Get() show(@HostParam('tenant') tenant: string) {
        return tenant;
      }
    }
    const options = { controllers: [TenantsController] };
    expect(await ask(options, '/who', { host: 'ACME.example.com:80' })).toBe('acme');
    expect(await ask(options, '/who', { host: 'beta.eu.example.org' })).toBe('beta');
    expect(await ask(options, '/who', { host: 'beta.example.org' })).toBe('404');
    expect(await ask(options, '/who', { host: 'a.b.gamma.example.net' })).toBe('gamma');
  });
});

const API: Versioning = { type: 'header', header: 'X-API-Version' };

describe('versions', () => {
  @Controller({ path: '/notes', version: '1' })
  class NotesController {
    @Get() list() {
      return 'one';
    }
    @Get() @Version(['2', '3']) listTwo() {
      return 'two';
    }
    @Post() @Version('2') create() {
      return 'created';
    }
    @Get('/health') @Version(VERSION_NEUTRAL) health() {
      return 'up';
    }
  }
  const controllers = [NotesController];

  it('stand in the path, behind the prefix of the application', async () => {
    const options: AppOptions = { controllers, versioning: { type: 'path' }, prefix: '/api' };
    expect(await ask(options, '/api/v1/notes')).toBe('one');
    expect(await ask(options, '/api/v3/notes')).toBe('two');
    expect(await ask(options, '/api/notes/health')).toBe('up');
    expect(await ask(options, '/api/v4/notes')).toBe('404');
    expect(await ask(options, '/api/notes')).toBe('404');
    expect(await ask(options, '/api/v1/notes', {}, 'POST')).toBe('405 GET, HEAD, OPTIONS');
    const bare: AppOptions = { controllers, versioning: { type: 'path', prefix: '' } };
    expect(await ask(bare, '/2/notes')).toBe('two');
  });

  it.each<[Versioning, (version: string) => Record<string, string>]>([
    [API, (version) => ({ 'x-api-version': version })],
    [{ type: 'mediaType' }, (version) => ({ accept: `application/json;v=${version}` })],
  ])('stand in %j', async (versioning, name) => {
    const options: AppOptions = { controllers, versioning };
    expect(await ask(options, '/notes', name('1'))).toBe('one');
    expect(await ask(options, '/notes', name('2'))).toBe('two');
    expect(await ask(options, '/notes', name('4'))).toBe('404');
    expect(await ask(options, '/notes')).toBe('404');
    expect(await ask(options, '/notes/health', name('4'))).toBe('up');
    expect(await ask(options, '/notes', name('1'), 'POST')).toBe('405 GET, HEAD, OPTIONS');
    expect(await ask(options, '/notes', name('2'), 'POST')).toBe('created');
    expect(await ask(options, '/notes', name('1'), 'OPTIONS')).toBe('204 GET, HEAD, OPTIONS');
    expect(await ask(options, '/notes', {}, 'OPTIONS')).toBe('204 GET, HEAD, POST, OPTIONS');
  });

  it('takes the dearest of several media types that it has', async () => {
    const options: AppOptions = { controllers, versioning: { type: 'mediaType' } };
    expect(await ask(options, '/notes', { accept: 'a/b;v=9, a/b;v=1;q=0.2, a/b;v=2;q=0.5' })).toBe('two');
  });

  it('have a default, of routes and of requests that say none', async () => {
    const routes = [
      named('old', { method: 'GET', path: '/' }),
      named('new', { method: 'GET', path: '/', version: '2' }),
      named('every', { method: 'GET', path: '/every', version: VERSION_NEUTRAL }),
    ];
    const options: AppOptions = { routes, versioning: { ...API, defaultVersion: '1' } };
    expect(await ask(options, '/')).toBe('old');
    expect(await ask(options, '/', { 'x-api-version': '1' })).toBe('old');
    expect(await ask(options, '/', { 'x-api-version': '2' })).toBe('new');
    expect(await ask(options, '/', { 'x-api-version': '3' })).toBe('404');
    expect(await ask(options, '/every', { 'x-api-version': '3' })).toBe('every');
    expect(await ask({ routes, versioning: { type: 'path', defaultVersion: '1' } }, '/v1')).toBe('old');
  });

  it('come after the host: a host without the version leaves it to the next', async () => {
    const routes = [
      named('host 1', { method: 'GET', path: '/', host: 'api.example.com', version: '1' }),
      named('any 1', { method: 'GET', path: '/', version: '1' }),
      named('any 2', { method: 'GET', path: '/', version: '2' }),
      named('neutral', { method: 'GET', path: '/' }),
    ];
    const at = (host: string, version: string) =>
      ask({ routes, versioning: API }, '/', { host, 'x-api-version': version });
    expect(await at('api.example.com', '1')).toBe('host 1');
    expect(await at('api.example.com', '2')).toBe('any 2');
    expect(await at('other.org', '1')).toBe('any 1');
    expect(await at('other.org', '3')).toBe('neutral');
  });

  it('are those of each application that is mounted', async () => {
    const inner = await createApp({
      routes: [named('inner', { method: 'GET', path: '/', version: '1' })],
      versioning: { type: 'path' },
      prefix: '/p',
    });
    const app = await createApp({
      routes: [named('outer', { method: 'GET', path: '/', version: '1' })],
      versioning: { type: 'path', prefix: 'version-' },
      prefix: '/api',
    });
    app.mount('/inner', inner);
    expect((await app.inject({ url: '/api/inner/p/v1' })).text()).toBe('inner');
    expect((await app.inject({ url: '/api/version-1' })).text()).toBe('outer');
  });

  it('are known to middleware, to handlers and to links', async () => {
    const seen: unknown[] = [];
    const spy: Middleware = {
      name: 'spy',
      handle: ({ route }, next) => void (seen.push([route.version, route.host]), next()),
    };
    @Controller({ path: '/links', version: ['1', '2'], host: 'Example.com' })
    class LinksController {
      @Get('/:id') show() {
        return 'shown';
      }
      @Get() @Version('1') list() {
        return redirectTo(LinksController, 'show', { id: 7 }, { version: '2' });
      }
    }
    const app = await createApp({
      controllers: [LinksController],
      routes: [
        {
          method: 'GET',
          path: '/all',
          version: ['2', VERSION_NEUTRAL],
          handler: (context) => [
            context.urlFor(LinksController, 'show', { id: 1 }),
            context.urlFor(LinksController, 'show', { id: 1 }, { version: '1', query: { a: 1 } }),
          ],
        },
      ],
      versioning: { type: 'path' },
      middleware: [spy],
      prefix: '/api',
      basePath: '/base',
    });
    expect((await app.inject({ url: '/api/v2/all' })).json()).toEqual([
      '/base/api/v2/links/1',
      '/base/api/v1/links/1?a=1',
    ]);
    expect((await app.inject({ url: '/api/all' })).json()).toContain('/base/api/v1/links/1');
    const redirected = await app.inject({ url: '/api/v1/links', headers: { host: 'example.com' } });
    expect(redirected.header('location')).toBe('/base/api/v2/links/7');
    expect(seen).toEqual([
      ['2', undefined],
      [undefined, undefined],
      ['1', 'example.com'],
    ]);
  });
});

describe('a response that depends on the version in a header', () => {
  const fail = () => {
    throw new Error('broken');
  };
  const tag: Middleware = {
    name: 'tag',
    handle: ({ response }, next) => afterwards(next(), () => void response.headers.set('Vary', 'Origin')),
  };
  const options: AppOptions = {
    versioning: API,
    middleware: [tag],
    logger: { info() {}, warn() {}, error() {} },
    routes: [
      named('one', { method: 'GET', path: '/a/me', version: '1' }),
      { method: 'GET', path: '/a/me', version: '2', handler: fail },
      { method: 'GET', path: '/a/me', version: '3', handler: () => Promise.resolve('three') },
      named('neutral', { method: 'GET', path: '/a/:id' }),
      named('post', { method: 'POST', path: '/a/:id' }),
      named('far', { method: 'GET', path: '/a/:id/b' }),
      named('file', { method: 'GET', path: '/files/*' }),
    ],
  };
  const vary = async (url: string, version: string, method = 'GET') => {
    const app = await createApp(options);
    const answer = await app.inject({ method, url, headers: { 'x-api-version': version } });
    return [answer.status, answer.header('vary')];
  };
  const both = 'Origin, X-API-Version';

  it('says so', async () => {
    expect(await vary('/a/me', '1')).toEqual([200, both]);
    expect(await vary('/a/me', '1', 'HEAD')).toEqual([200, both]);
    expect(await vary('/a/me', '3')).toEqual([200, both]);
  });

  it('says so in errors, whether a route or none answers', async () => {
    expect(await vary('/a/me', '2')).toEqual([500, both]);
    expect(await vary('/a/me', '1', 'PUT')).toEqual([405, both]);
  });

  it('says so where a less specific path answers in its place', async () =>
    expect(await vary('/a/me', '9')).toEqual([200, both]));

  it('is no other response', async () => {
    expect(await vary('/a/me', '9', 'POST')).toEqual([200, 'Origin']);
    expect(await vary('/a/7/b', '9')).toEqual([200, 'Origin']);
    expect(await vary('/files/a', '9')).toEqual([200, 'Origin']);
    expect(await vary('/none', '9')).toEqual([404, 'Origin']);
  });

  it('tells apart a version that is not there from a path', async () => {
    const app = await createApp({ routes: options.routes!.slice(0, 1), versioning: API });
    const detail = async (url: string) => (await app.inject({ url })).json<{ detail: string }>().detail;
    expect(await detail('/a/me')).toBe('Nothing answers this path in the version that was asked for.');
    expect(await detail('/a')).toBe('Nothing answers this path.');
  });
});

describe('a preflight', () => {
  const tag = (name: string): Middleware => ({
    name,
    handle: ({ response }, next) => {
      response.headers.set('X-Met', name);
      return next();
    },
  });
  const route = (name: string, more: Partial<PlainRoute>): PlainRoute => ({
    method: 'PUT',
    path: '/',
    ...more,
    middleware: [tag(name)],
    handler: () => name,
  });
  const preflight = async (options: AppOptions, url: string, headers: Record<string, string>) => {
    const app = await createApp(options);
    const asked = { origin: 'https://a.example', 'access-control-request-method': 'PUT', ...headers };
    const answer = await app.inject({ method: 'OPTIONS', url, headers: asked });
    return answer.header('x-met');
  };

  it('meets the middleware of the route of its host', async () => {
    const routes = [route('api', { host: 'api.example.com' }), route('any', {})];
    expect(await preflight({ routes }, '/', { host: 'api.example.com' })).toBe('api');
    expect(await preflight({ routes }, '/', { host: 'b.example.com' })).toBe('any');
    expect(await preflight({ routes: routes.slice(0, 1) }, '/', { host: 'b.org' })).toBeUndefined();
  });

  it('meets that of the version in its path', async () => {
    const routes = [route('one', { version: '1' }), route('two', { version: '2' })];
    expect(await preflight({ routes, versioning: { type: 'path' } }, '/v2', {})).toBe('two');
  });

  it('can not name a version elsewhere: it meets that of the default version, else of the first', async () => {
    const routes = [route('one', { version: '1' }), route('two', { version: '2' })];
    expect(await preflight({ routes, versioning: API }, '/', {})).toBe('one');
    const versioning = { type: 'header', header: 'X-API-Version', defaultVersion: '2' } as const;
    expect(await preflight({ routes, versioning }, '/', {})).toBe('two');
  });
});
