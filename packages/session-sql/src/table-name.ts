import type { OptionRule } from '@sluice/core/kit';

const NAME = '[a-z_][a-z0-9_]{0,39}';
const TABLE = new RegExp(`^${NAME}$`);
const TABLE_IN_SCHEMA = new RegExp(`^(${NAME}\\.)?${NAME}$`);
const FAULT = 'of 1 to 40 lower-case letters, digits and underscores that does not begin with a digit';

/** The rule of a table's name, so that it can be written into statements. */
export const isTableName: OptionRule = (value) =>
  typeof value === 'string' && TABLE.test(value) ? undefined : `must be a name ${FAULT}`;

/** The rule of a table's name that may have a schema before it: `app.sessions`. */
export const isTableNameInSchema: OptionRule = (value) =>
  typeof value === 'string' && TABLE_IN_SCHEMA.test(value)
    ? undefined
    : `must be a name, or a schema's name, a dot and a name, each ${FAULT}`;

/** Writes a checked name into SQL: quoted, so that a word of SQL is a name as well. */
export function quoteTable(name: string): string {
  return name
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');
}

/** The name of the index by which expired rows are found; it has the schema of its table. */
export function quoteIndex(table: string): string {
  return `"${table.slice(table.indexOf('.') + 1)}_expires_at"`;
}
