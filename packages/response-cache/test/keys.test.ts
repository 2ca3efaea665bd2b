import { createApp } from '@sluice/core';
import fc from 'fast-check';
import { memoryCache, responseCache } from '../src';

const logger = { info() {}, warn() {}, error() {} };
const RUNS = 200;

/** Letters that have a meaning somewhere, so that parts of keys could be taken for others. */
const text = fc.string({
  unit: fc.constantFrom('a', 'b', '&', '=', '?', '/', ':', '%41', '+', ';', 'user', '"'),
  maxLength: 6,
});
const request = fc.record({
  path: text.map((path) => encodeURIComponent(path).replace(/^$/, 'a')),
  query: text,
  host: fc.constantFrom('a.example', 'b.example', 'a.example:81'),
  language: fc.option(text, { nil: undefined }),
  mode: fc.option(text, { nil: undefined }),
  user: fc.option(
    fc.string({ unit: fc.constantFrom('a', '\n', ':', 'user ', 'accept-language: '), maxLength: 4 }),
    { nil: undefined },
  ),
});

describe('the keys of entries', () => {
  it('differ wherever a reply may differ, whatever clients send', async () => {
    const store = memoryCache();
    let user: string | undefined;
    const cache = responseCache({ ttl: 3600, store, varyBy: () => user ?? '' });
    const app = await createApp({
      routes: [
        {
          method: 'GET',
          path: '/:path',
          middleware: [cache],
          handler: (context) => {
            const { request: asked, response } = context;
            response.headers.vary('Accept-Language, X-Mode');
            return JSON.stringify([
              asked.host,
              asked.target,
              asked.header('accept-language'),
              asked.header('x-mode'),
              user ?? '',
            ]);
          },
        },
      ],
      logger,
    });
    let hits = 0;
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(request, async ({ path, query, host, language, mode, ...other }) => {
        user = other.user;
        const ask = () =>
          app.inject({
            url: `/${path}?${query}`,
            headers: {
              host,
              ...(language !== undefined && { 'accept-language': language }),
              ...(mode !== undefined && { 'x-mode': mode }),
            },
          });
        runs++;
        await ask();
        const reply = await ask();
        if (reply.headers['cache-status']?.includes('hit')) hits++;
        const [madeHost, target, madeLanguage, madeMode, madeUser] = reply.json<(string | null)[]>();
        // The engine trims header values, and has none that is empty.
        const sent = (value: string | undefined) => value?.trim() || null;
        expect([madeHost, target, madeLanguage, madeMode, madeUser]).toEqual([
          host,
          `/${path}${query === '' ? '' : `?${query}`}`,
          sent(language),
          sent(mode),
          user ?? '',
        ]);
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 15_000 },
    );
    expect(hits).toBe(runs);
  });

  it('differ for applications with a store in common that a proxy has below one host', async () => {
    const store = memoryCache();
    for (const basePath of ['/a', '/b']) {
      const routes = [{ method: 'GET', path: '/', handler: () => basePath } as const];
      const app = await createApp({
        basePath,
        middleware: [responseCache({ ttl: 60, store })],
        routes,
        logger,
      });
      expect((await app.inject({ url: '/' })).text()).toBe(basePath);
    }
  });

  it('do not take more memory than they may, whatever queries and headers clients invent', async () => {
    const maxBytes = 300_000;
    const store = memoryCache({ maxBytes });
    const app = await createApp({
      routes: [
        {
          method: 'GET',
          path: '/',
          middleware: [responseCache({ ttl: 3600, store })],
          handler: ({ response }) => {
            response.headers.vary('X-Mode');
            return 'x'.repeat(500);
          },
        },
      ],
      logger,
    });
    const ask = (query: string, mode = '') => app.inject({ url: `/?${query}`, headers: { 'x-mode': mode } });
    await ask('popular');
    let hits = 0;
    for (let index = 0; index < 10_000; index++) {
      await ask(index % 2 === 0 ? `${Math.random()}` : 'same', `${Math.random()}`);
      expect(store.bytes).toBeLessThanOrEqual(maxBytes);
      if (index % 20 === 0 && (await ask('popular')).headers['cache-status']?.includes('hit')) hits++;
    }
    expect(store.size).toBeGreaterThan(50);
    // An entry in use outlives the flood.
    expect(hits).toBeGreaterThan(490);
  });

  it('are not kept for a route whose replies name fields without end', async () => {
    const store = memoryCache();
    const app = await createApp({
      routes: [
        {
          method: 'GET',
          path: '/',
          middleware: [responseCache({ ttl: 3600, store })],
          handler: ({ request: { rawQuery }, response }) => {
            response.headers.vary(rawQuery);
            return 'x';
          },
        },
      ],
      logger,
    });
    const read = async (field: string) => (await app.inject({ url: `/?${field}` })).headers['cache-status'];
    for (let index = 0; index < 16; index++) expect(await read(`X-${index}`)).toMatch(/stored/);
    expect(await read('X-16')).toBe('sluice; fwd=miss; detail=vary');
    expect(await read('X-3')).toMatch(/hit|stored/);
  });
});
