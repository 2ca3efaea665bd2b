import { setTimeout as sleep } from 'node:timers/promises';
import { createApp, type App } from '@sluice/core';
import { rateLimit, redisLimits, type RateLimitOptions, type StoreErrorPolicy } from '@sluice/rate-limit';
import { keySlot } from '@sluice/redis';
import { limitStoreContract } from '@sluice/testing/stores';
import { ServerProcess } from '../sockets/server-process';
import { until } from '../sockets/until';
import { CLIENTS, type OpenClient } from './clients';
import { RedisCluster } from './redis-cluster';
import { RedisServer } from './redis-server';
import { startAll } from '../sockets/start-all';

const TIMEOUT_MS = 150;
const FROZEN_MS = 1000;
const PARALLEL = 1000;
/** A process compiles its sources when it starts for the first time. */
const START_WITHIN_MS = 120_000;
const logger = { info() {}, warn() {}, error() {} };

describe.each(CLIENTS)('limits in a real Redis, with %s', (name, open) => {
  describe('keep the contract of limit stores', () => {
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

    const makeStore = () => redisLimits({ client: opened.client, timeoutMs: 5000, logger });
    for (const { title, run } of limitStoreContract({ makeStore })) it(title, run);

    it('leaves no key behind longer than its window', async () => {
      const store = makeStore();
      const policy = { name: 'short', limit: 3, window: 2, id: 'short:3/2' };
      await store.take([{ policy, key: 'gone', cost: 3 }]);
      const left = Number(await server.command('PTTL', 'limits:{gone}:short:3/2'));
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThanOrEqual(2000);
    });
  });

  it(
    'let exactly 5 of 1,000 parallel requests to two processes pass',
    async () => {
      await using server = await RedisServer.start();
      const env = { REDIS_PORT: `${server.port}`, REDIS_CLIENT: name, LIMIT: '5' };
      const processes = await startAll([
        ServerProcess.start('limited', env),
        ServerProcess.start('limited', env),
      ]);
      try {
        const statuses = await Promise.all(
          Array.from({ length: PARALLEL }, async (_, index) => {
            const response = await fetch(`http://127.0.0.1:${processes[index % 2]!.port}/`);
            await response.arrayBuffer();
            return response.status;
          }),
        );
        expect(statuses.filter((status) => status === 200)).toHaveLength(5);
        expect(statuses.filter((status) => status === 429)).toHaveLength(PARALLEL - 5);
      } finally {
        await Promise.all(processes.map((one) => one.stop()));
      }
    },
    START_WITHIN_MS,
  );

  it.each([
    ['local', [200, 200, 429]],
    ['open', [200, 200, 200]],
    ['closed', [503, 503, 503]],
  ] as const)(
    'answer as onStoreError: %s says while Redis is frozen for longer than the timeout',
    async (onStoreError, expected) => {
      await using server = await RedisServer.start();
      using opened = await open(server.port);
      const { app, store } = await makeApp(opened, { limit: 3, window: 600, onStoreError });
      expect(await readStatuses(app, 1)).toEqual([200]);
      server.freeze();
      const started = performance.now();
      expect(await readStatuses(app, 3)).toEqual(expected);
      expect(performance.now() - started).toBeGreaterThanOrEqual(3 * TIMEOUT_MS - 1);
      expect(store.pending).toBe(3);
      await sleep(FROZEN_MS);
      expect(store.pending).toBe(3);
      server.thaw();
      await until(() => store.pending === 0);
      expect(await readStatuses(app, 1, '203.0.113.9')).toEqual([200]);
    },
  );

  it('hold a bounded number of calls while Redis is frozen under load, and answer every request', async () => {
    await using server = await RedisServer.start();
    using opened = await open(server.port);
    const { app, store } = await makeApp(opened, { limit: PARALLEL, window: 600, onStoreError: 'closed' });
    await readStatuses(app, 1);
    server.freeze();
    const responses = await Promise.all(
      Array.from({ length: PARALLEL }, (_, index) =>
        app.inject({ url: '/', address: `10.0.${index >> 8}.${index & 255}` }),
      ),
    );
    expect(responses.every(({ status }) => status === 503)).toBe(true);
    expect(store.pending).toBe(MAX_PENDING);
    server.thaw();
    await until(() => store.pending === 0);
  });

  it('survive a restart of Redis under load, which also forgets the script', async () => {
    await using server = await RedisServer.start();
    using opened = await open(server.port);
    const { app, store } = await makeApp(opened, { limit: 1_000_000, window: 600, onStoreError: 'closed' });
    const seen = new Set<number>();
    let isOver = false;
    const load = Array.from({ length: 20 }, async () => {
      while (!isOver) {
        seen.add((await app.inject({ url: '/' })).status);
        await sleep(1);
      }
    });
    await sleep(100);
    await server.kill();
    await sleep(200);
    expect([...seen].sort()).toEqual([200, 503]);
    await server.restart();
    await until(async () => (await app.inject({ url: '/' })).status === 200);
    await server.command('SCRIPT', 'FLUSH');
    await sleep(100);
    isOver = true;
    await Promise.all(load);
    expect([...seen].sort()).toEqual([200, 503]);
    expect((await app.inject({ url: '/' })).status).toBe(200);
    expect(store.pending).toBe(0);
  });

  it('count nothing again that was refused while Redis was down', async () => {
    await using server = await RedisServer.start();
    using opened = await open(server.port);
    const { app, store } = await makeApp(opened, { limit: 100, window: 600, onStoreError: 'open' });
    await server.kill();
    await readStatuses(app, 50);
    await server.restart();
    await until(async () => (await app.inject({ url: '/' })).header('ratelimit') !== undefined);
    await until(() => store.pending === 0);
    const { remaining } = (
      await store.take([
        {
          policy: { name: 'default', limit: 100, window: 600, id: 'default:100/600' },
          key: '127.0.0.1',
          cost: 0,
        },
      ])
    )[0]!;
    expect(remaining).toBeGreaterThanOrEqual(98);
  });

  it('treat a full Redis as a store that fails, not as one without limits', async () => {
    await using server = await RedisServer.start('--maxmemory', '2mb', '--maxmemory-policy', 'noeviction');
    using opened = await open(server.port);
    const { app } = await makeApp(opened, { limit: 2, window: 600, onStoreError: 'local' });
    expect(await readStatuses(app, 1)).toEqual([200]);
    for (let key = 0; key < 100; key++)
      await server.command('SET', `k${key}`, 'x'.repeat(100_000)).catch(() => undefined);
    expect(await readStatuses(app, 2)).toEqual([200, 429]);
  });
});

