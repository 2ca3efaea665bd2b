import { setImmediate } from 'node:timers/promises';
import { gzip } from '@sluice/compression';
import {
  createApp,
  html,
  HttpError,
  json,
  notFound,
  stream,
  type Context,
  type PlainRoute,
} from '@sluice/core';
import { securityHeaders } from '@sluice/security-headers';
import { memoryCache, responseCache, type ResponseCacheOptions } from '../src';

let now = 1_000_000;

beforeEach(() => void jest.spyOn(performance, 'now').mockImplementation(() => now));
afterEach(() => void jest.restoreAllMocks());

const logger = { info() {}, warn() {}, error: jest.fn() };

/** An application of one route, whose handler counts its calls. */
async function makeApp(
  handler: (context: Context, calls: number) => unknown,
  options: Partial<ResponseCacheOptions> = {},
  route: Partial<PlainRoute> = {},
  outer: Parameters<typeof createApp>[0]['middleware'] = [],
) {
  let calls = 0;
  const cache = responseCache({ ttl: 60, ...options });
  const app = await createApp({
    middleware: [...(outer ?? [])],
    routes: [
      {
        method: 'GET',
        path: '/notes',
        ...route,
        middleware: [cache],
        handler: (context: Context) => handler(context, ++calls),
      },
    ],
    logger,
  });
  const ask = (url = '/notes', headers: Record<string, string> = {}, method = 'GET') =>
    app.inject({ url, headers, method });
  const count = () => calls;
  return { app, ask, count, cache };
}

