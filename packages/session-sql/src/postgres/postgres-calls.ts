import { PendingCalls } from '@sluice/core/kit';
import type { PostgresClient, PostgresPool, PostgresQuery } from './postgres-pool';

/** The result of a statement. */
export interface PostgresResult {
  readonly rows: readonly unknown[];
  readonly count: number;
}

/** Runs statements on connections of a pool, each with a timeout, and a bound for those that have not been answered. */
export class PostgresCalls {
  private readonly calls: PendingCalls;

  constructor(
    private readonly pool: PostgresPool,
    private readonly timeoutMs: number,
    maxPending: number,
  ) {
    this.calls = new PendingCalls(timeoutMs, maxPending, (reason) => {
      const fault =
        reason === 'timeout'
          ? `within ${timeoutMs} milliseconds`
          : `${maxPending} calls, so no other call is sent`;
      return new Error(`PostgreSQL has not answered ${fault}.`);
    });
  }

  get pending(): number {
    return this.calls.size;
  }

  /**
   * Runs a prepared statement, after `prepare` if there is something to prepare. One that waited for a connection until
   * its deadline is not sent: its request has been answered.
   */
  run(query: PostgresQuery, prepare?: () => Promise<void> | undefined): Promise<PostgresResult> {
    return this.calls.start(async (isLate) => {
      await prepare?.();
      return runOnce(this.pool, { ...query, query_timeout: this.timeoutMs }, isLate);
    });
  }
}

/** Runs a statement on a connection of its own. One that fails closes the connection, since it may be answered later. */
export async function runOnce(
  pool: PostgresPool,
  query: PostgresQuery,
  isLate = (): boolean => false,
): Promise<PostgresResult> {
  const client = await acquire(pool);
  if (isLate()) {
    giveBack(client);
    throw new Error('PostgreSQL had no connection in time.');
  }
  const result = await attempt(client, query);
  giveBack(client);
  return { rows: result.rows, count: result.rowCount ?? 0 };
}

/**
 * A connection in use that breaks emits the error that the statement rejects with; without a listener that ends the
 * process. It may break in the packet that opens it, before a promise of the pool would be heard.
 */
function acquire(pool: PostgresPool): Promise<PostgresClient> {
  return new Promise((resolve, reject) => {
    pool.connect((error, client) => {
      if (client === undefined) {
        reject(error ?? new Error('PostgreSQL had no connection.'));
        return;
      }
      client.on('error', ignore);
      resolve(client);
    });
  });
}

function giveBack(client: PostgresClient): void {
  client.removeListener('error', ignore);
  client.release();
}

async function attempt(client: PostgresClient, query: PostgresQuery) {
  try {
    return await client.query(query);
  } catch (error) {
    client.release(true);
    throw error;
  }
}

function ignore(): void {}
