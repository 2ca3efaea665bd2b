import type { SessionStatements } from '../session-statements';
import { toSessionRow } from '../to-session-row';
import { quoteIndex, quoteTable } from '../table-name';
import type { SqliteDatabase, SqliteStatement } from './sqlite-database';

/** Milliseconds since 1970, by the clock of the machine. */
const NOW = `cast(unixepoch('subsec') * 1000 as integer)`;

/** The SQL that makes the table, for SQLite 3.42 or newer. */
export function describeSqliteTable(table: string): string {
  return `create table if not exists ${quoteTable(table)} (
  key text primary key not null,
  version integer not null,
  data text not null,
  expires_at integer not null
) strict;
create index if not exists ${quoteIndex(table)} on ${quoteTable(table)} (expires_at);`;
}

/** Prepares the four statements. They are synchronous, so what one of them does in this process is not interrupted. */
export function sqliteStatements(database: SqliteDatabase, table: string): SessionStatements {
  const name = quoteTable(table);
  const read = database.prepare(
    `select version, data from ${name} where key = ? and version > 0 and expires_at > ${NOW}`,
  );
  const insert = database.prepare(
    `insert into ${name} (version, data, expires_at, key) values (?, ?, ${NOW} + ?, ?)
    on conflict (key) do update set
      version = excluded.version, data = excluded.data, expires_at = excluded.expires_at
      where expires_at <= ${NOW}`,
  );
  const update = database.prepare(
    `update ${name} set version = ?, data = coalesce(nullif(?, ''), data), expires_at = ${NOW} + ?
    where key = ? and version = ? and expires_at > ${NOW}`,
  );
  // No clause of SQLite returns what a row had before. So the mark keeps the data, and the next statement removes it.
  const mark = database.prepare(
    `insert into ${name} (version, data, expires_at, key) values (0, '', ${NOW} + ?, ?)
    on conflict (key) do update set
      version = 0, data = iif(expires_at > ${NOW}, data, ''), expires_at = excluded.expires_at
    returning data`,
  );
  const empty = database.prepare(`update ${name} set data = '' where key = ? and version = 0`);
  const purge = database.prepare(
    `delete from ${name} where rowid in (select rowid from ${name} where expires_at <= ${NOW} limit ?)`,
  );

  return {
    read: (key) => toSessionRow(read.get(key)),
    write({ key, ifVersion, version, data = '', ttlMs }) {
      if (ifVersion === 0) return run(insert, version, data, ttlMs, key) === 1;
      return run(update, version, data, ttlMs, key, ifVersion) === 1;
    },
    end(key, ttlMs) {
      const { data } = mark.get(ttlMs, key) as { readonly data: string };
      if (data === '') return undefined;
      run(empty, key);
      return data;
    },
    purge: (limit) => run(purge, limit),
  };
}

function run(statement: SqliteStatement, ...values: Parameters<SqliteStatement['run']>): number {
  return Number(statement.run(...values).changes);
}
