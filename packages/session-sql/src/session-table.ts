import { describePostgresTable } from './postgres/postgres-statements';
import { describeSqliteTable } from './sqlite/sqlite-statements';
import { isTableName, isTableNameInSchema } from './table-name';

/**
 * Returns the SQL that makes the table, for a migration of your own beside `createTable: false`.
 *
 * @throws TypeError for a name that is not one
 * @example sessionTable('postgres', 'app.sessions')
 */
export function sessionTable(database: 'postgres' | 'sqlite', table = 'sessions'): string {
  const isPostgres = database === 'postgres';
  const fault = isPostgres ? isTableNameInSchema(table) : isTableName(table);
  if (fault !== undefined) throw new TypeError(`The table ${fault}.`);
  return isPostgres ? describePostgresTable(table) : describeSqliteTable(table);
}
