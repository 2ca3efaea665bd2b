import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { endSessionsOf } from '@sluice/session';
import { redisStore } from '@sluice/session-redis';
import { sessionStoreContract } from '@sluice/testing/stores';
import { Browser } from '../../packages/session/test/browser';
import { branch, logIn, makeSessionApp, QUIET, view } from '../sessions/session-app';
import { shareSession } from '../sessions/share-session';
import { testStorePromises } from '../sessions/store-promises';
import { until } from '../sockets/until';
import { CLIENTS, type OpenClient } from './clients';
import { RedisCluster } from './redis-cluster';
import { RedisServer } from './redis-server';

const TIMEOUT_MS = 150;
const FROZEN_MS = 1000;
const MAX_PENDING = 300;
const WRITERS = 1000;
/** A process compiles its sources when it starts for the first time; a thousand writers need some seconds. */
const START_WITHIN_MS = 120_000;

describe.each(CLIENTS)('sessions in a real Redis, with %s', (name, open) => {
  describe('keep the contract of session stores', () => {
    let server: RedisServer;
    let opened: OpenClient;

    beforeAll(async () => {
      server = await RedisServer.start();
      opened = await open(server.port);
    });

    afterAll(async () => {
      opened[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
    });

    const makeStore = () => redisStore({ client: opened.client, timeoutMs: 5000, logger: QUIET });
    for (const { title, run } of sessionStoreContract({ makeStore })) it(title, run);
    testStorePromises(() =>
      redisStore({ client: opened.client, timeoutMs: 60_000, maxPending: 2 * WRITERS, logger: QUIET }),
    );

    it('leaves no key behind that lives for ever', async () => {
      const store = makeStore();
      await store.set('lives', '{}', { ttlSeconds: 100, ifVersion: 0 });
      await store.destroy('ended');
      await store.raiseEpoch('ada');
      const bounds = { '{lives}': 100, '{ended}': 60, 'user:{ada}': 401 * 86_400 };
      for (const [key, most] of Object.entries(bounds)) {
        const left = Number(await server.command('PTTL', `session:${key}`));
        expect(left).toBeGreaterThan(most * 1000 - 10_000);
        expect(left).toBeLessThanOrEqual(most * 1000);
      }
      expect(await server.command('HKEYS', 'session:{ended}')).toBe('x');
    });
  });

  it(
    'are shared by two processes, under keys that do not show the id',
    async () => {
      await using server = await RedisServer.start();
      const id = await shareSession({ REDIS_PORT: `${server.port}`, REDIS_CLIENT: name });
      const hashed = createHash('sha256').update(id).digest('base64url');
      expect(await server.command('KEYS', '*')).toBe(`session:{${hashed}}`);
    },
    START_WITHIN_MS,
  );

  it('answer 503 after the timeout while Redis is frozen for longer, with a bounded number of calls', async () => {
    await using server = await RedisServer.start();
    using opened = await open(server.port);
    const { app, store } = await makeApp(opened, { timeoutMs: TIMEOUT_MS });
    const browser = await logIn(app);
    server.freeze();
    const started = performance.now();
    const response = await browser.get('/view');
    expect(performance.now() - started).toBeGreaterThanOrEqual(TIMEOUT_MS - 1);
    expect([response.status, response.json<{ code: string }>().code]).toEqual([
      503,
      'session_store_unavailable',
    ]);
    expect(response.headerLines('set-cookie')).toEqual([]);
    expect(store.pending).toBe(1);
    const answers = await Promise.all(Array.from({ length: WRITERS }, () => view(branch(app, browser))));
    expect(answers.every(([status]) => status === 503)).toBe(true);
    expect(store.pending).toBe(MAX_PENDING);
    await sleep(FROZEN_MS);
    expect((await app.inject({ url: '/none' })).status).toBe(200);
    expect(store.pending).toBe(MAX_PENDING);
    server.thaw();
    await until(() => store.pending === 0);
    expect(await view(browser)).toEqual([200, { user: 'ada' }]);
  });

  it('answer 503 while Redis is down, and go on after a restart, which also forgets the scripts', async () => {
    await using server = await RedisServer.start();
    using opened = await open(server.port);
    const { app, store } = await makeApp(opened, { timeoutMs: 2000 });
    const browser = await logIn(app);
    await server.command('SCRIPT', 'FLUSH');
    expect(await view(browser)).toEqual([200, { user: 'ada' }]);
    const seen = new Set<number>();
    let isOver = false;
    const load = Array.from({ length: 10 }, async () => {
      while (!isOver) {
        seen.add((await branch(app, browser).post('/update', { n: 1 })).status);
        await sleep(1);
      }
    });
    await sleep(50);
    await server.kill();
    await sleep(200);
    const down = await browser.post('/update', { n: 2 });
    expect([down.status, down.headerLines('set-cookie')]).toEqual([503, []]);
    await server.restart();
    await until(async () => (await view(browser))[0] === 200);
    isOver = true;
    await Promise.all(load);
    expect([...seen].sort()).toEqual([200, 503]);
    // Its data is gone with the server, so the session has ended, and a new one works.
    expect(await view(await logIn(app, 'eve'))).toEqual([200, { user: 'eve' }]);
    expect(store.pending).toBe(0);
  });

  it('answer 503 to writes while Redis is full, and can still be read and ended', async () => {
    await using server = await RedisServer.start('--maxmemory-policy', 'noeviction');
    using opened = await open(server.port);
    const { app } = await makeApp(opened, { timeoutMs: 5000 });
    const browser = await logIn(app);
    const copy = branch(app, browser);
    await server.command('CONFIG', 'SET', 'maxmemory', '100kb');
    const write = await browser.post('/update', { n: 1 });
    expect([write.status, write.json<{ code: string }>().code]).toEqual([503, 'session_store_unavailable']);
    expect((await new Browser(app).post('/update', { n: 1 })).status).toBe(503);
    expect(await view(browser)).toEqual([200, { user: 'ada' }]);
    expect((await browser.post('/logout')).status).toBe(204);
    expect(await view(copy)).toEqual([200, {}]);
  });
});

describe('sessions in a cluster of three nodes', () => {
  let cluster: RedisCluster;

  beforeAll(async () => {
    cluster = await RedisCluster.start();
  });

  afterAll(() => cluster[Symbol.asyncDispose]());

  describe.each(CLIENTS)('with %s', (_name, open) => {
    let opened: OpenClient;

    beforeAll(async () => {
      opened = await open(...cluster.ports);
    });

    afterAll(() => opened[Symbol.dispose]());

    const makeStore = () => redisStore({ client: opened.client, timeoutMs: 5000, logger: QUIET });
    for (const { title, run } of sessionStoreContract({ makeStore })) it(title, run);

    it('move from node to node when they are regenerated, and end together', async () => {
      const { app, store } = await makeApp(opened, { timeoutMs: 5000 });
      for (let round = 0; round < 10; round++) {
        const browser = await logIn(app, `user${round}`);
        const late = branch(app, browser);
        await browser.post('/renew', { role: 'admin' });
        expect(await view(late)).toEqual([200, { user: `user${round}` }]);
        expect(await view(browser)).toEqual([200, { user: `user${round}`, role: 'admin' }]);
        await endSessionsOf(store, `user${round}`);
        expect([await view(late), await view(browser)]).toEqual([
          [200, {}],
          [200, {}],
        ]);
      }
      const sizes = await Promise.all(cluster.nodes.map((node) => node.command('DBSIZE')));
      expect(sizes.every((size) => Number(size) > 0)).toBe(true);
    });
  });
});

interface AppOptions {
  readonly timeoutMs: number;
}

async function makeApp({ client }: OpenClient, { timeoutMs }: AppOptions) {
  const store = redisStore({ client, logger: QUIET, maxPending: MAX_PENDING, timeoutMs });
  return { ...(await makeSessionApp(store)), store };
}
