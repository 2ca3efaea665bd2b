import { quoteTable } from '../table-name';
import { runOnce } from './postgres-calls';
import type { PostgresPool } from './postgres-pool';
import { describePostgresTable } from './postgres-statements';

const CREATE_WITHIN_MS = 10_000;
/** The SQLSTATE of a table that does not exist. */
const UNDEFINED_TABLE = '42P01';
/** The classes of SQLSTATE for names and rights, for schemas, and for transactions that may only read. */
const FAULTS_OF_TABLE = /^(42|3F|25)[0-9A-Z]{3}$/;

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
      if (!(await this.isUsable())) await this.create();
    } catch (error) {
      throw this.explain(error);
    }
    this.isThere = true;
  }

  /**
   * False where there is none. Changes no row. A role without the right to create a table may use one; and one with other
   * columns or without its primary key, or that the role may not write, must not be taken for it.
   */
  private async isUsable(): Promise<boolean> {
    const name = quoteTable(this.table);
    const columns = ['key', 'version', 'data', 'expires_at'];
    const list = columns.join(', ');
    try {
      await this.run(`
        update ${name} set ${columns.map((column) => `${column} = ${column}`).join(', ')} where false;
        insert into ${name} (${list}) select ${list} from ${name} where false on conflict (key) do nothing;
        delete from ${name} where false;
      `);
    } catch (error) {
      if ((error as { code?: unknown }).code !== UNDEFINED_TABLE) throw error;
      return false;
    }
    return true;
  }

  /** PostgreSQL does not say that its fault is in the table of the sessions; an outage is not one of the table. */
  private explain(error: unknown): unknown {
    const { code, message } = error as { readonly code?: unknown; readonly message: string };
    if (typeof code !== 'string' || !FAULTS_OF_TABLE.test(code)) return error;
    const cure = `It is made by:\n${describePostgresTable(this.table)}`;
    return new Error(`The table ${this.table} cannot be used: ${message}. ${cure}`, { cause: error });
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
