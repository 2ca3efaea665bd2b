import {
  ConfigurationError,
  Controller,
  createApp,
  Get,
  Version,
  VERSION_NEUTRAL,
  type AppOptions,
  type PlainRoute,
} from '../../src';

const plain = (path: string): PlainRoute => ({ method: 'GET', path, handler: ({ route }) => route.path });
const PATHS = ['/health', '/docs', '/docs/a', '/docs/b/:id', '/users/:id'];

async function listPaths(options: AppOptions): Promise<string[]> {
  const { plan } = await createApp({ routes: PATHS.map(plain), ...options });
  return plan.routes.map(({ info }) => info.path);
}

async function readFaults(options: AppOptions): Promise<string[]> {
  const error: unknown = await createApp({ routes: PATHS.map(plain), ...options }).then(
    (app) => app.start().catch((caught: unknown) => caught),
    (caught: unknown) => caught,
  );
  return (error as ConfigurationError).problems.map(({ code, fault }) => `${code} ${fault}`);
}

describe('the prefix of an application', () => {
  it('leaves out paths', async () => {
    expect(await listPaths({ prefix: { path: '/api', except: ['/health', '/docs/*'] } })).toEqual([
      '/health',
      '/api/docs',
      '/docs/a',
      '/docs/b/:id',
      '/api/users/:id',
    ]);
    expect(await listPaths({ prefix: { path: '/api', except: [] } })).toEqual(
      PATHS.map((path) => `/api${path}`),
    );
  });

  it('leaves out a mounted application, with its fallback', async () => {
    const inner = await createApp({
      routes: [plain('/a')],
      middleware: [
        { name: 'mark', handle: (context, next) => (context.response.headers.set('X-Inner', 'yes'), next()) },
      ],
    });
    const site = await createApp({ prefix: { path: '/api', except: ['/inner/*'] }, routes: [plain('/b')] });
    site.mount('/inner', inner);
    expect((await site.inject({ url: '/inner/a' })).text()).toBe('/inner/a');
    const missing = await site.inject({ url: '/inner/b' });
    expect([missing.status, missing.header('x-inner')]).toEqual([404, 'yes']);
    expect((await site.inject({ url: '/api/b' })).text()).toBe('/api/b');
  });

  it('refuses an exception that no route has, and other values', async () => {
    expect(
      await readFaults({ prefix: { path: '/api', except: ['/helth', '/users/:name', '/health'] } }),
    ).toEqual([
      'OPTION_INVALID prefix.except has "/helth", but no route has that path.',
      'OPTION_INVALID prefix.except has "/users/:name", but no route has that path.',
    ]);
    for (const prefix of [
      { path: '/api' },
      { path: 'api', except: [] },
      { path: '/api', except: ['health'] },
      5,
      '/',
    ])
      expect((await readFaults({ prefix: prefix as never }))[0]).toMatch(
        /^OPTION_INVALID prefix must be a path/,
      );
  });

  it('has the place of the version', async () => {
    @Controller({ path: '/users', version: '1' })
    class UsersController {
      @Get() one() {}
      @Get('/all') @Version(['2', VERSION_NEUTRAL]) all() {}
      @Get('/own/{version}') own() {}
    }
    const inner = await createApp({
      routes: [{ ...plain('/a'), version: '7' }],
      versioning: { type: 'path' },
    });
    const options = { controllers: [UsersController], routes: [], versioning: { type: 'path' } } as const;
    const app = await createApp({ ...options, prefix: '/api/{version}/shop' });
    app.mount('/inner', inner);
    expect(app.plan.routes.map(({ info }) => info.path)).toEqual([
      '/api/v1/shop/users',
      '/api/v2/shop/users/all',
      '/api/shop/users/all',
      '/api/v1/shop/users/own/v1',
      '/api/shop/inner/v7/a',
    ]);
    expect(await listPaths({ ...options, prefix: '/{version}' })).toContain('/v1/users');
    expect(await readFaults({ prefix: '/api/{version}' })).toEqual([
      "OPTION_INVALID prefix has {version}, but versioning is not { type: 'path' }.",
    ]);
  });
});
