import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sqliteStore } from '@sluice/session-sql';
import { DATABASES, type OpenDatabase } from '../../packages/session-sql/test/sqlite-databases';
import { ServerProcess } from '../sockets/server-process';
import { branch, logIn, makeSessionApp, QUIET, view } from './session-app';
import { shareSession } from './share-session';
import { testStorePromises } from './store-promises';
import { startAll } from '../sockets/start-all';

const WRITERS = 10;
const WRITES = 20;
/** Processes compile their sources when they start for the first time; the writes need some seconds. */
const START_WITHIN_MS = 120_000;

describe.each(DATABASES)('sessions in a file of SQLite, with %s', (_name, open) => {
  let folder: string;
  let file: string;
  const opened: OpenDatabase[] = [];

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sluice-sqlite-'));
    file = path.join(folder, 'sessions.db');
  });

  afterEach(() => {
    for (const database of opened.splice(0)) database.close();
    rmSync(folder, { recursive: true });
  });

  /** Every store has a connection of its own. */
  const makeStore = (timeoutMs = 5000) => {
    const database = open(file);
    opened.push(database);
    return sqliteStore({ database, timeoutMs, logger: QUIET });
  };

  testStorePromises(makeStore);

  it('answer 503 while another process holds the lock, can still be read, and go on afterwards', async () => {
    const { app } = await makeSessionApp(makeStore(20));
    const browser = await logIn(app);
    const other = open(file);
    opened.push(other);
    other.exec('begin immediate');
    const locked = await browser.post('/update', { n: 1 });
    expect([locked.status, locked.json<{ code: string }>().code]).toEqual([503, 'session_store_unavailable']);
    expect(locked.headerLines('set-cookie')).toEqual([]);
    expect(await view(branch(app, browser))).toEqual([200, { user: 'ada' }]);
    other.exec('rollback');
    expect((await browser.post('/update', { n: 2 })).status).toBe(200);
    expect(await view(browser)).toEqual([200, { user: 'ada', n: 2 }]);
  });
});

describe('a file of SQLite', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sluice-sqlite-'));
    file = path.join(folder, 'sessions.db');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it(
    'is shared by two processes that make it at the same time, and does not have the id',
    async () => {
      const id = await shareSession({ SQLITE_FILE: file });
      const [, open] = DATABASES[0]!;
      const database = open(file);
      const row = database.prepare('select key, data from sessions').get();
      database.close();
      const key = createHash('sha256').update(id).digest('base64url');
      expect(row).toMatchObject({ key, data: '{"user":"ada","n":2}' });
    },
    START_WITHIN_MS,
  );

  it(
    `keeps all of ${WRITERS * WRITES} writes of two processes to one session, and survives a kill of both`,
    async () => {
      const env = { SQLITE_FILE: file };
      const start = () =>
        startAll([ServerProcess.start('stored-session', env), ServerProcess.start('stored-session', env)]);
      let processes = await start();
      const post = async (n: number, cookie?: string, value: object = {}) =>
        fetch(`http://127.0.0.1:${processes[n % 2]!.port}/`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', ...(cookie !== undefined && { Cookie: cookie }) },
          body: JSON.stringify(value),
        });
      try {
        const begun = await post(0, undefined, { user: 'ada' });
        const cookie = begun.headers.getSetCookie()[0]!.split(';')[0]!;
        const statuses: number[] = [];
        const write = async (writer: number): Promise<void> => {
          for (let n = 0; n < WRITES; n++) {
            const response = await post(writer, cookie, { [`${writer}-${n}`]: n });
            await response.arrayBuffer();
            statuses.push(response.status);
          }
        };
        await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
        expect(statuses.filter((status) => status === 200)).toHaveLength(WRITERS * WRITES);
        for (const one of processes) await one.stop();
        processes = await start();
        const session = (await (await post(1, cookie, { last: true })).json()) as object;
        expect(Object.keys(session)).toHaveLength(WRITERS * WRITES + 2);
      } finally {
        await Promise.all(processes.map((one) => one.stop()));
      }
    },
    START_WITHIN_MS,
  );
});
