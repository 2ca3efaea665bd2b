import { ConfigurationError, type Logger } from '@sluice/core';
import { checkOptions, isBooleanOption, isIntegerOption } from '@sluice/core/kit';
import type { SessionStatements } from '../session-statements';
import { isLoggerOption, makeSqlStore, type SqlSessionStore } from '../sql-store';
import { isTableName } from '../table-name';
import { isInMemory, isSqliteDatabase, type SqliteDatabase, type SqliteStatement } from './sqlite-database';
import { describeSqliteTable, sqliteStatements } from './sqlite-statements';

/** Options of `sqliteStore`. */
export interface SqliteStoreOptions {
  /** A connection for the sessions alone, of better-sqlite3, libsql or node:sqlite. It stays yours: close it at the end. */
  readonly database: SqliteDatabase;
  /** The name of the table. Default: `sessions`. */
  readonly table?: string;
  /** Whether to make the table where there is none. Default: true. */
  readonly createTable?: boolean;
  /** Milliseconds for which a statement waits for another process that writes. Nothing else runs meanwhile. Default: 1000. */
  readonly timeoutMs?: number;
  /** Receives the error of a purge that fails. Default: `console`. */
  readonly logger?: Pick<Logger, 'info' | 'error'>;
}

/**
 * Keeps sessions in a file of SQLite, which the processes of one machine share.
 *
 * @throws ConfigurationError when an option is unknown or invalid, or the database cannot be used
 * @example session({ secretKey: process.env.SESSION_SECRET, store: sqliteStore({ database: new Database('sessions.db') }) })
 */
export function sqliteStore(options: SqliteStoreOptions): SqlSessionStore {
  checkOptions('sqliteStore', options, {
    database: {
      required: (value: unknown) =>
        isSqliteDatabase(value)
          ? undefined
          : `must be an open database of better-sqlite3, libsql or node:sqlite, such as new Database('sessions.db')`,
    },
    table: isTableName,
    createTable: isBooleanOption,
    timeoutMs: isIntegerOption(1, 60_000),
    logger: isLoggerOption,
  });
  const { database, table = 'sessions', createTable = true, timeoutMs = 1000, logger } = options;
  const store = makeSqlStore(prepare(database, { table, createTable, timeoutMs }), logger);
  return { ...store, keepsInProcess: isInMemory(database) };
}

function prepare(
  database: SqliteDatabase,
  {
    table,
    createTable,
    timeoutMs,
  }: Required<Pick<SqliteStoreOptions, 'table' | 'createTable' | 'timeoutMs'>>,
): SessionStatements {
  try {
    requireSubseconds(database);
    database.exec(`pragma busy_timeout = ${timeoutMs}`);
    // Readers and a writer do not wait for each other, and a commit does not wait for the disk.
    database.exec('pragma journal_mode = wal');
    database.exec('pragma synchronous = normal');
    if (createTable) database.exec(describeSqliteTable(table));
    const statements = sqliteStatements(database, table);
    requireWriting(statements);
    return statements;
  } catch (error) {
    const { message } = error as Error;
    throw new ConfigurationError([
      {
        code: 'OPTION_INVALID',
        place: 'sqliteStore()',
        fault: `database cannot be used: ${message}.`,
        cure: findCure(message, table),
      },
    ]);
  }
}

/** Databases whose calls answer later have the same methods. An older SQLite takes `subsec` for a time, and answers null. */
function requireSubseconds(database: SqliteDatabase): void {
  const statement = database.prepare(`select unixepoch('subsec') as now`) as Partial<SqliteStatement>;
  const { now } = (statement.get?.() ?? {}) as { readonly now?: unknown };
  if (now === null) throw new Error('its SQLite is older than 3.42');
  if (typeof now !== 'number')
    throw new Error('it does not answer at once, as better-sqlite3, libsql and node:sqlite do');
}

/** A file that can only be read would fail the first login. One that another process has locked is free again later. */
function requireWriting(statements: SessionStatements): void {
  try {
    void statements.purge(0);
  } catch (error) {
    if (/readonly/.test((error as Error).message)) throw error;
  }
}

function findCure(fault: string, table: string): string {
  if (/readonly|unable to open/.test(fault))
    return 'Open a file that this process may write, also in its folder, where SQLite keeps its journal.';
  if (/not open/.test(fault)) return 'Open it before the store is made, and close it in onStop.';
  if (/locked|busy/.test(fault))
    return 'Another process has locked it: start again when that has ended, or raise timeoutMs.';
  if (/not a database|no such function|older than|at once/.test(fault))
    return 'Give it an open database of SQLite 3.42 or newer.';
  return `Give it a database with the table that this makes:\n${describeSqliteTable(table)}`;
}
