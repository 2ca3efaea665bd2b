import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Program } from '../programs/program';
import { findFreePort } from '../sockets/find-free-port';
import { until } from '../sockets/until';

const CORE = path.resolve(__dirname, '../../packages/core/dist/index.js');
const PATIENCE_MS = 60_000;

/** A program as the compiler writes it, with one route. */
const writeProgram = (greeting: string, route = '/') => `
const { createApp } = require(${JSON.stringify(CORE)});
createApp({ routes: [{ method: 'GET', path: '${route}', handler: () => '${greeting}' }] })
  .then((app) => app.listen({ port: Number(process.env.PORT) }))
  .catch((error) => { console.error(error.message); process.exitCode = 1; });
`;

describe('node --watch', () => {
  let folder: string;
  let watched: Program;
  let url: string;

  const save = (program: string): void => writeFileSync(path.join(folder, 'main.cjs'), program);

  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'sluice-reload-'));
    const port = await findFreePort();
    url = `http://127.0.0.1:${port}/`;
    save(writeProgram('first'));
    watched = Program.start(process.execPath, ['--watch', 'main.cjs'], {
      cwd: folder,
      env: { PORT: String(port) },
    });
  });

  afterEach(async () => {
    await watched.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'runs the new program on the same port when a file is saved, also after one that could not start',
    async () => {
      await waitForAnswer('first');
      save(writeProgram('never', 'no slash'));
      await watched.waitFor(/ROUTE_PATH_INVALID/);
      save(writeProgram('second'));
      await waitForAnswer('second');
    },
    PATIENCE_MS,
  );

  async function ask(): Promise<string | undefined> {
    try {
      return await (await fetch(url)).text();
    } catch {
      return undefined;
    }
  }

  async function waitForAnswer(expected: string): Promise<void> {
    await until(
      async () => (await ask()) === expected,
      () => watched.stdout + watched.stderr,
    );
  }
});
