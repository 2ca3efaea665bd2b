/** A value of a parameter. Not null: TypeScript 5 takes the parameters of better-sqlite3 and libsql for objects. */
export type SqliteValue = string | number;

/** The parts of a prepared statement that are used. */
export interface SqliteStatement {
  get(...values: SqliteValue[]): unknown;
  run(...values: SqliteValue[]): { readonly changes: number | bigint };
}

/** The parts of a database of better-sqlite3, libsql or node:sqlite that are used. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
}

/** Returns whether a value has the methods of a database. */
export function isSqliteDatabase(value: unknown): value is SqliteDatabase {
  if (typeof value !== 'object' || value === null) return false;
  const database = value as Partial<SqliteDatabase>;
  return typeof database.exec === 'function' && typeof database.prepare === 'function';
}

/** Returns whether the database is in memory, and so of this connection alone. */
export function isInMemory(database: SqliteDatabase): boolean {
  const { memory, location } = database as { memory?: unknown; location?: () => unknown };
  return memory === true || (typeof location === 'function' && location.call(database) === null);
}