describe('limits in a cluster of three nodes', () => {
  let cluster: RedisCluster;

  beforeAll(async () => {
    cluster = await RedisCluster.start();
  });

  afterAll(() => cluster[Symbol.asyncDispose]());

  describe.each(CLIENTS)('with %s', (name, open) => {
    let opened: OpenClient;

    beforeAll(async () => {
      opened = await open(...cluster.ports);
    });

    afterAll(() => opened[Symbol.dispose]());

    const makeStore = () => redisLimits({ client: opened.client, timeoutMs: 5000, logger });
    for (const { title, run } of limitStoreContract({ makeStore })) it(title, run);

    it('answers for the clients of a frozen node after the timeout, and for all others as ever', async () => {
      const limits = { limit: 5, window: 600, onStoreError: 'closed' } as const;
      // Long enough for the other nodes on a slow machine.
      const timeoutMs = 1000;
      const { app, store } = await makeApp(opened, limits, timeoutMs);
      const [frozen, ...others] = cluster.nodes.map((_, node) => findAddress(node, name));
      cluster.nodes[0]!.freeze();
      try {
        const started = performance.now();
        expect(await readStatuses(app, 2, frozen)).toEqual([503, 503]);
        expect(performance.now() - started).toBeGreaterThanOrEqual(2 * timeoutMs - 1);
        for (const other of others) expect(await readStatuses(app, 2, other)).toEqual([200, 200]);
        expect(store.pending).toBe(2);
      } finally {
        cluster.nodes[0]!.thaw();
      }
      await until(() => store.pending === 0);
      expect(await readStatuses(app, 1, frozen)).toEqual([200]);
    });

    it('counts policies with different keys, which are on different nodes', async () => {
      const { app } = await makeApp(
        opened,
        {
          policies: [
            { name: 'address', limit: 20, window: 600 },
            { name: 'user', limit: 1, window: 600, key: ({ request }) => request.header('x-user') },
          ],
          onStoreError: 'closed',
        },
        5000,
      );
      const statuses: number[] = [];
      for (let user = 0; user < 10; user++) {
        const request = {
          url: '/',
          address: `198.51.100.${name.length}`,
          headers: { 'X-User': `${name}-${user}` },
        };
        for (let time = 0; time < 2; time++) statuses.push((await app.inject(request)).status);
      }
      expect(statuses.filter((status) => status === 200)).toHaveLength(10);
      expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    });
  });
});

const MAX_PENDING = 300;

/** An address whose counts are on one node of the cluster. */
function findAddress(node: number, client: string): string {
  const range = client === 'ioredis' ? '10.1' : '10.2';
  for (let host = 0; ; host++) {
    const address = `${range}.${host >> 8}.${host & 255}`;
    if (RedisCluster.nodeOf(keySlot(address)) === node) return address;
  }
}

async function makeApp(
  { client }: OpenClient,
  limits: RateLimitOptions & { readonly onStoreError: StoreErrorPolicy },
  timeoutMs = TIMEOUT_MS,
) {
  const store = redisLimits({ client, timeoutMs, maxPending: MAX_PENDING, logger });
  const app = await createApp({
    middleware: [rateLimit({ store, ...limits })],
    routes: [{ method: 'GET', path: '/', handler: () => 'hello' }],
    logger,
  });
  return { app, store };
}

async function readStatuses(app: App, times: number, address = '127.0.0.1'): Promise<number[]> {
  const statuses: number[] = [];
  for (let time = 0; time < times; time++) statuses.push((await app.inject({ url: '/', address })).status);
  return statuses;
}
