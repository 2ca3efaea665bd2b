import {
  afterwards,
  Controller,
  createApp,
  Get,
  Post,
  redirectTo,
  Version,
  VERSION_NEUTRAL,
  type AppOptions,
  type Middleware,
  type Versioning,
} from '../../../src';
import { ask, askPreflight, named, traced } from './ask-app';

const API: Versioning = { type: 'header', header: 'X-API-Version' };

describe('the choice by version', () => {
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

  it('reads the path, behind the prefix of the application', async () => {
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
  ])('reads %j', async (versioning, name) => {
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

  it('prefers the media type that the client prefers', async () => {
    const options: AppOptions = { controllers, versioning: { type: 'mediaType' } };
    expect(await ask(options, '/notes', { accept: 'a/b;v=9, a/b;v=1;q=0.2, a/b;v=2;q=0.5' })).toBe('two');
  });

  it('uses the default for routes and requests that name no version', async () => {
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

  it('compares the host first, and goes on to the next host if that lacks the version', async () => {
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

  it('keeps the versions of a mounted application', async () => {
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

  it('shows the version to middleware and handlers, and links to it', async () => {
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

  it('lets a preflight meet the middleware of the version in its path', async () => {
    const routes = [traced('one', { version: '1' }), traced('two', { version: '2' })];
    expect(await askPreflight({ routes, versioning: { type: 'path' } }, '/v2')).toBe('two');
  });

  it('lets a preflight, which cannot name a version in a header, meet the default version or else the first', async () => {
    const routes = [traced('one', { version: '1' }), traced('two', { version: '2' })];
    expect(await askPreflight({ routes, versioning: API }, '/')).toBe('one');
    const versioning = { type: 'header', header: 'X-API-Version', defaultVersion: '2' } as const;
    expect(await askPreflight({ routes, versioning }, '/')).toBe('two');
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

  it('has Vary', async () => {
    expect(await vary('/a/me', '1')).toEqual([200, both]);
    expect(await vary('/a/me', '1', 'HEAD')).toEqual([200, both]);
    expect(await vary('/a/me', '3')).toEqual([200, both]);
  });

  it('has Vary in errors, whether or not a route answers', async () => {
    expect(await vary('/a/me', '2')).toEqual([500, both]);
    expect(await vary('/a/me', '1', 'PUT')).toEqual([405, both]);
  });

  it('has Vary if a less specific path answers instead', async () =>
    expect(await vary('/a/me', '9')).toEqual([200, both]));

  it('is the only one with Vary', async () => {
    expect(await vary('/a/me', '9', 'POST')).toEqual([200, 'Origin']);
    expect(await vary('/a/7/b', '9')).toEqual([200, 'Origin']);
    expect(await vary('/files/a', '9')).toEqual([200, 'Origin']);
    expect(await vary('/none', '9')).toEqual([404, 'Origin']);
  });

  it('reports a missing version and a missing path differently', async () => {
    const app = await createApp({ routes: options.routes!.slice(0, 1), versioning: API });
    const detail = async (url: string) => (await app.inject({ url })).json<{ detail: string }>().detail;
    expect(await detail('/a/me')).toBe('No route matches this path in the requested version.');
    expect(await detail('/a')).toBe('No route matches this path.');
  });
});
