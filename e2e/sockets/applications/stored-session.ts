import { createRequire } from 'node:module';
import { readSession, session, type SessionStore } from '@sluice/session';
import { redisStore } from '@sluice/session-redis';
import { postgresStore, sqliteStore, type PostgresPool, type SqliteDatabase } from '@sluice/session-sql';
import { CLIENTS } from '../../redis/clients';
import { serve } from '../serve';

const load = createRequire(__filename);

/** An application that shares its sessions with other processes. */
async function main(): Promise<void> {
  const store = await openStore();
  await serve({
    middleware: [session({ secretKey: 'a secret of at least thirty-two bytes', store })],
    routes: [
      { method: 'GET', path: '/', handler: async (context) => ({ session: await readSession(context) }) },
      {
        method: 'POST',
        path: '/',
        handler: async (context) => Object.assign(await readSession(context), await context.request.json()),
      },
    ],
  });
}

/** `REDIS_PORT` and `REDIS_CLIENT`, `POSTGRES_PORT`, or `SQLITE_FILE` say which one. */
async function openStore(): Promise<SessionStore> {
  const { REDIS_PORT, REDIS_CLIENT, POSTGRES_PORT, SQLITE_FILE } = process.env;
  if (REDIS_PORT !== undefined) {
    const [, open] = CLIENTS.find(([name]) => name === REDIS_CLIENT)!;
    const { client } = await open(Number(REDIS_PORT));
    return redisStore({ client, timeoutMs: 5000 });
  }
  if (POSTGRES_PORT !== undefined) {
    const { Pool } = load('pg') as { Pool: new (options: object) => PostgresPool };
    const place = { host: '127.0.0.1', port: Number(POSTGRES_PORT), user: 'postgres', database: 'postgres' };
    return postgresStore({ pool: new Pool(place), timeoutMs: 5000 });
  }
  const Database = load('libsql') as new (file: string) => SqliteDatabase;
  return sqliteStore({ database: new Database(SQLITE_FILE!), timeoutMs: 5000 });
}

void main();
