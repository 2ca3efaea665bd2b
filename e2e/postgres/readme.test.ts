import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { App } from '@sluice/core';
import { Browser } from '../../packages/session/test/browser';
import { readBlocks } from '../documents/read-blocks';
import { runBlock } from '../documents/run-block';
import { PostgresServer } from './postgres-server';

const README = readFileSync(path.resolve(__dirname, '../../packages/session-sql/README.md'), 'utf8');
/** Its better-sqlite3 needs Node 22; libsql has the same methods. */
const SQLITE = Number(process.versions.node.split('.')[0]) >= 22 ? 'better-sqlite3' : 'libsql';

const CONTROLLER = `
import { Controller, Get, Post } from '@sluice/core';
import { Session, type SessionData } from '@sluice/session';

@Controller('/')
class AccountController {
  @Get() show(@Session() data: SessionData) { return { user: data['user'] ?? null }; }
  @Post() logIn(@Session() data: SessionData) { data['user'] = 'ada'; return 'Hello'; }
}
`;

describe('the examples in the README of session-sql', () => {
  const [sqlite = '', postgres = ''] = readBlocks(README, 'ts');
  const { env } = process;

  beforeEach(() => {
    process.env = { ...env, SESSION_SECRET: 'a secret of at least thirty-two bytes' };
  });

  afterEach(() => {
    process.env = env;
  });

  it('keep a session in SQLite over a restart', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sluice-sqlite-'));
    const file = JSON.stringify(path.join(folder, 'sessions.db'));
    try {
      await keepSession(sqlite.replace("'better-sqlite3'", `'${SQLITE}'`).replace("'sessions.db'", file));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('keep a session in PostgreSQL over a restart', async () => {
    await using server = await PostgresServer.start();
    process.env['DATABASE_URL'] = `postgres://postgres@127.0.0.1:${server.port}/postgres`;
    await keepSession(postgres);
  }, 60_000);

  it('report a PostgreSQL that cannot be reached before the application listens', async () => {
    process.env['DATABASE_URL'] = 'postgres://postgres@127.0.0.1:1/postgres';
    const app = await run(postgres);
    await expect(app.start()).rejects.toThrow(/START_FAILED.*ECONNREFUSED/s);
    await app.close();
  });
});

async function keepSession(example: string): Promise<void> {
  const first = new Browser(await run(example));
  expect((await first.post('/')).status).toBe(200);
  await first.app.close();
  const second = new Browser(await run(example));
  for (const [name, value] of first.cookies) second.cookies.set(name, value);
  expect((await second.get('/')).json()).toEqual({ user: 'ada' });
  await second.app.close();
}

async function run(example: string): Promise<App> {
  const { app } = await runBlock(`${CONTROLLER}${example}`);
  return app;
}
