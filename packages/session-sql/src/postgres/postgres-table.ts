import { quoteTable } from '../table-name';
import { runOnce } from './postgres-calls';
import type { PostgresPool } from './postgres-pool';
import { describePostgresTable } from './postgres-statements';

const CREATE_WITHIN_MS = 10_000;
/** The SQLSTATE of a table that does not exist. */
const UNDEFINED_TABLE = '42P01';

/** The table, which is made where there is none. */
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
    this.creation ??= this.findOrCreate().finally(() => (this.creation = undefined));
    return this.creation;
  }

  private async findOrCreate(): Promise<void> {
    try {
      // A role without the right to create a table may use one; and one with other columns must not be taken for it.
      await this.run(`select key, version, data, expires_at from ${quoteTable(this.table)} where false`);
    } catch (error) {
      if ((error as { code?: unknown }).code !== UNDEFINED_TABLE) throw error;
      await this.create();
    }
    this.isThere = true;
  }

  /** Two processes that make one table at the same time: without the lock, PostgreSQL fails one of them. */
  private create(): Promise<void> {
    const lock = `select pg_advisory_xact_lock(hashtext('sluice session-sql'));`;
    return this.run(`${lock}\n${describePostgresTable(this.table)}`);
  }

  private async run(text: string): Promise<void> {
    await runOnce(this.pool, { text, query_timeout: CREATE_WITHIN_MS });
  }
}
