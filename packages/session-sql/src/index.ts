export type { PostgresClient, PostgresPool, PostgresQuery } from './postgres/postgres-pool';
export {
  postgresStore,
  type PostgresSessionStore,
  type PostgresStoreOptions,
} from './postgres/postgres-store';
export type { SessionRow, SessionRowWrite, SessionStatements } from './session-statements';
export { sessionTable } from './session-table';
export { sqlStore, type SqlSessionStore, type SqlStoreOptions } from './sql-store';
export type { SqliteDatabase, SqliteStatement, SqliteValue } from './sqlite/sqlite-database';
export { sqliteStore, type SqliteStoreOptions } from './sqlite/sqlite-store';