describe('responseCache', () => {
  it('answers with a kept reply until it is stale', async () => {
    const { ask, count } = await makeApp((_, calls) =>
      json({ calls }, { headers: { 'X-Made': `${calls}` } }),
    );
    const first = await ask();
    expect(first.headers).toMatchObject({ 'cache-status': 'sluice; fwd=miss; stored' });
    expect(first.headers).not.toHaveProperty('age');
    now += 59_999;
    const second = await ask();
    expect(second.text()).toBe('{"calls":1}');
    expect(second.headers).toMatchObject({
      'content-type': 'application/json',
      'x-made': '1',
      age: '59',
      'cache-status': 'sluice; hit; ttl=1',
      etag: first.headers['etag'],
    });
    now += 1;
    const third = await ask();
    expect([third.text(), third.headers['cache-status']]).toEqual([
      '{"calls":2}',
      'sluice; fwd=stale; stored',
    ]);
    expect(count()).toBe(2);
  });

  it.each<[string, (context: Context) => unknown, string]>([
    ['a cookie', ({ response }) => (response.setCookie('a', 'b'), 'x'), 'set-cookie'],
    [
      'private',
      ({ response }) => (response.headers.set('Cache-Control', 'PRIVATE, max-age=9'), 'x'),
      'private',
    ],
    ['no-store', ({ response }) => (response.headers.set('Cache-Control', 'No-Store'), 'x'), 'no-store'],
    ['no-cache', ({ response }) => (response.headers.set('Cache-Control', 'no-cache'), 'x'), 'no-cache'],
    [
      'private with a value',
      ({ response }) => (response.headers.set('Cache-Control', 'max-age=9, private="X-A, b"'), 'x'),
      'private',
    ],
    [
      'a broken Cache-Control',
      ({ response }) => (response.headers.set('Cache-Control', '=('), 'x'),
      'cache-control',
    ],
    ['max-age=0', ({ response }) => (response.headers.set('Cache-Control', 'max-age=0'), 'x'), 'expired'],
    ['a time in the past', ({ response }) => (response.headers.set('Expires', '0'), 'x'), 'expired'],
    ['Vary: *', ({ response }) => (response.headers.vary('*'), 'x'), 'vary'],
    ['cookies that were read', ({ request }) => request.cookies['a'] ?? 'x', 'cookies'],
    [
      'an age that is more than its time',
      ({ response }) => (response.headers.set('Age', '9'.repeat(11)), 'x'),
      'expired',
    ],
    ['a list of ages', ({ response }) => (response.headers.set('Age', '60, 5'), 'x'), 'expired'],
    ['a stream', () => stream(Readable()), 'stream'],
    ['another status', () => json({}, { status: 302, headers: { Location: '/' } }), 'status'],
    ['a part', () => json({}, { status: 206 }), 'status'],
    ['an error', () => notFound(), 'status'],
    ['a failure', () => Promise.reject(new Error('down')), 'status'],
    ['a body that is too long', () => 'x'.repeat(1001), 'size'],
  ])('does not keep a reply with %s', async (_, handler, detail) => {
    const { ask, count } = await makeApp(handler, { maxEntryBytes: 1000 });
    for (let times = 1; times <= 2; times++) {
      const { headers } = await ask();
      expect(headers['cache-status']).toBe(`sluice; fwd=miss; detail=${detail}`);
      expect(count()).toBe(times);
    }
  });

  it('does not say that it has kept a body that is too long for its memory', async () => {
    const { ask } = await makeApp(() => 'x'.repeat(5001), { store: memoryCache({ maxBytes: 5000 }) });
    expect((await ask()).headers['cache-status']).toBe('sluice; fwd=miss; detail=size');
  });

  it('does not keep a reply that depends on everything, as middleware further out says', async () => {
    const outer = ({ response }: Context, next: () => unknown) => {
      response.headers.vary('*');
      return next();
    };
    const { ask, count } = await makeApp(({ response }) => (response.headers.vary('Accept'), 'x'), {}, {}, [
      outer,
    ]);
    for (let times = 1; times <= 2; times++) {
      const { headers } = await ask();
      expect([headers['vary'], headers['cache-status']]).toEqual(['*', 'sluice; fwd=miss; detail=vary']);
      expect(count()).toBe(times);
    }
  });

  it('keeps other statuses if the option names them', async () => {
    const { ask, count } = await makeApp(() => notFound(), { statuses: [404] });
    await ask();
    const { status, headers } = await ask();
    expect([status, headers['content-type'], count()]).toEqual([404, 'application/problem+json', 1]);
  });

  it('keeps nothing of requests with Authorization, and gives them nothing', async () => {
    const { ask, count } = await makeApp(() => 'x');
    await ask();
    const { headers } = await ask('/notes', { authorization: 'Bearer a' });
    expect(headers['cache-status']).toBe('sluice; fwd=bypass; detail=authorization');
    expect(count()).toBe(2);
  });

  it('keeps the replies of different users apart with varyBy', async () => {
    const { ask, count } = await makeApp(({ request }) => `for ${request.header('authorization')}`, {
      varyBy: ({ request }) => request.header('authorization'),
    });
    for (const user of ['ada', 'bob', 'ada', 'bob'])
      expect((await ask('/notes', { authorization: user })).text()).toBe(`for ${user}`);
    expect(count()).toBe(2);
    const { headers } = await ask();
    expect(headers['cache-status']).toBe('sluice; fwd=bypass; detail=vary-by');
  });

  it('fails if varyBy returns something other than text', async () => {
    const { ask } = await makeApp(() => 'x', { varyBy: () => 7 as unknown as string });
    expect((await ask()).status).toBe(500);
  });

  it('keeps the replies to different URLs, hosts and values of Vary apart', async () => {
    const { ask, count } = await makeApp(({ request, response }) => {
      response.headers.vary('Accept-Language');
      return `${request.host} ${request.target} ${request.header('accept-language')}`;
    });
    const requests = [
      ['/notes', {}],
      ['/notes?a=1', {}],
      ['/notes?a=2', {}],
      ['/notes', { host: 'other.example' }],
      ['/notes', { 'accept-language': 'de' }],
      ['/notes', { 'accept-language': 'en' }],
    ] as const;
    const first = await Promise.all(requests.map(async ([url, headers]) => (await ask(url, headers)).text()));
    expect(new Set(first).size).toBe(requests.length);
    const calls = count();
    const second = await Promise.all(
      requests.map(async ([url, headers]) => (await ask(url, headers)).text()),
    );
    expect(second).toEqual(first);
    expect(count()).toBe(calls);
    const { headers } = await ask('/notes', { 'accept-language': 'de' });
    expect(headers['vary']).toBe('Accept-Language');
  });

  it('counts only the named parameters of the query, in their order', async () => {
    const { ask, count } = await makeApp(() => 'x', { query: ['page', 'sort'] });
    await ask('/notes?page=1&sort=a');
    await ask('/notes?utm=3&sort=a&page=1');
    await ask('/notes?page=1&sort=%61&x');
    expect(count()).toBe(1);
    await ask('/notes?page=1&page=2&sort=a');
    await ask('/notes?page=%&sort=a');
    expect(count()).toBe(3);
  });

  it('ignores the host if it does not count', async () => {
    const { ask, count } = await makeApp(() => 'x', { byHost: false });
    await ask('/notes', { host: 'a.example' });
    await ask('/notes', { host: 'b.example' });
    expect(count()).toBe(1);
  });

  it('answers 304 where the client has the reply', async () => {
    const { ask, count } = await makeApp(() => html('<p>'));
    const { headers } = await ask();
    const second = await ask('/notes', { 'if-none-match': headers['etag']! });
    expect([second.status, second.text()]).toEqual([304, '']);
    expect(second.headers).toMatchObject({ etag: headers['etag'], 'cache-status': 'sluice; hit; ttl=60' });
    expect(second.headers).not.toHaveProperty('content-type');
    expect((await ask('/notes', { 'if-none-match': '"other"' })).status).toBe(200);
    expect(count()).toBe(1);
  });

  it('compares Last-Modified, and adds no ETag if it must not', async () => {
    const date = 'Sun, 29 Nov 2026 10:00:00 GMT';
    const { ask } = await makeApp(() => json({}, { headers: { 'Last-Modified': date } }), { etag: false });
    expect((await ask()).headers).not.toHaveProperty('etag');
    expect((await ask('/notes', { 'if-modified-since': date })).status).toBe(304);
  });

  it('answers HEAD from the reply to GET, and keeps none of HEAD', async () => {
    const { ask, count } = await makeApp(() => 'body');
    expect((await ask('/notes', {}, 'HEAD')).headers['cache-status']).toBe('sluice; fwd=bypass; detail=head');
    await ask();
    const head = await ask('/notes', {}, 'HEAD');
    const { headers } = head;
    expect([head.text(), headers['content-length'], headers['cache-status']]).toEqual([
      '',
      '4',
      'sluice; hit; ttl=60',
    ]);
    expect(count()).toBe(2);
  });

  it('lets requests for a part pass, if there can be one', async () => {
    const { ask, count } = await makeApp(({ request, response }) => {
      response.headers.set('Accept-Ranges', 'bytes');
      return request.header('range') === undefined ? 'body' : json('part', { status: 206 });
    });
    await ask();
    const { status, headers } = await ask('/notes', { range: 'bytes=0-1' });
    expect([status, headers['cache-status']]).toEqual([206, 'sluice; fwd=bypass; detail=range']);
    await ask();
    expect(count()).toBe(2);
  });

  it('keeps no reply to a request with a body, which is not a part of the key', async () => {
    const { app, ask } = await makeApp(async ({ request }) => (await request.text()) || 'none');
    const reply = await app.inject({ url: '/notes', body: 'poison' });
    expect([reply.text(), reply.headers['cache-status']]).toEqual([
      'poison',
      'sluice; fwd=bypass; detail=body',
    ]);
    expect((await ask()).text()).toBe('none');
    expect((await app.inject({ url: '/notes', body: 'poison' })).text()).toBe('none');
  });

  it('does not count what a request asks of it, unless it must', async () => {
    const handler = (_: Context, calls: number) => `${calls}`;
    const deaf = await makeApp(handler);
    await deaf.ask();
    expect((await deaf.ask('/notes', { 'cache-control': 'no-cache' })).text()).toBe('1');
    const { ask } = await makeApp(handler, { obeyRequest: true });
    expect((await ask('/notes', { 'cache-control': 'only-if-cached' })).status).toBe(504);
    await ask();
    now += 10_000;
    expect((await ask('/notes', { 'cache-control': 'only-if-cached' })).text()).toBe('1');
    expect((await ask('/notes', { 'cache-control': 'max-age=10' })).text()).toBe('1');
    expect((await ask('/notes', { 'cache-control': 'no-store' })).text()).toBe('2');
    expect((await ask()).text()).toBe('1');
    const reply = await ask('/notes', { 'cache-control': 'max-age=9' });
    expect([reply.text(), reply.headers['cache-status']]).toEqual(['3', 'sluice; fwd=request; stored']);
    expect((await ask('/notes', { 'cache-control': 'no-cache' })).text()).toBe('4');
    expect((await ask()).text()).toBe('4');
  });

  it('uses a stale reply at once, and makes another one after the response', async () => {
    const { app, ask, count } = await makeApp((_, calls) => setImmediate(`${calls}`), {
      staleWhileRevalidate: 60,
    });
    await ask();
    now += 60_000;
    const stale = await Promise.all([ask(), ask(), ask()]);
    expect(stale.map((one) => one.text())).toEqual(['1', '1', '1']);
    expect(stale[0].headers['cache-status']).toBe('sluice; hit; ttl=0');
    await app.close();
    expect(count()).toBe(2);
  });

  it.each([
    ['the head', { method: 'HEAD' }],
    ['a part', { headers: { range: 'bytes=0-0' } }],
    ['a reply to its body', { body: 'bad' }],
  ])('does not make it anew for others from a request for %s', async (_, request) => {
    const { app, ask, count } = await makeApp(
      ({ request: { method } }, calls) => (method === 'HEAD' ? undefined : `${calls}`),
      { staleWhileRevalidate: 60 },
    );
    await ask();
    now += 60_000;
    await app.inject({ url: '/notes', ...request });
    await app.close();
    expect(count()).toBe(1);
  });

  it('logs why it could not make a reply anew, and keeps the stale one for its time', async () => {
    logger.error.mockClear();
    const { ask } = await makeApp(
      (_, calls) => {
        if (calls === 2) throw new Error('down');
        return `${calls}`;
      },
      { staleWhileRevalidate: 60 },
    );
    await ask();
    now += 60_000;
    expect((await ask()).text()).toBe('1');
    while (logger.error.mock.calls.length === 0) await setImmediate();
    expect(String(logger.error.mock.calls[0]![0])).toContain('down');
    let text = '';
    while (text !== '3') text = (await ask()).text();
  });

  it.each<[string, (context: Context) => unknown]>([
    ['is gone', () => notFound()],
    ['has moved', () => json({}, { status: 301, headers: { Location: '/' } })],
    ['must not be kept', ({ response }) => (response.headers.set('Cache-Control', 'no-store'), 'new')],
    ['has become too long to keep', () => 'x'.repeat(1001)],
  ])('does not use a stale reply after it has seen that the state %s', async (_, change) => {
    let isChanged = false;
    const handler = (context: Context) => (isChanged ? change(context) : 'old');
    const options = { staleWhileRevalidate: 600, staleIfError: 600, maxEntryBytes: 1000 };
    const { ask, count } = await makeApp(handler, options);
    await ask();
    isChanged = true;
    now += 60_000;
    expect((await ask()).text()).toBe('old');
    while (count() === 1) await setImmediate();
    const { headers } = await ask();
    expect(headers['cache-status']).toMatch(/^sluice; fwd=miss; detail=/);
  });

  it('uses no stale reply for a failure after it has seen that the state is gone', async () => {
    const { ask } = await makeApp(
      (_, calls) => {
        if (calls === 1) return 'old';
        return calls === 2 ? notFound() : Promise.reject(new Error('down'));
      },
      { staleIfError: 600 },
    );
    await ask();
    now += 60_000;
    expect([(await ask()).status, (await ask()).status]).toEqual([404, 500]);
  });

  it.each<[string, (context: Context) => unknown]>([
    ['another condition', () => new HttpError(304)],
    ['too many requests', () => new HttpError(429)],
  ])('still uses it after a reply to %s of one client', async (_, answer) => {
    const { ask, count } = await makeApp((context, calls) => (calls === 1 ? 'old' : answer(context)), {
      staleWhileRevalidate: 600,
    });
    await ask();
    now += 60_000;
    await ask();
    while (count() === 1) await setImmediate();
    const reply = await ask();
    expect([reply.text(), reply.headers['cache-status']]).toEqual(['old', 'sluice; hit; ttl=0']);
  });

  it('makes it anew before the response where a step further out reads a cookie after it', async () => {
    const outer = async ({ request }: Context, next: () => unknown) => {
      await next();
      expect(request.cookies).toEqual({});
    };
    const { ask, count } = await makeApp((_, calls) => `${calls}`, { staleWhileRevalidate: 600 }, {}, [
      outer,
    ]);
    await ask();
    now += 60_000;
    expect((await ask()).text()).toBe('1');
    while (count() === 1) await setImmediate();
    const statuses = [(await ask()).headers['cache-status'], (await ask()).headers['cache-status']];
    expect(statuses).toEqual(['sluice; fwd=miss; stored', 'sluice; hit; ttl=60']);
  });

  it('makes it anew for later requests, with all of its headers', async () => {
    const { ask } = await makeApp((_, calls) => json({ calls }, { headers: { 'X-Same': 'yes' } }), {
      staleWhileRevalidate: 60,
    });
    await ask();
    now += 60_000;
    await ask();
    let response = await ask();
    while (response.text() === '{"calls":1}') response = await ask();
    expect(response.text()).toBe('{"calls":2}');
    expect(response.headers).toMatchObject({
      'x-same': 'yes',
      'content-type': 'application/json',
      'cache-status': 'sluice; hit; ttl=60',
    });
  });

  it('uses a stale reply if the handler fails, and logs why', async () => {
    const { ask } = await makeApp(
      ({ response }, calls) => {
        response.headers.set('X-Try', `${calls}`);
        if (calls === 2) throw new Error('down');
        return `${calls}`;
      },
      { staleIfError: 60 },
    );
    await ask();
    now += 60_000;
    const reply = await ask();
    const { status, headers } = reply;
    expect([status, reply.text(), headers['x-try']]).toEqual([200, '1', '1']);
    expect(headers['cache-status']).toBe('sluice; fwd=stale; fwd-status=500; detail=stale-if-error');
    expect((await ask()).text()).toBe('3');
  });

  it('uses no stale reply if the reply itself forbids it', async () => {
    const { ask } = await makeApp(
      ({ response }, calls) => {
        response.headers.set('Cache-Control', 'max-age=10, must-revalidate');
        if (calls === 2) throw new Error('down');
        return `${calls}`;
      },
      { staleIfError: 60, staleWhileRevalidate: 60 },
    );
    await ask();
    now += 10_000;
    expect((await ask()).status).toBe(500);
  });

  it('writes no Cache-Status, or under another name', async () => {
    const silent = await makeApp(() => 'x', { cacheStatus: false });
    await silent.ask();
    expect((await silent.ask()).headers).not.toHaveProperty('cache-status');
    const named = await makeApp(() => 'x', { cacheStatus: 'edge' });
    await named.ask();
    expect((await named.ask()).headers['cache-status']).toBe('edge; hit; ttl=60');
  });

  it('keeps only the headers of the steps inside it', async () => {
    let requests = 0;
    const outer = ({ response }: Context, next: () => unknown) => {
      response.headers.set('X-Request', `${++requests}`).set('X-Frame-Options', 'DENY');
      response.headers.append('Link', '</a>').vary('Accept');
      response.setCookie('outer', `${requests}`);
      return next();
    };
    const { ask } = await makeApp(
      ({ response: { headers } }) => {
        headers.delete('X-Frame-Options').append('Link', '</b>').vary('X-Inner');
        return 'x';
      },
      {},
      {},
      [outer],
    );
    const first = await ask();
    const second = await ask();
    expect(second.headers['cache-status']).toBe('sluice; hit; ttl=60');
    for (const { headers } of [first, second]) {
      expect(headers).not.toHaveProperty('x-frame-options');
      expect([headers['link'], headers['vary']]).toEqual(['</a>, </b>', 'Accept, X-Inner']);
    }
    expect([second.headers['x-request'], second.headers['set-cookie']]).toEqual(['2', 'outer=2']);
  });

  it.each<[string, NonNullable<Parameters<typeof createApp>[0]['middleware']>]>([
    ['alone', []],
    ['inside of securityHeaders', [securityHeaders()]],
  ])('keeps all lines of a name, also for 304, %s', async (_, outer) => {
    const handler = ({ response }: Context) => {
      response.headers.set('Link', ['</a>', '</b>', '</c>']);
      return 'x';
    };
    const { ask } = await makeApp(handler, {}, {}, outer);
    const { headers } = await ask();
    const replies = [await ask(), await ask('/notes', { 'if-none-match': headers['etag']! })];
    expect(replies.map(({ status }) => status)).toEqual([200, 304]);
    for (const reply of replies) expect(reply.headers['link']).toBe('</a>, </b>, </c>');
  });

  it.each([1000, 100_000])('has a reply of %i bytes compressed once by gzip outside of it', async (size) => {
    const sent: unknown[] = [];
    const record = async ({ response }: Context, next: () => unknown) => {
      await next();
      sent.push(response.body);
    };
    const { ask } = await makeApp(() => 'x'.repeat(size), {}, {}, [record, gzip()]);
    const headers = { 'accept-encoding': 'gzip' };
    for (let times = 0; times < 3; times++)
      expect((await ask('/notes', headers)).headers['content-encoding']).toBe('gzip');
    expect(new Set(sent).size).toBe(1);
    expect((await ask('/notes')).text()).toHaveLength(size);
  });

  it('leaves other methods alone', async () => {
    const { ask, count } = await makeApp((_, calls) => `${calls}`, {}, { method: 'ALL' });
    await ask();
    for (const method of ['POST', 'POST', 'DELETE']) await ask('/notes', {}, method);
    expect(count()).toBe(4);
    expect((await ask()).text()).toBe('1');
  });

  it.each([new ArrayBuffer(3), 5, {}, null])(
    'keeps no body that a middleware further in got wrong, so that it fails as without a cache: %j',
    async (body) => {
      const inner = async ({ response }: Context, next: () => unknown) => {
        await next();
        response.body = body as never;
      };
      const app = await createApp({
        middleware: [responseCache({ ttl: 60 }), inner],
        routes: [{ method: 'GET', path: '/', handler: () => 'x' }],
        logger,
      });
      const replies = await Promise.all([app.inject({ url: '/' }), app.inject({ url: '/' })]);
      expect(replies.map(({ status }) => status)).toEqual([500, 500]);
    },
  );

  it('does not keep bytes that the handler changes later', async () => {
    const bytes = Buffer.from('first');
    const { ask } = await makeApp(() => bytes);
    await ask();
    bytes.write('other');
    expect((await ask()).text()).toBe('first');
  });

  it.each<[object, string]>([
    [{}, 'OPTION_MISSING'],
    [{ ttl: 0 }, 'OPTION_INVALID'],
    [{ ttl: 60, statuses: [304] }, 'OPTION_INVALID'],
    [{ ttl: 60, statuses: [404, 404] }, 'OPTION_INVALID'],
    [{ ttl: 60, query: 'page' }, 'OPTION_INVALID'],
    [{ ttl: 60, cacheStatus: 'a b' }, 'OPTION_INVALID'],
    [{ ttl: 60, store: {} }, 'OPTION_INVALID'],
    [{ ttl: 60, store: { ...memoryCache(), find: () => undefined } }, 'OPTION_INVALID'],
    [{ ttl: 60, store: Object.assign(memoryCache(), { isShared: undefined }) }, 'OPTION_INVALID'],
    [{ ttl: 60, maxAge: 5 }, 'OPTION_UNKNOWN'],
  ])('refuses the options %j', (options, code) => {
    expect(() => responseCache(options as ResponseCacheOptions)).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code })] }),
    );
  });

  it('says in the plan what it does, and never what its store holds', async () => {
    const { app } = await makeApp(() => 'x', {
      store: memoryCache(),
      varyBy: function user() {
        return 'a';
      },
    });
    const step = app.plan.routes[0]!.steps.find(({ name }) => name === 'responseCache');
    expect(step).toMatchObject({ options: { ttl: 60, store: 'memory', varyBy: 'function user' } });
  });
});

function Readable(): AsyncIterable<string> {
  return (async function* () {
    yield await Promise.resolve('x');
  })();
}
