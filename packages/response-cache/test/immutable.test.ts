import { bearer } from '@sluice/auth';
import { Controller, createApp, Get, OnStart, type App, type Context, type PlainRoute } from '@sluice/core';
import { Immutable, immutable } from '../src';

const logger = { info() {}, warn() {}, error() {} };

async function makeApp(handler: (context: Context) => unknown, path = '/') {
  const routes: PlainRoute[] = [{ method: 'GET', path, name: 'page', middleware: [immutable()], handler }];
  return createApp({ routes, logger });
}

describe('immutable', () => {
  it('makes the reply when the application starts, and sends the same bytes to all', async () => {
    let calls = 0;

    @Controller('/')
    class PageController {
      private title = 'none';

      @OnStart()
      connect() {
        this.title = 'started';
      }

      @Get('/page')
      @Immutable()
      async show() {
        calls++;
        await Promise.resolve();
        return { title: this.title };
      }
    }
    await using app = await createApp({ controllers: [PageController], logger });
    expect(calls).toBe(0);
    await app.start();
    expect(calls).toBe(1);
    const first = await app.inject({ url: '/page' });
    expect([first.text(), first.headers['content-type']]).toEqual([
      '{"title":"started"}',
      'application/json',
    ]);
    const { etag } = first.headers;
    const again = await app.inject({ url: '/page?a', headers: { authorization: 'Bearer a', cookie: 'a=b' } });
    expect(again.headers).toEqual(first.headers);
    expect((await app.inject({ url: '/page', headers: { 'if-none-match': etag! } })).status).toBe(304);
    expect((await app.inject({ method: 'HEAD', url: '/page' })).headers['content-length']).toBe('19');
    expect((await app.inject({ method: 'OPTIONS', url: '/page' })).status).toBe(204);
    expect(calls).toBe(1);
  });

  it('runs no middleware further out at the start, and all of it for requests', async () => {
    let calls = 0;
    const middleware = [bearer({ verify: (token) => (token === 'good' ? { id: 1 } : undefined) })];
    const routes: PlainRoute[] = [
      { method: 'GET', path: '/', middleware: [immutable()], handler: () => `${++calls}` },
    ];
    await using app = await createApp({ middleware, routes, logger });
    expect((await app.inject({ url: '/' })).status).toBe(401);
    const { body } = await app.inject({ url: '/', headers: { authorization: 'Bearer good' } });
    expect(body.toString()).toBe('1');
  });

  it('keeps the Cache-Control of the reply, whatever it is', async () => {
    await using app = await makeApp(({ response }) => {
      response.headers.set('Cache-Control', 'no-cache');
      return 'page';
    });
    expect((await app.inject({ url: '/' })).headers['cache-control']).toBe('no-cache');
  });

  it.each<[string, (context: Context) => unknown]>([
    ['sets a cookie', ({ response }) => (response.setCookie('a', 'b'), 'x')],
    ['reads cookies', ({ request }) => request.cookies['a'] ?? 'x'],
    ['names a field in Vary', ({ response }) => (response.headers.vary('Accept'), 'x')],
    ['throws', () => Promise.reject(new Error('down'))],
    ['has another status', ({ response }) => void (response.status = 404)],
  ])('does not start with a handler that %s', async (_, handler) => {
    const app = await makeApp(handler);
    const problem = { code: 'START_FAILED', place: 'page' };
    await expect(app.listen({ port: 0, handleSignals: false })).rejects.toMatchObject({
      problems: [problem],
    });
    expect(app.phase).toBe('closing');
  });

  it('does not start on a path with parameters, and outside a guard', async () => {
    await expect(makeApp(() => 'x', '/:id')).rejects.toMatchObject({
      problems: [{ code: 'MIDDLEWARE_CONFLICT' }],
    });
    const middleware = [immutable(), bearer({ verify: () => ({}) })];
    const routes: PlainRoute[] = [{ method: 'GET', path: '/', handler: () => 'x' }];
    await expect(createApp({ middleware, routes, logger })).rejects.toMatchObject({
      problems: [{ code: 'MIDDLEWARE_ORDER' }],
    });
  });

  it('runs once however the application is started', async () => {
    let calls = 0;
    await using app: App = await makeApp(() => `${++calls}`);
    await Promise.all([app.start(), app.start(), app.inject({ url: '/' })]);
    await app.inject({ url: '/' });
    expect(calls).toBe(1);
  });
});
