import { setImmediate } from 'node:timers/promises';
import { bytes, createApp, notFound, type Context } from '@sluice/core';
import { addCacheTags, redisCache, responseCache, type RedisCacheOptions } from '@sluice/response-cache';
import { until } from '../sockets/until';
import { CLIENTS, type OpenClient } from './clients';
import { RedisCluster } from './redis-cluster';
import { RedisServer } from './redis-server';

const TIMEOUT_MS = 150;
const MAX_PENDING = 100;
const PARALLEL = 1000;
const SECRET = 'a-secret-token';
const logger = { info() {}, warn() {}, error() {} };

/** One process of an application: it has a store of its own, and counts the calls of its handler. */
async function makeApp({ client }: OpenClient, options: Partial<RedisCacheOptions> = {}) {
  const store = redisCache({ client, timeoutMs: 5000, maxPending: 10_000, logger, ...options });
  let calls = 0;
  let gate: Promise<unknown> | undefined;
  const handler = async (context: Context) => {
    const made = `${context.request.target} ${++calls}`;
    await gate;
    addCacheTags(context, `tag ${context.request.rawQuery}`);
    if (context.request.path === '/bytes') return bytes(Buffer.from([0, 255, 128, 10, 13, 0]));
    context.response.headers.set('X-Made', `${calls}`).vary('Accept-Language');
    return `${made} é\u0000\n"`;
  };
  const varyBy = ({ request }: Context) => request.header('authorization') ?? 'all';
  const cache = responseCache({ ttl: 60, staleIfError: 60, varyBy, store });
  const app = await createApp({
    routes: ['/notes', '/bytes'].map((path) => ({
      method: 'GET' as const,
      path,
      middleware: [cache],
      handler,
    })),
    logger,
  });
  const read = (url = '/notes', headers = {}) => app.inject({ url, headers });
  const hold = (released: Promise<unknown> | undefined) => void (gate = released);
  return { app, store, read, hold, count: () => calls };
}

const readStatus = async (reply: ReturnType<Awaited<ReturnType<typeof makeApp>>['read']>) =>
  (await reply).headers['cache-status']!;

