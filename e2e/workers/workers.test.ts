import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findFreePort } from '../sockets/find-free-port';
import { until } from '../sockets/until';
import { KeptClients } from './kept-clients';
import { ask, isAlive, listStarted, startProgram, startWorkers } from './start-workers';
import { ENGINES } from '../sockets/engines';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(180_000);

/** Answers whether a request gets an answer. */
async function isListening(url: string): Promise<boolean> {
  return fetch(url, { headers: { connection: 'close' } }).then(
    () => true,
    () => false,
  );
}

describe.each(ENGINES)('Workers, on the engine %s', (SLUICE_ENGINE) => {
  it('run the application, which their supervisor does not, and end with it', async () => {
    const { program, url } = await startWorkers({ SLUICE_ENGINE });
    await using _ = program;
    expect(program.stdout.match(/^.*onStart.*$/gm)!.sort()).toEqual([
      '[1] onStart of 1 of 2',
      '[2] onStart of 2 of 2',
    ]);
    const pids = listStarted(program).map(({ pid }) => pid);
    expect(new Set(pids).size).toBe(2);
    const seen = new Set<number>();
    for (let count = 0; count < 200 && seen.size < 2; count++) {
      const { pid } = (await ask(url)) as { pid: number };
      seen.add(pid);
    }
    expect([...seen].sort()).toEqual([...pids].sort());
    await (await fetch(`${url}/log`)).text();
    await program.waitFor(/^\{"worker":[12],"level":30\}$/m);
    await program.waitFor(/^\[[12]\] plain$/m);
    await program.waitFor(/^main goes on in \d+$/m);
    const slow = fetch(`${url}/slow`);
    await program.waitFor(/\] waits$/m);
    expect(await program.stop('SIGTERM')).toBe(0);
    expect(await (await slow).text()).toBe('answered');
    expect(program.stdout.match(/^\[[12]\] onStop$/gm)!.sort()).toEqual(['[1] onStop', '[2] onStop']);
    expect(program.stdout.match(/^ended [12] 0 true$/gm)).toHaveLength(2);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('are started again when one is killed or throws, and the others serve on', async () => {
    const { program, url } = await startWorkers({ SLUICE_ENGINE });
    await using _ = program;
    const [first] = listStarted(program);
    process.kill(first!.pid, 'SIGKILL');
    await until(() => program.stdout.includes(`ended ${first!.id} SIGKILL false`));
    for (let count = 0; count < 20; count++) expect(await ask(url)).toMatchObject({ count: 2 });
    await until(() => listStarted(program).length === 3);
    expect(listStarted(program)[2]).toMatchObject({ id: first!.id });
    await fetch(`${url}/throw`);
    await until(() => listStarted(program).length === 4);
    expect(program.stderr).toMatch(/^\[[12]\] Error: outside of every request$/m);
    expect(await ask(url)).toMatchObject({ count: 2 });
  });

  it('lose only the requests that one of them has in flight when it is killed', async () => {
    const { program, url } = await startWorkers({ SLUICE_ENGINE });
    await using _ = program;
    await using clients = new KeptClients(url, 20);
    await until(() => clients.all.every(({ answered }) => answered > 5));
    const [killed, other] = listStarted(program);
    const lostBy = clients.listOf(killed!.pid);
    const keptBy = clients.listOf(other!.pid);
    process.kill(killed!.pid, 'SIGKILL');
    const before = clients.answered;
    await until(() => clients.answered > before + 500);
    expect(lostBy.length).toBeGreaterThan(0);
    expect(lostBy.length + keptBy.length).toBe(20);
    // A client may lose the request in flight, and a new connection to the process that is ending.
    expect(lostBy.filter(({ failed }) => failed > 2)).toEqual([]);
    expect(keptBy.filter(({ failed }) => failed > 0)).toEqual([]);
  });

  it('leave no client waiting when one is killed that has accepted no connection for a while', async () => {
    const { program, url } = await startWorkers({ SLUICE_ENGINE });
    await using _ = program;
    process.kill(listStarted(program)[0]!.pid, 'SIGSTOP');
    const ends: string[] = [];
    for (let count = 0; count < 20; count++)
      void ask(url).then(
        () => ends.push('answered'),
        () => ends.push('failed'),
      );
    await until(() => ends.length >= 2);
    await wait(100);
    expect(ends).not.toContain('failed');
    process.kill(listStarted(program)[0]!.pid, 'SIGKILL');
    await until(() => ends.length === 20);
    expect(ends).toContain('failed');
  });

  it('leave no client waiting that comes when the last one stops', async () => {
    const { program, url } = await startWorkers({ SLUICE_ENGINE });
    await using _ = program;
    void ask(`${url}/hang`).catch(() => undefined);
    const [, id = ''] = await program.waitFor(/^\[(\d)\] hangs$/m);
    const last = listStarted(program).find((worker) => worker.id === Number(id))!;
    process.kill(last.pid, 'SIGSTOP');
    process.kill(program.pid, 'SIGTERM');
    await program.waitFor(/^ended \d 0 true$/m);
    const late = ask(url).then(
      () => 'answered',
      () => 'failed',
    );
    await wait(200);
    process.kill(last.pid, 'SIGCONT');
    await late;
    expect(isAlive(last.pid)).toBe(true);
  });

  it('end by themselves when their supervisor is killed', async () => {
    const { program } = await startWorkers({ SLUICE_ENGINE });
    const pids = listStarted(program).map(({ pid }) => pid);
    process.kill(program.pid, 'SIGKILL');
    await until(() => !pids.some(isAlive));
    expect(pids).toHaveLength(2);
  });

  it('remain when the application does not start again', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sluice-workers-'));
    const BROKEN_FILE = path.join(folder, 'broken');
    const { program, url } = await startWorkers({ SLUICE_ENGINE, BROKEN_FILE });
    await using _ = program;
    try {
      writeFileSync(BROKEN_FILE, '');
      process.kill(program.pid, 'SIGHUP');
      await program.waitFor(
        /The new worker 1 did not start, so the old workers remain\. Error: a broken release/,
      );
      const pids = listStarted(program).map(({ pid }) => pid);
      expect(pids.filter(isAlive)).toHaveLength(2);
      expect(await ask(url)).toMatchObject({ count: 2 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('A program with workers', () => {
  it('is ready when the last of them listens', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sluice-workers-'));
    const AWAITED_FILE = path.join(folder, 'awaited');
    await using program = startProgram('served', { AWAITED_FILE });
    try {
      await program.waitFor(/^started 1 \d+$/m);
      await program.waitFor(/^\[2\] onStart of 2 of 2$/m);
      await wait(100);
      expect(program.stdout).not.toMatch(/workers listen|^main goes on/m);
      writeFileSync(AWAITED_FILE, '');
      await program.waitFor(/^2 workers listen on http:\S+\.$/m);
      await program.waitFor(/^main goes on in \d+$/m);
      expect(listStarted(program).map(({ id }) => id)).toEqual([1, 2]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('gets their number from SLUICE_WORKERS, and a warning about what each of them has in memory', async () => {
    await using program = startProgram('remembering', { SLUICE_WORKERS: '2' });
    await program.waitFor(/^goes on in \d+, /m);
    const made = [...program.stdout.matchAll(/^\[([12])\] made in (\d+)$/gm)];
    expect(made.map(([, id]) => id).sort()).toEqual(['1', '2']);
    expect(made.map(([, , pid]) => Number(pid))).not.toContain(program.pid);
    const warnings = program.stderr.match(/^\[\d\] {3}STATE_PER_WORKER {2}session$/gm);
    expect(warnings).toEqual(['[1]   STATE_PER_WORKER  session']);
    expect(program.stderr).toContain('Give session() a store that all workers share');
    expect(await program.stop('SIGTERM')).toBe(0);
  });

  it('is one process with one worker, which is the default', async () => {
    await using program = startProgram('remembering');
    const [, pid, url] = await program.waitFor(/^goes on in (\d+), (\S+)$/m);
    expect(Number(pid)).toBe(program.pid);
    expect(program.stdout.match(/made in (\d+)/g)).toEqual([`made in ${program.pid}`]);
    expect(await ask(url!)).toEqual({ id: 1, count: 1 });
    expect(program.stderr).not.toContain('STATE_PER_WORKER');
    expect(await program.stop('SIGTERM')).toBe(0);
  });

  it.each([
    ['option', /CONTROLLER_UNDECORATED/g],
    ['error', /the factory failed/g],
  ])('reports once that it cannot start (%s), and ends with 1', async (BROKEN, message) => {
    await using program = startProgram('served', { BROKEN });
    expect(await program.ended).toBe(1);
    expect(`${program.stdout}${program.stderr}`.match(message)).toHaveLength(1);
  });

  it('ends with 1 when five workers die within 30 seconds', async () => {
    await using program = startProgram('served', { BROKEN: 'exit', WORKERS: '3' });
    expect(await program.ended).toBe(1);
    expect(program.stderr).toContain(
      'ended with exit code 7. It was the fifth within 30 seconds, so the program ends.',
    );
    expect(program.stdout.match(/^ended \d 7 false$/gm)!.length).toBeGreaterThanOrEqual(5);
  });

  it('kills its workers at the second SIGINT', async () => {
    const { program, url } = await startWorkers();
    await using _ = program;
    const slow = fetch(`${url}/hang`).catch(() => 'cut');
    await program.waitFor(/\] hangs$/m);
    process.kill(program.pid, 'SIGINT');
    await until(async () => !(await isListening(url)));
    expect(await program.stop('SIGINT')).toBe(1);
    expect(await slow).toBe('cut');
  });

  it('replaces a worker that takes too much memory', async () => {
    const { program, url } = await startWorkers({ MAX_MEMORY_MB: '200' });
    await using _ = program;
    await fetch(`${url}/take`);
    const [line] = await program.waitFor(
      /^Worker (\d) .* takes \d+ MB of memory, which is more than maxMemoryMb\..*$/m,
    );
    expect(line).toContain('It is replaced');
    await program.waitFor(/^ended \d 0 true$/m);
    expect(await ask(url)).toMatchObject({ count: 2 });
  });

  it('survives a worker that runs out of memory', async () => {
    const { program, url } = await startWorkers({ NODE_OPTIONS: '--max-old-space-size=64' });
    await using _ = program;
    await fetch(`${url}/fill`);
    await program.waitFor(/^ended \d SIGABRT false$/m);
    await until(() => listStarted(program).length === 3);
    expect(await ask(url)).toMatchObject({ count: 2 });
  });

  it('refuses a second start on its port, by a message that names serve and workers', async () => {
    const { program, url } = await startWorkers();
    await using _ = program;
    const { port } = new URL(url);
    for (const [env, words] of [
      [{ WORKERS: '2' }, "let serve(…, { workers: 'auto' }) start them"],
      [{ WORKERS: '1' }, "let serve(…, { workers: 'auto' }) start them"],
      [{ WORKERS: '1', pm_id: '1', NODE_APP_INSTANCE: '1' }, 'PM2 has started this process'],
    ] as const) {
      await using second = startProgram('served', { ...env, PORT: port });
      expect(await second.ended).toBe(1);
      expect(second.stderr).toMatch(/PORT_IN_USE/);
      expect(second.stderr).toContain(words);
    }
    expect(await ask(url)).toMatchObject({ count: 2 });
  });

  it.each(['1', '2'])('says what to do when node:cluster starts it, with workers: %s', async (WORKERS) => {
    await using program = startProgram('clustered', { WORKERS, PORT: `${await findFreePort()}` });
    expect(await program.ended).toBe(0);
    expect(program.stderr).toMatch(WORKERS === '1' ? /PORT_IN_USE/ : /WORKERS_IMPOSSIBLE/);
    expect(program.stderr).toMatch(
      WORKERS === '1' ? /node:cluster has started this process/ : /set workers: 1/,
    );
  });

  it('passes on the options of Node, and gives each worker a port for its debugger', async () => {
    const file = path.join(__dirname, 'programs', 'served.ts');
    const typescript = path.join(__dirname, '..', 'sockets', 'typescript.cjs');
    const { stderr, status } = spawnSync(
      process.execPath,
      ['--inspect=127.0.0.1:19229', '--require', typescript, file],
      { encoding: 'utf8', timeout: 60_000, env: { ...process.env, STOP_AT_ONCE: '1' } },
    );
    expect(status).toBe(0);
    const ports = [...stderr.matchAll(/ws:\/\/127\.0\.0\.1:(\d+)\//g)].map(([, port]) => port);
    expect(ports.sort()).toEqual(['19229', '19230', '19231']);
  });
});
