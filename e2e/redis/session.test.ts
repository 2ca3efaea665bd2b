import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp, type App, type Context } from '@sluice/core';
import {
  destroySession,
  endSessionsOf,
  readSession,
  regenerateSession,
  session,
  type SessionOptions,
} from '@sluice/session';
import { redisStore, type RedisSessionStore } from '@sluice/session-redis';
import { sessionStoreContract } from '@sluice/testing/stores';
import { Browser } from '../../packages/session/test/browser';
import { ServerProcess } from '../sockets/server-process';
import { until } from '../sockets/until';
import { CLIENTS, type OpenClient } from './clients';
import { RedisCluster } from './redis-cluster';
import { RedisServer } from './redis-server';

const DEADLINE_MS = 150;
const FROZEN_MS = 1000;
const MAX_PENDING = 300;
const WRITERS = 1000;
/** A process compiles its sources when it starts for the first time; a thousand writers need some seconds. */
const START_WITHIN_MS = 120_000;
const SECRET = 'a secret of at least thirty-two bytes';
const logger = { info() {}, warn() {}, error() {} };

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

    const makeStore = () => redisStore({ client: opened.client, deadline: 5000, logger });
    for (const { title, run } of sessionStoreContract({ makeStore })) it(title, run);

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
    });
  });

  it(
    'are shared by two processes, under keys that do not show the id',
    async () => {
      await using server = await RedisServer.start();
      const env = { REDIS_PORT: `${server.port}`, REDIS_CLIENT: name };
      const processes = await Promise.all([
        ServerProcess.start('stored-session', env),
        ServerProcess.start('stored-session', env),
      ]);
      try {
        const [first, second] = processes.map(({ port }) => `http://127.0.0.1:${port}/`) as [string, string];
        const headers: Record<string, string> = { 'Content-Type': 'application/json' };
        const written = await fetch(first, { method: 'POST', headers, body: '{"user":"ada"}' });
        headers['Cookie'] = written.headers.getSetCookie()[0]!.split(';')[0]!;
        expect(await (await fetch(second, { headers })).json()).toEqual({ session: { user: 'ada' } });
        await (await fetch(second, { method: 'POST', headers, body: '{"n":2}' })).arrayBuffer();
        expect(await (await fetch(first, { headers })).json()).toEqual({ session: { user: 'ada', n: 2 } });
        const token = Buffer.from(headers['Cookie'].slice('session='.length), 'base64url');
        const hashed = createHash('sha256').update(token.subarray(9, 41)).digest('base64url');
        expect(await server.command('KEYS', '*')).toBe(`session:{${hashed}}`);
      } finally {
        await Promise.all(processes.map((one) => one.stop()));
      }
    },
    START_WITHIN_MS,
  );

  it('do not come back by a slow request that ends after the logout (connect-redis#328)', async () => {
    await using server = await RedisServer.start();
    using opened = await open(server.port);
    for (const body of [{ late: true }, {}]) {
      const { app, hold } = await makeApp(opened, { rolling: true, deadline: 5000 });
      const browser = await logIn(app);
      const slow = branch(app, browser);
      const release = hold();
      const late = slow.post('/slow', body);
      await release.started;
      await browser.post('/logout');
      release.end();
      expect((await late).headerLines('set-cookie')).toEqual([]);
      expect(await view(slow)).toEqual([200, {}]);
    }
    const keys = (await server.command('KEYS', '*')).split('\n');
    expect(keys).toHaveLength(2);
    for (const key of keys) expect(await server.command('HKEYS', key)).toBe('x');
  });

  it(
    `keep every write of ${WRITERS} concurrent writers of two applications, each to a key of its own (connect-redis#75)`,
    async () => {
      await using server = await RedisServer.start();
      using opened = await open(server.port);
      const options = { maxPending: 2 * WRITERS, deadline: 60_000 };
      const [one, two] = [await makeApp(opened, options), await makeApp(opened, options)];
      const browser = await logIn(one.app);
      const statuses = await Promise.all(
        Array.from({ length: WRITERS }, async (_, n) => {
          const app = n % 2 === 0 ? one.app : two.app;
          return (await branch(app, browser).post('/update', { [`k${n}`]: n })).status;
        }),
      );
      expect(statuses.filter((status) => status === 200)).toHaveLength(WRITERS);
      expect([one.store.pending, two.store.pending]).toEqual([0, 0]);
      const written = Object.fromEntries(Array.from({ length: WRITERS }, (_, n) => [`k${n}`, n]));
      expect(await view(browser)).toEqual([200, { user: 'ada', ...written }]);
    },
    START_WITHIN_MS,
  );

  it('store one of two concurrent writes of one key, and answer 503 to the other', async () => {
    await using server = await RedisServer.start();
    using opened = await open(server.port);
    const { app, hold } = await makeApp(opened, { deadline: 5000 });
    const browser = await logIn(app);
    const release = hold();
    const late = branch(app, browser).post('/slow', { balance: 1, mine: 1 });
    await release.started;
    expect((await browser.post('/update', { balance: 2, theirs: 1 })).status).toBe(200);
    release.end();
    expect([(await late).status, (await late).json<{ code: string }>().code]).toEqual([
      503,
      'session_conflict',
    ]);
    expect(await view(browser)).toEqual([200, { user: 'ada', balance: 2, theirs: 1 }]);
  });

  it('keep the user of parallel requests while they are regenerated (express-session#923)', async () => {
    await using server = await RedisServer.start();
    using opened = await open(server.port);
    const { app } = await makeApp(opened, { deadline: 5000 });
    const browser = await logIn(app);
    const parallel = branch(app, browser);
    let isOver = false;
    const users = new Set<unknown>();
    const readers = Array.from({ length: 10 }, async () => {
      while (!isOver) users.add(((await view(parallel)) as [number, { user?: string }])[1].user);
    });
    await browser.post('/renew', { role: 'admin' });
    await sleep(50);
    await parallel.post('/update', { cart: [1] });
    isOver = true;
    await Promise.all(readers);
    expect([...users]).toEqual(['ada']);
    expect(await view(browser)).toEqual([200, { user: 'ada', role: 'admin', cart: [1] }]);
  });

  it('end for a user on all devices', async () => {
    await using server = await RedisServer.start();
    using opened = await open(server.port);
    const { app, store } = await makeApp(opened, { deadline: 5000 });
    const [one, two] = [await logIn(app), await logIn(app)];
    const other = await logIn(app, 'eve');
    await endSessionsOf(store, 'ada');
    expect([await view(one), await view(two)]).toEqual([
      [200, {}],
      [200, {}],
    ]);
    expect(await view(other)).toEqual([200, { user: 'eve' }]);
    expect(await view(await logIn(app))).toEqual([200, { user: 'ada' }]);
  });

  it('answer 503 at the deadline while Redis is frozen for longer, with a bounded number of calls', async () => {
    await using server = await RedisServer.start();
    using opened = await open(server.port);
    const { app, store } = await makeApp(opened, { deadline: DEADLINE_MS });
    const browser = await logIn(app);
    server.freeze();
    const started = performance.now();
    const response = await browser.get('/view');
    expect(performance.now() - started).toBeGreaterThanOrEqual(DEADLINE_MS - 1);
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
    const { app, store } = await makeApp(opened, { deadline: 2000 });
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
    const { app } = await makeApp(opened, { deadline: 5000 });
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

    const makeStore = () => redisStore({ client: opened.client, deadline: 5000, logger });
    for (const { title, run } of sessionStoreContract({ makeStore })) it(title, run);

    it('move from node to node when they are regenerated, and end together', async () => {
      const { app, store } = await makeApp(opened, { deadline: 5000 });
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

interface AppOptions extends Partial<SessionOptions> {
  readonly deadline?: number;
  readonly maxPending?: number;
}

async function makeApp(
  { client }: OpenClient,
  { deadline, maxPending = MAX_PENDING, ...options }: AppOptions = {},
) {
  const store: RedisSessionStore = redisStore({
    client,
    logger,
    maxPending,
    ...(deadline !== undefined && { deadline }),
  });
  let gate: { started: () => void; ended: Promise<void> } | undefined;
  const update = async (context: Context): Promise<object> =>
    Object.assign(await readSession(context), await context.request.json());
  const app = await createApp({
    middleware: [session({ secretKey: SECRET, store, userOf: (data) => data['user'] as string, ...options })],
    routes: [
      { method: 'GET', path: '/view', handler: async (context) => ({ session: await readSession(context) }) },
      { method: 'GET', path: '/none', handler: () => 'hello' },
      { method: 'POST', path: '/update', handler: update },
      {
        method: 'POST',
        path: '/renew',
        handler: async (context) => {
          regenerateSession(await readSession(context));
          return update(context);
        },
      },
      {
        method: 'POST',
        path: '/logout',
        handler: async (context) => destroySession(await readSession(context)),
      },
      {
        method: 'POST',
        path: '/slow',
        handler: async (context) => {
          await readSession(context);
          gate?.started();
          await gate?.ended;
          return update(context);
        },
      },
    ],
    logger,
  });
  /** Holds the next slow request once it has read its session. */
  const hold = () => {
    let end = (): void => {};
    let begin = (): void => {};
    const started = new Promise<void>((resolve) => (begin = resolve));
    const ended = new Promise<void>((resolve) => (end = resolve));
    gate = { started: begin, ended };
    return { started, end: () => end() };
  };
  return { app, store, hold };
}

async function logIn(app: App, user = 'ada'): Promise<Browser> {
  const browser = new Browser(app);
  expect((await browser.post('/renew', { user })).status).toBe(200);
  return browser;
}

/** A browser that has sent a request before the answer to another one came: it has the cookie of then. */
function branch(app: App, browser: Browser): Browser {
  const other = new Browser(app);
  for (const [name, value] of browser.cookies) other.cookies.set(name, value);
  return other;
}

async function view(browser: Browser): Promise<[status: number, session: unknown]> {
  const response = await browser.get('/view');
  return [response.status, response.json<{ session: unknown }>().session];
}
