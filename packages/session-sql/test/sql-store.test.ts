import type { ConfigurationError } from '@sluice/core';
import { sessionStoreContract } from '@sluice/testing/stores';
import { postgresStore, sessionTable, sqlStore, type SessionStatements } from '../src';

/** The statements of a database that is a map, and whose answers come later. */
class MapStatements implements SessionStatements {
  readonly rows = new Map<string, { version: number; data: string; expiresAt: number }>();
  private skipped = 0;

  elapse(seconds: number): void {
    this.skipped += seconds * 1000;
  }

  async read(key: string) {
    await Promise.resolve();
    const row = this.find(key);
    return row !== undefined && row.version > 0 ? { version: row.version, data: row.data } : undefined;
  }

  async write({ key, ifVersion, version, data, ttlMs }: Parameters<SessionStatements['write']>[0]) {
    await Promise.resolve();
    const row = this.find(key);
    if (ifVersion === 0 ? row !== undefined : row?.version !== ifVersion) return false;
    this.rows.set(key, { version, data: data ?? row!.data, expiresAt: this.now + ttlMs });
    return true;
  }

  async end(key: string, ttlMs: number) {
    const row = await this.read(key);
    this.rows.set(key, { version: 0, data: '', expiresAt: this.now + ttlMs });
    return row?.data;
  }

  async purge(limit: number) {
    await Promise.resolve();
    const old = [...this.rows].filter(([, row]) => row.expiresAt <= this.now).slice(0, limit);
    for (const [key] of old) this.rows.delete(key);
    return old.length;
  }

  private get now(): number {
    return Date.now() + this.skipped;
  }

  private find(key: string) {
    const row = this.rows.get(key);
    return row !== undefined && row.expiresAt > this.now ? row : undefined;
  }
}

describe('sqlStore with statements of a user', () => {
  const statements = new MapStatements();

  for (const { title, run } of sessionStoreContract({
    makeStore: () => sqlStore({ statements }),
    elapse: (seconds) => statements.elapse(seconds),
  }))
    it(title, run);

  it('gives a user a later epoch for each of many calls at the same time', async () => {
    const store = sqlStore({ statements });
    await Promise.all(Array.from({ length: 20 }, async () => store.raiseEpoch('ada')));
    expect(statements.rows.get('user:ada')).toMatchObject({ version: 20 });
    expect(await store.readEpoch('ada')).toBeGreaterThanOrEqual(Date.now() - 60_000);
  });

  it('does not count an epoch back when the clock of a process is behind', async () => {
    const store = sqlStore({ statements });
    const ahead = Date.now() + 3_600_000;
    await statements.write({ key: 'user:eve', ifVersion: 0, version: 1, data: `${ahead}`, ttlMs: 1000 });
    await store.raiseEpoch('eve');
    expect(await store.readEpoch('eve')).toBe(ahead + 1);
  });

  it.each<[object, string, string]>([
    [{}, 'OPTION_MISSING', 'statements'],
    [{ statements: null }, 'OPTION_INVALID', 'read, write, end, purge'],
    [{ statements: { read() {}, end() {} } }, 'OPTION_INVALID', 'write, purge'],
    [{ statements, table: 'sessions' }, 'OPTION_UNKNOWN', 'table'],
    [{ statements, logger: { info() {} } }, 'OPTION_INVALID', 'logger'],
  ])('refuses %j', (options, code, text) => {
    const [problem] = findError(() => sqlStore(options as { statements: SessionStatements })).problems;
    expect(problem).toMatchObject({ code, place: 'sqlStore()' });
    expect(problem!.fault).toContain(text);
  });
});

describe('postgresStore', () => {
  const pool = { connect() {}, on() {}, totalCount: 0 };

  it.each<[object, string]>([
    [{}, 'OPTION_MISSING'],
    [{ pool: {} }, 'OPTION_INVALID'],
    // A single client: all requests would share its transaction.
    [{ pool: { ...pool, totalCount: undefined } }, 'OPTION_INVALID'],
    [{ pool, table: 'sessions; drop table users' }, 'OPTION_INVALID'],
    [{ pool, table: 'app.sessions.more' }, 'OPTION_INVALID'],
    [{ pool, table: 'App' }, 'OPTION_INVALID'],
    [{ pool, table: '.sessions' }, 'OPTION_INVALID'],
    [{ pool, timeoutMs: 60_001 }, 'OPTION_INVALID'],
    [{ pool, maxPending: 0 }, 'OPTION_INVALID'],
    [{ pool, client: pool }, 'OPTION_UNKNOWN'],
  ])('refuses %j', (options, code) => {
    const error = findError(() => postgresStore(options as { pool: typeof pool }));
    expect(error.problems.map((problem) => problem.code)).toEqual([code]);
  });

  it('refuses calls above the bound, and leaves no rejection that ends the process', async () => {
    const waiting: (() => void)[] = [];
    const slow = {
      ...pool,
      connect: (callback: (error: Error, client: undefined) => void) =>
        void waiting.push(() => callback(new Error('down'), undefined)),
    };
    const store = postgresStore({ pool: slow, maxPending: 2 });
    const calls = Array.from({ length: 4 }, async () => store.get('a'));
    const settled = Promise.allSettled(calls);
    await new Promise(setImmediate);
    expect(store.pending).toBe(2);
    for (const reject of waiting) reject();
    const reasons = (await settled).map((one) => String((one as PromiseRejectedResult).reason));
    expect(reasons.filter((reason) => reason.includes('no other call is sent'))).toHaveLength(2);
    expect([waiting.length, store.pending]).toEqual([1, 0]);
  });
});

describe('sessionTable', () => {
  it('returns the SQL of each database', () => {
    expect(sessionTable('postgres', 'app.sessions')).toContain(
      'create table if not exists "app"."sessions" (',
    );
    expect(sessionTable('postgres', 'app.sessions')).toContain(
      'create index if not exists "sessions_expires_at" on "app"."sessions"',
    );
    expect(sessionTable('sqlite')).toContain(') strict;');
  });

  it.each(['', 'a b', '"', 'a;b', 'A', '1a', 'app.sessions'])('refuses %j', (name) => {
    expect(() => sessionTable('sqlite', name)).toThrow(TypeError);
  });
});

function findError(call: () => unknown): ConfigurationError {
  try {
    call();
  } catch (error) {
    return error as ConfigurationError;
  }
  throw new Error('Nothing was thrown.');
}
