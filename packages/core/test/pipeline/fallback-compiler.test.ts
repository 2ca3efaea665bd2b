import {
  afterwards,
  createApp,
  type Context,
  type Middleware,
  type MiddlewareLike,
  type PlainRoute,
} from '../../src';
import { makeLogger } from '../make-logger';

function trace(name: string): Middleware {
  return {
    name,
    handle: ({ response }, next) => {
      response.headers.append('X-In', name);
      return afterwards(next(), () => void response.headers.append('X-Out', `${name} ${response.status}`));
    },
  };
}

const routes: PlainRoute[] = [
  { method: 'GET', path: '/notes/:id', handler: () => 'note', middleware: [trace('get')] },
  { method: 'PUT', path: '/notes/:id', handler: () => 'put', middleware: [trace('put')] },
  {
    method: 'ALL',
    path: '/all',
    handler: ({ request }: Context) => request.method,
    middleware: [trace('all')],
  },
  { method: 'OPTIONS', path: '/own', handler: () => 'own options' },
  { method: 'GET', path: '/head', handler: () => 'get' },
  { method: 'HEAD', path: '/head', handler: (context) => void context.response.headers.set('X-Head', 'own') },
];

async function send(
  method: string,
  url: string,
  headers = {},
  middleware: MiddlewareLike[] = [trace('app')],
) {
  const app = await createApp({ routes, middleware, development: false, logger: makeLogger() });
  return app.inject({ method, url, headers });
}

const preflight = (method: string) => ({
  origin: 'https://a.example',
  'access-control-request-method': method,
});

describe('a request that matches no route', () => {
  it.each([
    ['GET', '/none', 404, 'not_found', undefined],
    ['GET', '/notes', 404, 'not_found', undefined],
    ['POST', '/notes/1', 405, 'method_not_allowed', 'GET, HEAD, PUT, OPTIONS'],
    ['POST', '/own', 405, 'method_not_allowed', 'OPTIONS'],
    ['TRACE', '/notes/1', 405, 'method_not_allowed', 'GET, HEAD, PUT, OPTIONS'],
    ['TRACE', '/none', 404, 'not_found', undefined],
    ['BREW', '/notes/1', 501, 'not_implemented', undefined],
    ['BREW', '/none', 501, 'not_implemented', undefined],
    ['BREW', '/all', 501, 'not_implemented', undefined],
    ['get', '/notes/1', 501, 'not_implemented', undefined],
  ])('%s %s gets %i', async (method, url, status, code, allow) => {
    const response = await send(method, url);
    expect([response.status, response.json(), response.header('allow')]).toMatchObject([
      status,
      { code },
      allow,
    ]);
    expect([response.header('x-in'), response.header('x-out')]).toEqual(['app', `app ${status}`]);
  });

  it('does not echo the path', async () => {
    expect((await send('GET', '/%3Cscript%3E')).text()).not.toContain('script');
  });
});

describe('HEAD', () => {
  it('is answered by GET, without the body', async () => {
    const response = await send('HEAD', '/notes/1');
    expect([
      response.status,
      response.text(),
      response.header('content-length'),
      response.header('x-in'),
    ]).toEqual([200, '', '4', 'app, get']);
  });

  it('is answered by its own route if there is one', async () => {
    expect((await send('HEAD', '/head')).header('x-head')).toBe('own');
    expect((await send('GET', '/head')).text()).toBe('get');
  });
});

describe('OPTIONS', () => {
  it.each([
    ['/notes/1', 'GET, HEAD, PUT, OPTIONS'],
    ['/head', 'GET, HEAD, OPTIONS'],
  ])("on %s gets 204 with Allow, inside the application's middleware only", async (url, allow) => {
    const response = await send('OPTIONS', url);
    expect([response.status, response.header('allow'), response.header('x-in')]).toEqual([204, allow, 'app']);
  });

  it('on a path without a route gets 404', async () =>
    expect((await send('OPTIONS', '/none')).status).toBe(404));

  it('is answered by its own route, or by one for all methods', async () => {
    expect((await send('OPTIONS', '/own')).text()).toBe('own options');
    expect((await send('OPTIONS', '/all')).text()).toBe('OPTIONS');
  });
});

describe('a preflight', () => {
  it.each([
    ['PUT', '/notes/1', 'app, put'],
    ['GET', '/notes/1', 'app, get'],
    ['HEAD', '/notes/1', 'app, get'],
    ['DELETE', '/notes/1', 'app'],
    ['BREW', '/notes/1', 'app'],
  ])('for %s %s runs the middleware of that route: %s', async (method, url, names) => {
    const response = await send('OPTIONS', url, preflight(method));
    expect([response.status, response.header('x-in'), response.text()]).toEqual([204, names, '']);
    expect(response.header('allow')).toBe('GET, HEAD, PUT, OPTIONS');
  });

  it('for a path without a route runs the middleware of the application only', async () => {
    const response = await send('OPTIONS', '/none', preflight('GET'));
    expect([response.status, response.header('x-in')]).toEqual([404, 'app']);
  });

  it('is OPTIONS with both headers, and nothing else', async () => {
    expect((await send('OPTIONS', '/notes/1', { origin: 'https://a.example' })).header('x-in')).toBe('app');
    expect(
      (await send('OPTIONS', '/notes/1', { 'access-control-request-method': 'PUT' })).header('x-in'),
    ).toBe('app');
  });

  it('runs the middleware of the application only if the engine refuses it', async () => {
    const response = await send('OPTIONS', '/notes/1', { ...preflight('PUT'), host: 'a b' });
    expect([response.status, response.header('x-in')]).toEqual([400, 'app']);
  });

  it('runs neither body nor handler', async () => {
    const handler = jest.fn();
    const app = await createApp({ routes: [{ method: 'POST', path: '/x', handler }] });
    const response = await app.inject({
      method: 'OPTIONS',
      url: '/x',
      headers: preflight('POST'),
      body: '{',
    });
    expect([response.status, handler.mock.calls]).toEqual([204, []]);
  });
});
