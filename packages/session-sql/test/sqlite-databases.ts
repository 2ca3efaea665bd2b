import { createRequire } from 'node:module';
import type { SqliteDatabase } from '../src';

/** A database of the tests, and what becomes of it. */
export type OpenDatabase = SqliteDatabase & { close(): unknown };

type DatabaseClass = new (file: string) => OpenDatabase;

const load = createRequire(__filename);
const hasNode22 = Number(process.versions.node.split('.')[0]) >= 22;

/** The databases that this Node can load: better-sqlite3 13 and node:sqlite need Node 22. */
export const DATABASES: readonly (readonly [name: string, open: (file: string) => OpenDatabase])[] = [
  ['libsql', (file) => new (load('libsql') as DatabaseClass)(file)],
  ...(hasNode22
    ? [
        ['better-sqlite3', (file: string) => new (load('better-sqlite3') as DatabaseClass)(file)] as const,
        [
          'node:sqlite',
          (file: string) => new (load('node:sqlite') as { DatabaseSync: DatabaseClass }).DatabaseSync(file),
        ] as const,
      ]
    : []),
];
