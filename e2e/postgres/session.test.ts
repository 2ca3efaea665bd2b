import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { postgresStore, sessionTable, type PostgresStoreOptions } from '@sluice/session-sql';
import { sessionStoreContract } from '@sluice/testing/stores';
import { Pool, type PoolConfig } from 'pg';
import { branch, logIn, makeSessionApp, QUIET, view } from '../sessions/session-app';
import { shareSession } from '../sessions/share-session';
import { testStorePromises } from '../sessions/store-promises';
import { until } from '../sockets/until';
import { PostgresServer } from './postgres-server';

const TIMEOUT_MS = 200;
const MAX_PENDING = 300;
const WRITERS = 1000;
/** A process compiles its sources when it starts for the first time. */
const START_WITHIN_MS = 120_000;

describe('sessions in a real PostgreSQL', () => {
  let server: PostgresServer;
  let pool: Pool;

  beforeAll(async () => {
    server = await PostgresServer.start();
  }, START_WITHIN_MS);

  afterAll(() => server[Symbol.asyncDispose]());

  beforeEach(() => {
    pool = new Pool({ ...server.place, connectionTimeoutMillis: 10_000 });
  });

  afterEach(() => pool.end());

  const makeStore = (options: Partial<PostgresStoreOptions> = {}) =>
    postgresStore({ pool, timeoutMs: 60_000, maxPending: 2 * WRITERS, logger: QUIET, ...options });
  const ask = async (sql: string): Promise<unknown[][]> =>
    (await pool.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  /** Opens a pool beside the one of the other tests. */
  const openPool = (options: PoolConfig = {}) => {
    const other = new Pool({ ...server.place, ...options });
    return Object.assign(other, { [Symbol.asyncDispose]: () => other.end() });
  };

  /** Calls a function with a pool of a role that may do these things with the table, and nothing else. */
  const asRole = async (role: string, rights: string, use: (pool: Pool) => Promise<void>): Promise<void> => {
    await ask(`create role ${role} login`);
    try {
      await ask(`grant ${rights} on sessions to ${role}`);
      await using other = openPool({ user: role });
      await use(other);
    } finally {
      await ask(`drop owned by ${role}`);
      await ask(`drop role ${role}`);
    }
  };

  describe('keep the contract of session stores', () => {
    for (const { title, run } of sessionStoreContract({
      makeStore,
      // Rows get older instead of a clock that goes on.
      elapse: async (seconds) => {
        await ask(`update sessions set expires_at = expires_at - interval '${seconds} seconds'`);
      },
    }))
      it(title, run);
  });

  testStorePromises(makeStore);

  it(
    'are shared by two processes, under keys that do not show the id',
    async () => {
      await ask('drop table if exists sessions');
      const id = await shareSession({ POSTGRES_PORT: `${server.port}` });
      expect(await ask('select key, data from sessions')).toEqual([
        [createHash('sha256').update(id).digest('base64url'), '{"user":"ada","n":2}'],
      ]);
    },
    START_WITHIN_MS,
  );

  describe('in its table', () => {
    beforeEach(async () => {
      await ask('drop table if exists sessions');
      await ask('drop schema if exists app cascade');
    });

    it('are made by twenty stores that start at the same time', async () => {
      const pools = Array.from({ length: 20 }, () => openPool({ max: 1 }));
      await Promise.all(pools.map((one) => postgresStore({ pool: one, logger: QUIET }).createTable()));
      await Promise.all(pools.map((one) => one.end()));
      expect(await ask(`select indexname from pg_indexes where tablename = 'sessions' order by 1`)).toEqual([
        ['sessions_expires_at'],
        ['sessions_pkey'],
      ]);
    });

    it('have the schema and the name that they are given, even if it is a word of SQL', async () => {
      await ask('create schema app');
      const store = makeStore({ table: 'app.order' });
      await store.set('a', '{}', { ttlSeconds: 10, ifVersion: 0 });
      expect(await ask('select key from app."order"')).toEqual([['a']]);
    });

    it('leave no data behind when they end, and are found to be over for 60 seconds', async () => {
      const store = makeStore();
      await store.set('a', '{"user":"ada"}', { ttlSeconds: 10, ifVersion: 0 });
      await store.destroy('a');
      const left = 'extract(epoch from expires_at - now())::float8';
      const [[version, data, seconds]] = (await ask(`select version, data, ${left} from sessions`)) as [
        [string, string, number],
      ];
      expect([version, data]).toEqual(['0', '']);
      expect(seconds).toBeGreaterThan(50);
      expect(seconds).toBeLessThanOrEqual(60);
    });

    it('end once, whatever is written meanwhile', async () => {
      const store = makeStore();
      for (let round = 0; round < 20; round++) {
        const key = `ends${round}`;
        await store.set(key, '{"n":1}', { ttlSeconds: 10, ifVersion: 0 });
        const writes = [1, 2, 3].map(async (n) =>
          store.set(key, '{"n":2}', { ttlSeconds: 10, ifVersion: n }),
        );
        const ends = await Promise.all([1, 2, 3].map(async () => store.destroy(key)));
        await Promise.all(writes);
        expect(ends.filter((data) => data !== undefined)).toHaveLength(1);
        expect(await store.get(key)).toBeUndefined();
      }
    });

    it('are deleted when they have expired, 200 at once, by each new session until none is left', async () => {
      const store = makeStore();
      await store.createTable();
      const old = `'{}', now() - interval '1 second' from generate_series(1, 450) as n`;
      await ask(`insert into sessions select 'old' || n, 1, ${old}`);
      const count = async () =>
        Number((await ask(`select count(*) from sessions where key like 'old%'`))[0]![0]);
      for (const [key, most] of Object.entries({ a: 250, b: 50, c: 0 })) {
        await store.set(key, '{}', { ttlSeconds: 10, ifVersion: 0 });
        await until(async () => (await count()) <= most);
        expect(await count()).toBe(most);
        await until(() => store.pending === 0);
      }
      expect(await store.purge()).toBe(0);
    });

    it('are not looked for in a table with other columns: the start fails', async () => {
      await ask('create table sessions (id text primary key, expires_at timestamptz)');
      await expect(makeStore().createTable()).rejects.toThrow(
        /^The table sessions cannot be used: column "[a-z]+".* does not exist\. .*:\ncreate table if not exists "sessions"/,
      );
    });

    it('are not begun in a database that can only be read, or whose table can: the start fails', async () => {
      await makeStore().createTable();
      {
        await using replica = openPool({ options: '-c default_transaction_read_only=on' });
        const starting = makeStore({ pool: replica }).createTable();
        await expect(starting).rejects.toThrow(/^The table sessions cannot be used: .*read-only/);
      }
      await asRole('reader', 'select', async (pool) => {
        const starting = makeStore({ pool }).createTable();
        await expect(starting).rejects.toThrow(/^The table sessions cannot be used: permission denied/);
      });
    });

    it('are not begun in a table without its primary key: the start fails', async () => {
      await ask('create table sessions (key text, version bigint, data text, expires_at timestamptz)');
      await expect(makeStore().createTable()).rejects.toThrow(
        /^The table sessions cannot be used: there is no unique or exclusion constraint/,
      );
    });

    it.each(['select, update, delete', 'select, insert, delete', 'select, insert, update'])(
      'are not begun for a role that may only %s: the start fails',
      async (rights) => {
        await makeStore().createTable();
        await asRole('helper', rights, async (pool) => {
          const starting = makeStore({ pool }).createTable();
          await expect(starting).rejects.toThrow(/^The table sessions cannot be used: permission denied/);
        });
      },
    );

    it('are kept for a role that may use the table, but not make one', async () => {
      await makeStore().createTable();
      await asRole('clerk', 'select, insert, update, delete', async (pool) => {
        const { app } = await makeSessionApp(makeStore({ pool }));
        expect(await view(await logIn(app))).toEqual([200, { user: 'ada' }]);
      });
    });

    it('answer 503 without the table where createTable is false, and use one that a migration makes', async () => {
      const { app } = await makeSessionApp(makeStore({ createTable: false }));
      const cookie = await logIn((await makeSessionApp(makeStore({ table: 'other' }))).app);
      expect((await branch(app, cookie).get('/view')).status).toBe(503);
      await ask(sessionTable('postgres'));
      expect(await view(await logIn(app))).toEqual([200, { user: 'ada' }]);
    });
  });

  it('may be in two tables on one connection, whose prepared statements have other names', async () => {
    await using one = openPool({ max: 1 });
    const stores = ['sessions', 'others'].map((table) => postgresStore({ pool: one, table, logger: QUIET }));
    for (const store of stores) {
      await store.set('same', '{}', { ttlSeconds: 10, ifVersion: 0 });
      expect(await store.destroy('same')).toBe('{}');
    }
  });

  it('answer 503 after the timeout while it is frozen for longer, with a bounded number of calls', async () => {
    await using small = openPool({ max: 3 });
    const store = makeStore({ pool: small, timeoutMs: TIMEOUT_MS, maxPending: MAX_PENDING });
    await store.createTable();
    const { app } = await makeSessionApp(store);
    const browser = await logIn(app);
    server.freeze();
    try {
      const started = performance.now();
      const response = await browser.get('/view');
      expect(performance.now() - started).toBeGreaterThanOrEqual(TIMEOUT_MS - 1);
      expect([response.status, response.json<{ code: string }>().code]).toEqual([
        503,
        'session_store_unavailable',
      ]);
      expect(response.headerLines('set-cookie')).toEqual([]);
      const answers = await Promise.all(
        Array.from({ length: WRITERS }, () => branch(app, browser).post('/update', { late: true })),
      );
      expect(answers.every(({ status }) => status === 503)).toBe(true);
      expect(store.pending).toBeLessThanOrEqual(MAX_PENDING);
      expect((await app.inject({ url: '/none' })).status).toBe(200);
    } finally {
      server.thaw();
    }
    await until(() => store.pending === 0);
    // Calls that waited for a connection are not sent late.
    expect(await view(browser)).toEqual([200, { user: 'ada' }]);
  });

  it('answer 503 while it is down, go on after a restart with what they had, and do not end the process', async () => {
    const reports: string[] = [];
    const logger = {
      info: (text: string) => void reports.push(text),
      error: (_error: unknown, text?: string) => void reports.push(String(text)),
    };
    const store = makeStore({ timeoutMs: 5000, logger });
    const { app } = await makeSessionApp(store);
    const browser = await logIn(app);
    const seen = new Set<number>();
    let isOver = false;
    const load = Array.from({ length: 10 }, async (_, n) => {
      const other = branch(app, browser);
      while (!isOver) {
        seen.add((await other.post('/update', { [`k${n}`]: 1 })).status);
        await sleep(1);
      }
    });
    await until(() => seen.has(200));
    // Some connections are in use now, and others are not.
    await server.kill();
    const down = await browser.post('/update', { n: 2 });
    expect([down.status, down.headerLines('set-cookie')]).toEqual([503, []]);
    await server.restart();
    await until(async () => (await view(browser))[0] === 200);
    isOver = true;
    await Promise.all(load);
    expect([...seen].sort()).toEqual([200, 503]);
    expect(await view(browser)).toEqual([200, expect.objectContaining({ user: 'ada' })]);
    expect(store.pending).toBe(0);
    const outage = ['PostgreSQL has closed a connection', 'PostgreSQL can be reached again.'];
    expect(reports.filter((text) => outage.includes(text)).length).toBeLessThanOrEqual(2);
  });

  it('answer 503 to the first request where the table cannot be made, and make it for the next', async () => {
    await ask('drop table if exists sessions');
    const store = makeStore({ timeoutMs: 5000 });
    await server.kill();
    const { app } = await makeSessionApp(store);
    expect((await app.inject({ method: 'POST', url: '/renew', body: { user: 'ada' } })).status).toBe(503);
    await expect(store.createTable()).rejects.toThrow();
    await server.restart();
    expect(await view(await logIn(app))).toEqual([200, { user: 'ada' }]);
  });
});
