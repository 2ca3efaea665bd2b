import {
  Controller,
  createApp,
  Get,
  UseMiddleware,
  type AppOptions,
  type ConfigurationError,
} from '@sluice/core';
import { memoryStore, Session, session, type SessionData, type SessionOptions } from '../src';
import { canReach } from '../src/check-route';
import { SECRET } from './session-app';

const make = (options: Partial<SessionOptions> = {}) => session({ secretKey: SECRET, ...options });

function findProblems(options: AppOptions) {
  return createApp(options).then(
    () => [],
    (error: ConfigurationError) => error.problems,
  );
}

const route = (path: string) => ({ method: 'GET', path, handler: show }) as const;
function show(): string {
  return 'ok';
}

describe('two sessions round one route', () => {
  const twin = {
    code: 'MIDDLEWARE_CONFLICT',
    place: 'show',
    fault: expect.stringContaining('the cookie "session"'),
  };

  it('refuse to start if their cookies have one name', async () => {
    const once = make();
    for (const middleware of [
      [make(), make()],
      [once, once],
      [make({ domain: 'example.com' }), make({ path: '/a', store: memoryStore() })],
    ])
      expect(await findProblems({ routes: [route('/a')], middleware })).toMatchObject([twin]);
    const inner = { ...route('/a'), middleware: [make()] };
    expect(await findProblems({ routes: [route('/b'), inner], middleware: [make()] })).toMatchObject([twin]);
  });

  it('refuse to start on a controller and its method, and on a mounted application', async () => {
    @Controller('/x')
    @UseMiddleware(make())
    class Twice {
      @Get() @UseMiddleware(make()) both() {}
      @Get('/one') one() {}
    }
    expect(await findProblems({ controllers: [Twice] })).toMatchObject([{ ...twin, place: 'Twice.both' }]);
    const outer = await createApp({ middleware: [make()] });
    const inner = await createApp({ routes: [route('/a')], middleware: [make()] });
    expect(() => outer.mount('/in', inner)).toThrow('MIDDLEWARE_CONFLICT  show');
  });

  it('start with two names, in two applications, and on two routes', async () => {
    const shared = make();
    expect(
      await findProblems({ routes: [route('/a')], middleware: [make(), make({ sessionCookie: 'b' })] }),
    ).toEqual([]);
    for (let count = 0; count < 2; count++)
      expect(await findProblems({ routes: [route('/a'), route('/b')], middleware: [shared] })).toEqual([]);
  });
});

describe('a route that is not below the path of the cookie', () => {
  it('refuses to start, with the path as a browser sees it', async () => {
    const middleware = [make({ path: '/app' })];
    const [problem, ...others] = await findProblems({ routes: [route('/app/a'), route('/b')], middleware });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: 'MIDDLEWARE_CONFLICT',
      place: 'show',
      fault: 'The session has path: "/app", so a browser never sends its cookie "session" to /b.',
      cure: expect.stringContaining('createApp({ basePath })'),
    });
    expect(await findProblems({ routes: [route('/b')], middleware, prefix: '/app' })).toEqual([]);
    expect(await findProblems({ routes: [route('/b')], middleware, basePath: '/app' })).toEqual([]);
    expect(await findProblems({ routes: [route('/b')], middleware, basePath: '/other' })).toMatchObject([
      { fault: expect.stringContaining('to /other/b.') },
    ]);
  });

  it('is the only mistake that is reported, although a parameter needs the session', async () => {
    @Controller('/x')
    class Reader {
      @Get() read(@Session() data: SessionData) {
        return data;
      }
    }
    const options = { controllers: [Reader], middleware: [make({ path: '/app' })] };
    expect(await findProblems(options)).toMatchObject([
      { code: 'MIDDLEWARE_CONFLICT', place: 'Reader.read' },
    ]);
  });

  it('does not concern paths without a route', async () => {
    expect(await findProblems({ routes: [route('/app')], middleware: [make({ path: '/app' })] })).toEqual([]);
  });

  it.each([
    ['/', '/', true],
    ['/', '/a/b', true],
    ['/app', '/app', true],
    ['/app', '/app/', true],
    ['/app', '/app/:id', true],
    ['/app', '/apple', false],
    ['/app', '/App', false],
    ['/app', '/', false],
    ['/app/', '/app', false],
    ['/app/', '/app/', true],
    ['/app/', '/app/x', true],
    ['/app', '/:tenant', true],
    ['/app/x', '/:tenant', false],
    ['/app/x', '/:tenant/*', true],
    ['/app/x', '/*', true],
    ['/app/x', '/app/:id', true],
    ['/app/x', '/app/y', false],
  ])('is found for the path %s of the cookie and %s of the route: in reach %p', (cookie, path, isInReach) =>
    expect(canReach(cookie, path)).toBe(isInReach),
  );
});

describe('the longest cookie', () => {
  const low = { code: 'HEADER_LIMIT_LOW', place: 'show' };
  const routes = [route('/a')];

  afterEach(() => void delete process.env['UWS_HTTP_MAX_HEADERS_SIZE']);

  it('must fit into the limit for heads beside 1 KiB of other headers', async () => {
    const find = (maxHeaderBytes: number, ...sessions: Partial<SessionOptions>[]) =>
      findProblems({ routes, maxHeaderBytes, middleware: sessions.map((options) => make(options)) });
    expect(await find(4095, {})).toMatchObject([low]);
    expect(await find(4096, {})).toEqual([]);
    expect(await find(4096, { maxCookieSize: 4096 })).toMatchObject([low]);
    expect(await find(2048, { maxCookieSize: 1024 })).toEqual([]);
    expect(await find(6000, {}, { sessionCookie: 'b' })).toMatchObject([low]);
    // With a store the cookie holds only an id.
    expect(await find(1200, { store: memoryStore() })).toEqual([]);
    expect(await find(1024, { store: memoryStore() })).toMatchObject([low]);
  });

  it('is compared with the limit of the environment, which wins', async () => {
    process.env['UWS_HTTP_MAX_HEADERS_SIZE'] = '4000';
    const middleware = [make()];
    expect(await findProblems({ routes, middleware, maxHeaderBytes: 16_384 })).toMatchObject([low]);
    process.env['UWS_HTTP_MAX_HEADERS_SIZE'] = '8192';
    expect(await findProblems({ routes, middleware, maxHeaderBytes: 2048 })).toEqual([]);
  });
});
