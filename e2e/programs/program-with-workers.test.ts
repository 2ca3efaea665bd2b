import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { ROOT } from '../documents/list-documents';
import { RedisServer } from '../redis/redis-server';
import { until } from '../sockets/until';
import { REPLACEMENT_MS } from '../sockets/within';
import { KeptClients } from '../workers/kept-clients';
import { listStarted } from '../workers/start-workers';
import { Program } from './program';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(180_000);

const SOURCE = readFileSync(path.join(ROOT, 'e2e/workers/programs/counting.ts'), 'utf8');

/** The program as its user builds it: the main file, and the options of Node that run it. */
const BUILDS: readonly (readonly [string, string, ts.ModuleKind | undefined, readonly string[]])[] = [
  ['that tsc has built as CommonJS', 'main.cjs', ts.ModuleKind.CommonJS, []],
  ['that tsc has built as an ES module', 'main.mjs', ts.ModuleKind.ES2022, []],
  ['that tsx runs', 'main.ts', undefined, ['--import', 'tsx']],
];

describe('A program with workers and a provider in Redis', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sluice-program-'));
    // Its packages are those of this repository, as npm run build has made them.
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    const compilerOptions = { experimentalDecorators: true };
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each(BUILDS)(
    '%s survives a kill and a replacement under load, and ends when its workers crash again and again',
    async (_, name, module, options) => {
      await using redis = await RedisServer.start();
      const main = path.join(folder, name);
      writeFileSync(main, module === undefined ? SOURCE : build(module));
      await using program = Program.start(process.execPath, [...options, main], {
        cwd: folder,
        env: { NODE_ENV: 'production', REDIS_URL: redis.url },
      });
      const [, url = ''] = await program.waitFor(/workers listen on (http:\S+)\.\n/);
      const clients = new KeptClients(url, 20);
      {
        await using _ = clients;
        await until(() => clients.all.every(({ answered }) => answered > 5));
        const [killed, other] = listStarted(program);
        const [lost, kept] = [clients.listOf(killed!.pid), clients.listOf(other!.pid)];
        process.kill(killed!.pid, 'SIGKILL');
        await until(() => listStarted(program).length === 3);
        await goOn(clients);
        expect(kept.map(({ failed }) => failed)).toEqual(kept.map(() => 0));
        // Each loses the request in flight, and perhaps a new connection to the process that is ending.
        expect(Math.max(...lost.map(({ failed }) => failed))).toBeLessThanOrEqual(2);
        expect([lost.length > 0, lost.length + kept.length]).toEqual([true, 20]);
        expect(await redis.countClients('provider')).toBe(2);

        const { failed } = clients;
        process.kill(program.pid, 'SIGHUP');
        await program.waitFor(/All workers have been replaced\./, REPLACEMENT_MS);
        await goOn(clients);
        // Without net.ipv4.tcp_migrate_req, a connection that a worker has not accepted is lost: one in 4,000.
        expect(clients.failed - failed).toBeLessThanOrEqual(1);
        expect(listStarted(program)).toHaveLength(5);
        expect(await redis.countClients('provider')).toBe(2);
      }
      const counted = Number(await redis.command('GET', 'requests'));
      expect(counted).toBeGreaterThanOrEqual(clients.answered);
      expect(counted).toBeLessThanOrEqual(clients.answered + clients.failed);

      let hasEnded = false;
      void program.ended.then(() => (hasEnded = true));
      await until(async () => (await crash(url), hasEnded));
      expect(await program.ended).toBe(1);
      expect(program.stderr).toContain('It was the fifth within 30 seconds, so the program ends.');
      await until(async () => (await redis.countClients('provider')) === 0);
    },
  );
});

function build(module: ts.ModuleKind): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module, experimentalDecorators: true };
  return ts.transpileModule(SOURCE, { compilerOptions }).outputText;
}

async function crash(url: string): Promise<void> {
  await fetch(`${url}/crash`).catch(() => undefined);
}

/** Waits for some more answers. */
async function goOn(clients: KeptClients): Promise<void> {
  const before = clients.answered;
  await until(() => clients.answered > before + 200);
}
