import type { Logger } from '@sluice/core';
import { checkOptions, isBooleanOption, isIntegerOption, watchOutage } from '@sluice/core/kit';
import { isLoggerOption, makeSqlStore, type SqlSessionStore } from '../sql-store';
import { isTableNameInSchema } from '../table-name';
import { PostgresCalls } from './postgres-calls';
import { isPostgresPool, type PostgresPool } from './postgres-pool';
import { postgresStatements } from './postgres-statements';
import { PostgresTable } from './postgres-table';

/** Options of `postgresStore`. */
export interface PostgresStoreOptions {
  /** The pool of node-postgres, which stays yours: end it after the application has closed. */
  readonly pool: PostgresPool;
  /** The name of the table, if necessary with a schema: `app.sessions`. Default: `sessions`. */
  readonly table?: string;
  /** Whether to make the table where there is none. Default: true. */
  readonly createTable?: boolean;
  /** Milliseconds after which a call is given up, whatever the pool does. Default: 1000. */
  readonly timeoutMs?: number;
  /** The most calls that PostgreSQL has not answered; others are refused without being sent. Default: 1000. */
  readonly maxPending?: number;
  /** Receives the errors of a pool that has no `error` listener, and of a purge that fails. Default: `console`. */
  readonly logger?: Pick<Logger, 'info' | 'error'>;
}

/** An idle connection that breaks is an error of the pool. */
const OUTAGE = {
  upEvent: 'connect',
  down: 'PostgreSQL has closed a connection',
  up: 'PostgreSQL can be reached again.',
};

/** Sessions in PostgreSQL. */
export interface PostgresSessionStore extends SqlSessionStore {
  /** Calls that PostgreSQL has not answered. */
  readonly pending: number;
  /**
   * Makes the table. Without it, the first call does, unless `createTable` is false.
   *
   * @example createApp({ …, onStart: () => store.createTable() })
   */
  createTable(): Promise<void>;
}

/**
 * Keeps sessions in PostgreSQL, shared by processes and machines. Each call is one statement, with a timeout; an error
 * of it becomes a 503.
 *
 * @throws ConfigurationError when an option is unknown or invalid
 * @example session({ secretKey: process.env.SESSION_SECRET, store: postgresStore({ pool: new Pool() }) })
 */
export function postgresStore(options: PostgresStoreOptions): PostgresSessionStore {
  checkOptions('postgresStore', options, {
    pool: {
      required: (value: unknown) =>
        isPostgresPool(value) ? undefined : 'must be a pool of node-postgres, such as new Pool()',
    },
    table: isTableNameInSchema,
    createTable: isBooleanOption,
    timeoutMs: isIntegerOption(1, 60_000),
    maxPending: isIntegerOption(1, 1_000_000),
    logger: isLoggerOption,
  });
  const { pool, table: name = 'sessions', createTable = true, logger = console } = options;
  watchOutage(pool, OUTAGE, logger);
  const calls = new PostgresCalls(pool, options.timeoutMs ?? 1000, options.maxPending ?? 1000);
  const table = new PostgresTable(pool, name);
  const prepare = createTable ? () => table.ensure() : undefined;
  const statements = postgresStatements((query) => calls.run(query, prepare), name);
  return {
    ...makeSqlStore(statements, logger),
    createTable: async () => table.ensure(),
    get pending() {
      return calls.pending;
    },
  };
}
