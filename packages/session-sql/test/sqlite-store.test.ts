import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ConfigurationError } from '@sluice/core';
import { sessionStoreContract } from '@sluice/testing/stores';
import { sessionTable, sqliteStore, type SqliteDatabase, type SqliteStoreOptions } from '../src';
import { DATABASES, type OpenDatabase } from './sqlite-databases';

describe.each(DATABASES)('sqliteStore with %s', (_name, open) => {
  let folder: string;
  let file: string;
  let database: OpenDatabase;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sluice-sqlite-'));
    file = path.join(folder, 'sessions.db');
    database = open(file);
  });

  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  const all = (sql: string): Record<string, unknown> => ({ ...(database.prepare(sql).get() as object) });
  const count = (where = 'true') => Number(all(`select count(*) as n from sessions where ${where}`)['n']);
  const makeExpired = (rows: number) =>
    database.exec(
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})
      insert into sessions select 'old' || i || random(), 1, '{}', 1 from n`,
    );

  describe('keeps the contract of session stores', () => {
    for (const { title, run } of sessionStoreContract({
      makeStore: () => sqliteStore({ database }),
      // Rows get older instead of a clock that goes on.
      elapse: (seconds) =>
        void database.exec(`update sessions set expires_at = expires_at - ${seconds * 1000}`),
    }))
      it(title, run);
  });

  it('answers without a promise', () => {
    const store = sqliteStore({ database });
    expect(store.set('a', '{}', { ttlSeconds: 10, ifVersion: 0 })).toBe(true);
    expect(store.get('a')).toEqual({ data: '{}', version: 1 });
    expect(store.touch('a', { ttlSeconds: 10, ifVersion: 1 })).toBe(true);
    expect(store.destroy('a')).toBe('{}');
    expect(store.get('a')).toBeUndefined();
  });

  it('shares a file between connections, and lets one of two writers win', async () => {
    const other = open(file);
    try {
      const [one, two] = [sqliteStore({ database }), sqliteStore({ database: other })];
      await one.set('a', '{"n":1}', { ttlSeconds: 10, ifVersion: 0 });
      expect(two.get('a')).toEqual({ data: '{"n":1}', version: 1 });
      const write = { ttlSeconds: 10, ifVersion: 1 };
      expect([two.set('a', '{"n":2}', write), one.set('a', '{"n":3}', write)]).toEqual([true, false]);
      expect(two.destroy('a')).toBe('{"n":2}');
      expect(one.set('a', '{"n":4}', { ttlSeconds: 10, ifVersion: 2 })).toBe(false);
    } finally {
      other.close();
    }
  });

  it('gives a statement up after the timeout while another connection writes', () => {
    const other = open(file);
    try {
      const store = sqliteStore({ database, timeoutMs: 50 });
      other.exec('begin immediate');
      const started = performance.now();
      expect(() => store.set('a', '{}', { ttlSeconds: 10, ifVersion: 0 })).toThrow(/locked|busy/);
      expect(performance.now() - started).toBeLessThan(5000);
      expect(store.get('a')).toBeUndefined();
      other.exec('rollback');
      expect(store.set('a', '{}', { ttlSeconds: 10, ifVersion: 0 })).toBe(true);
    } finally {
      other.close();
    }
  });

  it('keeps sessions in a journal of writes ahead', () => {
    sqliteStore({ database });
    expect(all('pragma journal_mode')).toMatchObject({ journal_mode: 'wal' });
  });

  it('leaves no data of an ended session behind', async () => {
    const store = sqliteStore({ database });
    await store.set('a', '{"user":"ada"}', { ttlSeconds: 10, ifVersion: 0 });
    await store.destroy('a');
    expect(all('select version, data from sessions')).toMatchObject({ version: 0, data: '' });
    expect(count(`expires_at > unixepoch() * 1000 + 50000`)).toBe(1);
  });

  it('keeps an epoch for 401 days', async () => {
    const store = sqliteStore({ database });
    await store.raiseEpoch('ada');
    const days = `(expires_at / 1000 - unixepoch()) / 86400.0`;
    expect(count(`key = 'user:ada' and ${days} > 400.9 and ${days} <= 401.1`)).toBe(1);
  });

  it('deletes expired rows when a session begins: 200 at once, until none is left, and then once a minute', async () => {
    const store = sqliteStore({ database });
    makeExpired(450);
    let keys = 0;
    const begin = async () => {
      await store.set(`new${keys++}`, '{}', { ttlSeconds: 10, ifVersion: 0 });
      await new Promise(setImmediate);
      return count('expires_at = 1');
    };
    expect([await begin(), await begin(), await begin()]).toEqual([250, 50, 0]);
    makeExpired(1);
    expect([await begin(), await begin()]).toEqual([1, 1]);
    expect(count(`key like 'new%'`)).toBe(keys);
    expect([await store.purge(), await store.purge()]).toEqual([1, 0]);
  });

  it('reports a purge that fails, and goes on', async () => {
    const errors: unknown[] = [];
    const store = sqliteStore({ database, logger: { info() {}, error: (error) => void errors.push(error) } });
    database.exec(`create trigger no_purge before delete on sessions begin select raise(abort, 'no'); end`);
    makeExpired(1);
    expect(store.set('a', '{}', { ttlSeconds: 10, ifVersion: 0 })).toBe(true);
    await new Promise(setImmediate);
    expect(String(errors)).toContain('no');
    expect(errors).toHaveLength(1);
  });

  it('uses the table that it is given, even if its name is a word of SQL', async () => {
    const store = sqliteStore({ database, table: 'order' });
    await store.set('a', '{}', { ttlSeconds: 10, ifVersion: 0 });
    expect(all('select count(*) as n from "order"')).toMatchObject({ n: 1 });
  });

  it('takes a table that was made by a migration', async () => {
    database.exec(sessionTable('sqlite'));
    const store = sqliteStore({ database, createTable: false });
    expect(store.set('a', '{}', { ttlSeconds: 10, ifVersion: 0 })).toBe(true);
  });

  it.each<[string, (database: OpenDatabase) => SqliteStoreOptions]>([
    ['there is no table and createTable is false', (one) => ({ database: one, createTable: false })],
    [
      'a table of that name has other columns',
      (one) => {
        one.exec('create table sessions (id text primary key, expires_at integer)');
        return { database: one };
      },
    ],
  ])('refuses to start where %s, and shows the SQL', (_, prepare) => {
    const error = findError(() => sqliteStore(prepare(database)));
    expect(error.problems[0]).toMatchObject({ code: 'OPTION_INVALID', place: 'sqliteStore()' });
    expect(error.message).toContain('create table if not exists "sessions" (');
  });

  it('refuses to start where it cannot write, and says that the folder must be writable', () => {
    sqliteStore({ database });
    database.exec('pragma query_only = on');
    const { message } = findError(() => sqliteStore({ database }));
    expect(message).toContain('database cannot be used: attempt to write a readonly database.');
    expect(message).toContain('also in its folder');
    expect(message).not.toContain('create table');
  });

  it('starts while another process writes for longer than the timeout', () => {
    sqliteStore({ database });
    const other = open(file);
    try {
      other.exec('begin immediate');
      const store = sqliteStore({ database, timeoutMs: 20 });
      other.exec('rollback');
      expect(store.set('a', '{}', { ttlSeconds: 10, ifVersion: 0 })).toBe(true);
    } finally {
      other.close();
    }
  });

  it('says that another process has locked a file that has not been set up yet', () => {
    database.exec('create table others (a); begin immediate');
    const other = open(file);
    try {
      const { message } = findError(() => sqliteStore({ database: other, timeoutMs: 20 }));
      expect(message).toContain('database cannot be used: database is locked.');
      expect(message).toContain('Another process has locked it');
      expect(message).not.toContain('create table');
    } finally {
      other.close();
    }
  });

  it('refuses a database that has been closed, and says when to close it', () => {
    const closed = open(file);
    closed.close();
    const { message } = findError(() => sqliteStore({ database: closed }));
    expect(message).toMatch(/database cannot be used: .*not open\./);
    expect(message).toContain('close it in onStop');
  });

  it('refuses a file that is not a database', () => {
    const text = path.join(folder, 'notes.txt');
    writeFileSync(text, 'not a database '.repeat(1000));
    const other = open(text);
    try {
      const { message } = findError(() => sqliteStore({ database: other }));
      expect(message).toContain('database cannot be used: file is not a database.');
      expect(message).not.toContain('create table');
    } finally {
      other.close();
    }
  });

  it('says that a database in memory is of this process alone', () => {
    const memory = open(':memory:');
    expect(sqliteStore({ database: memory }).keepsInProcess).toBe(true);
    memory.close();
    expect(sqliteStore({ database }).keepsInProcess).toBe(false);
  });
});

describe('sqliteStore', () => {
  const database = { exec() {}, prepare: () => ({ get: () => ({ now: 1 }), run: () => ({ changes: 0 }) }) };

  it.each<[object, string]>([
    [{}, 'OPTION_MISSING'],
    [{ database: {} }, 'OPTION_INVALID'],
    [{ database, table: 'sessions; drop table users' }, 'OPTION_INVALID'],
    [{ database, table: 'a"b' }, 'OPTION_INVALID'],
    [{ database, table: 'app.sessions' }, 'OPTION_INVALID'],
    [{ database, table: '' }, 'OPTION_INVALID'],
    [{ database, table: 'a'.repeat(41) }, 'OPTION_INVALID'],
    [{ database, timeoutMs: 0 }, 'OPTION_INVALID'],
    [{ database, createTable: 'no' }, 'OPTION_INVALID'],
    [{ database, prefix: 's' }, 'OPTION_UNKNOWN'],
  ])('refuses %j', (options, code) => {
    const error = findError(() => sqliteStore(options as SqliteStoreOptions));
    expect(error.problems.map((problem) => problem.code)).toEqual([code]);
  });

  it('refuses a SQLite whose clock has no milliseconds', () => {
    const old = { ...database, prepare: () => ({ get: () => ({ now: null }), run: () => ({ changes: 0 }) }) };
    expect(findError(() => sqliteStore({ database: old })).message).toContain('older than 3.42');
  });

  it.each<[string, object]>([
    ['answers with promises', { exec: async () => {}, prepare: async () => ({}) }],
    ['takes callbacks', { exec() {}, prepare: () => ({ get: (): object => ({}), run() {} }) }],
  ])('refuses a database that %s', (_, other) => {
    const error = findError(() => sqliteStore({ database: other as SqliteDatabase }));
    expect(error.problems[0]!.fault).toBe(
      'database cannot be used: it does not answer at once, as better-sqlite3, libsql and node:sqlite do.',
    );
    expect(error.message).not.toContain('create table');
  });

  it('shows how to open a database where it is given a path', () => {
    const error = findError(() => sqliteStore({ database: 'sessions.db' } as never));
    expect(error.problems[0]!.fault).toBe(
      `database must be an open database of better-sqlite3, libsql or node:sqlite, such as new Database('sessions.db').`,
    );
  });

  it('does not take another answer for a session that does not exist', () => {
    const strange = {
      ...database,
      prepare: () => ({ get: () => ({ now: 1, v: 1 }), run: () => ({ changes: 0 }) }),
    };
    expect(() => sqliteStore({ database: strange }).get('a')).toThrow(TypeError);
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

it('takes databases whose statements TypeScript 5 gives one parameter that is an object', () => {
  type OneObject = (parameters: NonNullable<unknown>) => { readonly changes: number };
  interface Database {
    exec(sql: string): this;
    prepare(sql: string): { get: OneObject; run: OneObject };
  }
  // The compiler tests it: TypeScript 5 reads the types of better-sqlite3 and libsql like this.
  const use = (database: Database): SqliteDatabase => database;
  expect(use).toBeInstanceOf(Function);
});
