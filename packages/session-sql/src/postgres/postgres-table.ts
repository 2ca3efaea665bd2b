import { runOnce } from './postgres-calls';
import type { PostgresPool } from './postgres-pool';
import { describePostgresTable } from './postgres-statements';
import { quoteTable } from '../table-name';

const CREATE_WITHIN_MS = 10_000;

/** The table, which is made once. */
export class PostgresTable {
  private isThere = false;
  private creation: Promise<void> | undefined;

  constructor(
    private readonly pool: PostgresPool,
    private readonly table: string,
  ) {}

  /** undefined once the table is there; an attempt that failed is made again. */
  ensure(): Promise<void> | undefined {
    if (this.isThere) return undefined;
    this.creation ??= this.create().finally(() => (this.creation = undefined));
    return this.creation;
  }

  /** Also finds out whether a table that was there has the columns. */
  private async create(): Promise<void> {
    const name = quoteTable(this.table);
    const text = [
      // Two processes that make one table at the same time: without the lock, PostgreSQL fails one of them.
      `select pg_advisory_xact_lock(hashtext('sluice session-sql'));`,
      describePostgresTable(this.table),
      `select key, version, data, expires_at from ${name} where false;`,
    ].join('\n');
    await runOnce(this.pool, { text, query_timeout: CREATE_WITHIN_MS });
    this.isThere = true;
  }
}
