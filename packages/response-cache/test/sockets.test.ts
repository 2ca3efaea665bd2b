import { setImmediate } from 'node:timers/promises';
import { gzip } from '@sluice/compression';
import { createApp, inAnyOrder, type App, type Context, type MiddlewareLike } from '@sluice/core';
import { responseCache } from '../src';

const ENGINES = process.env['TESTED_ENGINE'] === 'node' ? (['node'] as const) : (['uws', 'node'] as const);
const logger = { info() {}, warn() {}, error() {} };

describe.each(ENGINES)('on sockets, %s', (engine) => {
  let app: App;
  let calls = 0;
  afterEach(() => {
    jest.restoreAllMocks();
    return app.close({ timeoutMs: 1000 });
  });

  async function listen(handler: (context: Context) => unknown, options = {}, inner: MiddlewareLike[] = []) {
    calls = 0;
    app = await createApp({
      engine,
      routes: [
        {
          method: 'GET',
          path: '/',
          middleware: [responseCache({ ttl: 60, ...options }), ...inner],
          handler: (context) => {
            calls++;
            return handler(context);
          },
        },
      ],
      logger,
    });
    const { port } = await app.listen({ port: 0, handleSignals: false });
    return (init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}/`, init);
  }

  it('answers hits with the same bytes, 304, and HEAD', async () => {
    const body = 'é'.repeat(100_000);
    const ask = await listen(() => body);
    const first = await ask();
    const [etag, text] = [first.headers.get('etag')!, await first.text()];
    const second = await ask();
    expect([await second.text(), second.headers.get('age')]).toEqual([text, '0']);
    const unchanged = await ask({ headers: { 'If-None-Match': etag } });
    expect([unchanged.status, await unchanged.text()]).toEqual([304, '']);
    const head = await ask({ method: 'HEAD' });
    expect([head.headers.get('content-length'), await head.text()]).toEqual(['200000', '']);
    expect(calls).toBe(1);
  });

  it('runs the handler once for parallel connections, and again after the response when it is stale', async () => {
    let now = performance.now();
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    const ask = await listen(() => setImmediate(`${calls}`), { staleWhileRevalidate: 60 });
    const read = async () => (await ask()).text();
    expect(new Set(await Promise.all(Array.from({ length: 50 }, read)))).toEqual(new Set(['1']));
    now += 60_001;
    expect(await read()).toBe('1');
    while ((await read()) === '1') await setImmediate();
    expect(calls).toBe(2);
  });

  it('makes a reply anew with the request that found it stale, also from a synchronous handler', async () => {
    let now = performance.now();
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    const ask = await listen(
      ({ request, response }) => {
        response.headers.vary('Accept-Language');
        return `${request.header('accept-language')} ${request.host} ${calls}`;
      },
      { staleWhileRevalidate: 60 },
    );
    const read = async () => (await ask({ headers: { 'Accept-Language': 'de' } })).text();
    const host = (await read()).split(' ')[1]!;
    expect(await read()).toBe(`de ${host} 1`);
    now += 60_001;
    expect(await read()).toBe(`de ${host} 1`);
    let text = await read();
    while (text.endsWith(' 1')) text = await read();
    expect(text).toBe(`de ${host} 2`);
  });

  it('keeps compressed bytes, if gzip is inside', async () => {
    const body = 'x'.repeat(5000);
    const ask = await listen(() => body, {}, [inAnyOrder(gzip())]);
    for (const coding of ['gzip', 'identity', 'gzip']) {
      const response = await ask({ headers: { 'Accept-Encoding': coding } });
      expect(response.headers.get('content-encoding')).toBe(coding === 'gzip' ? 'gzip' : null);
      expect(await response.text()).toBe(body);
    }
    expect(calls).toBe(2);
  });

  it('does not make others wait for a client that has left', async () => {
    let release: (() => void) | undefined;
    const ask = await listen(async () => {
      await new Promise<void>((resolve) => (release = resolve));
      return 'made';
    });
    const client = new AbortController();
    const leading = ask({ signal: client.signal }).catch(() => undefined);
    while (release === undefined) await setImmediate();
    const following = ask();
    client.abort();
    await leading;
    release();
    const response = await following;
    expect(await response.text()).toBe('made');
    expect(calls).toBe(1);
  });
});
