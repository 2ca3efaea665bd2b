import { createHash } from 'node:crypto';
import type { SessionStatements } from '../session-statements';
import { quoteIndex, quoteTable } from '../table-name';
import { toSessionRow } from '../to-session-row';
import type { PostgresResult } from './postgres-calls';
import type { PostgresQuery } from './postgres-pool';

/** The SQL that makes the table, for PostgreSQL 12 or newer. */
export function describePostgresTable(table: string): string {
  return `create table if not exists ${quoteTable(table)} (
  key text primary key,
  version bigint not null,
  data text not null,
  expires_at timestamptz not null
);
create index if not exists ${quoteIndex(table)} on ${quoteTable(table)} (expires_at);`;
}

/** The four statements, each of them one round trip. */
export function postgresStatements(
  run: (query: PostgresQuery) => Promise<PostgresResult>,
  table: string,
): SessionStatements {
  const name = quoteTable(table);
  const after = (milliseconds: string) => `now() + ${milliseconds}::float8 * interval '1 millisecond'`;
  const read = makeQuery(
    `select version, data from ${name} where key = $1 and version > 0 and expires_at > now()`,
  );
  const insert = makeQuery(
    `insert into ${name} as present (key, version, data, expires_at) values ($1, $2, $3, ${after('$4')})
    on conflict (key) do update set
      version = excluded.version, data = excluded.data, expires_at = excluded.expires_at
      where present.expires_at <= now()`,
  );
  const update = makeQuery(
    `update ${name} set version = $2, data = coalesce($3, data), expires_at = ${after('$4')}
    where key = $1 and version = $5 and expires_at > now()`,
  );
  // The row is locked and read before it is replaced, because the new row is made from the count of what was found.
  const end = makeQuery(
    `with found as materialized (
      select data from ${name} where key = $1 and version > 0 and expires_at > now() for update
    )
    insert into ${name} (key, version, data, expires_at)
      select $1, count(*) * 0, '', ${after('$2')} from found
    on conflict (key) do update set version = 0, data = '', expires_at = excluded.expires_at
    returning (select data from found) as data`,
  );
  const purge = makeQuery(
    `delete from ${name} where key = any (array(
      select key from ${name} where expires_at <= now() limit $1 for update skip locked
    ))`,
  );

  return {
    async read(key) {
      return toSessionRow((await run(read(key))).rows[0]);
    },
    async write({ key, ifVersion, version, data, ttlMs }) {
      const query =
        ifVersion === 0
          ? insert(key, version, data ?? '', ttlMs)
          : update(key, version, data ?? null, ttlMs, ifVersion);
      return (await run(query)).count === 1;
    },
    async end(key, ttlMs) {
      const [row] = (await run(end(key, ttlMs))).rows as readonly { readonly data: string | null }[];
      return row?.data ?? undefined;
    },
    async purge(limit) {
      return (await run(purge(limit))).count;
    },
  };
}

/** A connection keeps a prepared statement by its name, so another text has another name. */
function makeQuery(text: string): (...values: unknown[]) => PostgresQuery {
  const name = `session_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  return (...values) => ({ name, text, values });
}