describe.each(CLIENTS)('the response cache in a real Redis, with %s', (_, open) => {
  describe('on one server', () => {
    let server: RedisServer;
    let opened: OpenClient;

    beforeAll(async () => {
      server = await RedisServer.start();
      opened = await open(server.port);
    });

    beforeEach(() => server.command('FLUSHALL'));

    afterAll(async () => {
      opened[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
    });

    it('gives every process the replies of the others, byte for byte', async () => {
      const [one, other] = [await makeApp(opened), await makeApp(opened)];
      for (const url of ['/notes', '/bytes', '/notes?a=%C3%A9']) {
        const made = await one.read(url);
        await until(async () => (await readStatus(other.read(url))).includes('hit'));
        const { headers, body, status } = await other.read(url);
        const { age, 'cache-status': __, ...kept } = headers;
        const { 'cache-status': ___, ...fresh } = made.headers;
        expect([status, body, kept]).toEqual([200, made.body, fresh]);
        expect(age).toBe('0');
      }
    });

    it('runs the handler once for parallel requests, and asks Redis once', async () => {
      const { read, count } = await makeApp(opened);
      await read('/notes?other');
      await server.command('CONFIG', 'RESETSTAT');
      const replies = await Promise.all(Array.from({ length: PARALLEL }, () => read()));
      expect(new Set(replies.map((reply) => reply.text())).size).toBe(1);
      expect(count()).toBe(2);
      const statistics = await server.command('INFO', 'commandstats');
      expect(Number(/cmdstat_get:calls=(\d+)/.exec(statistics)?.[1])).toBeLessThan(5);
    });

    it('shows a purge of one process to all others with their next look-up', async () => {
      const [one, other] = [await makeApp(opened), await makeApp(opened)];
      for (const request of [{ url: '/notes' }, { tags: ['tag a'] }]) {
        await one.read('/notes?a');
        await until(async () => (await readStatus(other.read('/notes?a'))).includes('hit'));
        await one.store.purge(request);
        expect(await readStatus(other.read('/notes?a'))).toMatch(/fwd=miss; stored/);
      }
      await one.store.purge({ tags: ['tag b'] });
      expect(await readStatus(one.read('/notes?a'))).toMatch(/hit/);
    });

    it('keeps no reply that was being made during a purge by another process', async () => {
      const [one, other] = [await makeApp(opened), await makeApp(opened)];
      let release!: () => void;
      one.hold(new Promise<void>((resolve) => (release = resolve)));
      const early = one.read();
      while (one.count() === 0) await setImmediate();
      await other.store.purge({ url: '/notes' });
      const late = one.read();
      release();
      one.hold(undefined);
      await early;
      expect((await late).text()).toContain('/notes 2');
      await until(async () => (await readStatus(one.read())).includes('hit'));
      expect((await one.read()).text()).toContain('/notes 2');
    });

    it('uses nothing from before the purges that Redis has lost', async () => {
      const { read } = await makeApp(opened);
      await read();
      await until(async () => (await readStatus(read())).includes('hit'));
      await server.command('DEL', 'cache:{purges}');
      expect(await readStatus(read())).toMatch(/stored/);
      await until(async () => (await readStatus(read())).includes('hit'));
    });

    it('sees later purges when Redis has lost those before and its clock is behind them', async () => {
      const [one, other] = [await makeApp(opened), await makeApp(opened)];
      await one.read();
      await server.command('ZADD', 'cache:{purges}', `${(Date.now() + 3_600_000) * 1000}`, '!n');
      await until(async () => (await readStatus(one.read())).includes('hit'));
      const lose = () => server.command('DEL', 'cache:{purges}');
      const purge = () => other.store.purge({ url: '/notes' });
      for (const happens of [[lose], [lose, purge], [purge]]) {
        for (const step of happens) await step();
        expect(await readStatus(one.read())).toMatch(/stored/);
        await until(async () => (await readStatus(one.read())).includes('hit'));
      }
    });

    it('remembers a bounded number of purges, and uses nothing from before them', async () => {
      const { store, read } = await makeApp(opened);
      await read();
      await until(async () => (await readStatus(read())).includes('hit'));
      const tags = Array.from({ length: 3000 }, (__, index) => `${index}`);
      for (const part of [1, 2, 3, 4, 5]) await store.purge({ tags: tags.map((tag) => `${tag} ${part}`) });
      expect(Number(await server.command('ZCARD', 'cache:{purges}'))).toBeLessThanOrEqual(10_000);
      expect(await readStatus(read())).toMatch(/stored/);
      const newcomer = await makeApp(opened);
      await until(async () => (await readStatus(newcomer.read())).includes('hit'));
    });

    it('removes a reply when a request has seen that its state is gone', async () => {
      let isGone = false;
      const store = redisCache({ client: opened.client, timeoutMs: 5000, logger });
      const app = await createApp({
        middleware: [responseCache({ ttl: 60, obeyRequest: true, store })],
        routes: [{ method: 'GET', path: '/', handler: () => (isGone ? notFound() : 'here') }],
        logger,
      });
      const read = (headers = {}) => app.inject({ url: '/', headers });
      await read();
      await until(async () => (await readStatus(read())).includes('hit'));
      isGone = true;
      expect((await read({ 'cache-control': 'no-cache' })).status).toBe(404);
      await until(async () => (await read()).status === 404);
    });

    it('writes no credential into a key, and no key without an end', async () => {
      const { read } = await makeApp(opened);
      await read('/notes', { authorization: SECRET });
      await until(async () => (await server.command('DBSIZE')) === '2');
      const keys = (await server.command('KEYS', '*')).split('\n');
      expect(keys.filter((key) => key.includes(SECRET))).toEqual([]);
      const entry = keys.find((key) => !key.includes('purges'))!;
      const left = Number(await server.command('PTTL', entry));
      expect(left).toBeGreaterThan(60_000);
      expect(left).toBeLessThanOrEqual(120_000);
    });

    it.each(['nonsense', '{"form":1}\n', '{"form":99}\nbody', '{"form":1,"lines":[["A","b\\r\\nc"]]}\n'])(
      'runs the handler where an entry is %j, and keeps its reply',
      async (text) => {
        const { read } = await makeApp(opened);
        await read();
        await until(async () => (await server.command('DBSIZE')) === '2');
        const entry = (await server.command('KEYS', '*')).split('\n').find((key) => !key.includes('purges'))!;
        await server.command('SET', entry, text);
        expect(await readStatus(read())).toBe('sluice; fwd=miss; stored');
        await until(async () => (await readStatus(read())).includes('hit'));
      },
    );
  });

  it.each([
    ['is full', ['CONFIG', 'SET', 'maxmemory', '100kb']],
    ['has become a replica, which can only be read', ['REPLICAOF', '127.0.0.1', '1']],
  ])('uses what Redis has while it %s', async (_title, change) => {
    await using server = await RedisServer.start('--maxmemory-policy', 'noeviction');
    using opened = await open(server.port);
    const { read } = await makeApp(opened);
    await read();
    await until(async () => (await readStatus(read())).includes('hit'));
    await server.command(...change);
    for (const url of ['/notes?a', '/notes?b']) {
      expect(await readStatus(read(url))).toBe('sluice; fwd=miss; stored');
      expect(await readStatus(read())).toMatch(/hit/);
      expect(await readStatus(read(url))).toBe('sluice; fwd=miss; stored');
    }
  });

  it('answers as without a cache while Redis is dead, and uses it again afterwards', async () => {
    await using server = await RedisServer.start();
    using opened = await open(server.port);
    const { read, count, store } = await makeApp(opened);
    await read();
    await server.kill();
    for (let times = 2; times <= 4; times++) {
      expect(await readStatus(read())).toBe('sluice; fwd=bypass; detail=store-error');
      expect(count()).toBe(times);
    }
    await expect(store.purge({ url: '/notes' })).rejects.toThrow();
    await server.restart();
    await until(async () => (await readStatus(read())).includes('hit'));
  });

  it('answers every request after its timeout while Redis is frozen under load, and holds few calls', async () => {
    await using server = await RedisServer.start();
    using opened = await open(server.port);
    const limits = { timeoutMs: TIMEOUT_MS, maxPending: MAX_PENDING };
    const { read, store } = await makeApp(opened, limits);
    await read();
    server.freeze();
    const urls = Array.from({ length: PARALLEL }, (__, index) => `/notes?${index}`);
    const replies = await Promise.all(urls.map((url) => read(url)));
    expect(replies.every(({ status }) => status === 200)).toBe(true);
    const statuses = new Set(replies.map(({ headers }) => headers['cache-status']));
    expect([...statuses]).toEqual(['sluice; fwd=bypass; detail=store-error']);
    expect(store.pending).toBeLessThanOrEqual(MAX_PENDING);
    server.thaw();
    await until(() => store.pending === 0);
    await until(async () => (await readStatus(read())).includes('hit'));
  });

  it('works on a cluster', async () => {
    await using cluster = await RedisCluster.start();
    using opened = await open(...cluster.ports);
    const [one, other] = [await makeApp(opened), await makeApp(opened)];
    const urls = Array.from({ length: 20 }, (__, index) => `/notes?${index}`);
    for (const url of urls) await one.read(url);
    for (const url of urls) await until(async () => (await readStatus(other.read(url))).includes('hit'));
    await one.store.purge({ url: '/notes' });
    for (const url of urls) expect(await readStatus(other.read(url))).toMatch(/stored/);
  });
});
