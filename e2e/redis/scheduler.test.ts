import { createApp, type App } from '@sluice/core';
import { Interval, redisLock, scheduler, type SchedulerOptions, type TaskRun } from '@sluice/scheduler';
import { ServerProcess } from '../sockets/server-process';
import { until } from '../sockets/until';
import { CLIENTS, type OpenClient } from './clients';
import { RedisServer } from './redis-server';

const TIMEOUT_MS = 150;
const HOUR_MS = 3_600_000;
/** A process compiles its sources when it starts for the first time. */
const START_WITHIN_MS = 120_000;

describe.each(CLIENTS)('the lock of a real Redis, with %s', (_, open) => {
  let server: RedisServer;
  let opened: OpenClient;

  beforeAll(async () => {
    server = await RedisServer.start();
    opened = await open(server.port);
  });

  afterAll(async () => {
    opened[Symbol.dispose]();
    await server[Symbol.asyncDispose]();
  });

  beforeEach(() => server.command('FLUSHALL'));

  const makeLock = () => redisLock({ client: opened.client, timeoutMs: 5000, holdMs: 5000 });
  const makeClaim = (instant: number, token = `${Math.random()}`, isExclusive = true) => ({
    task: 'Reports.nightly',
    instant,
    token,
    isExclusive,
  });

  it('is held by one, and each instant is claimed once', async () => {
    const lock = makeLock();
    const now = Date.now();
    const answers = await Promise.all(Array.from({ length: 100 }, () => lock.claim(makeClaim(now, 'first'))));
    expect(answers.filter((answer) => 'fence' in answer)).toHaveLength(1);
    expect(await lock.claim(makeClaim(now + 1))).toEqual({ refused: 'held' });
    await lock.release(makeClaim(now, 'another'));
    expect(await lock.claim(makeClaim(now + 1))).toEqual({ refused: 'held' });
    await lock.release(makeClaim(now, 'first'));
    expect(await lock.claim(makeClaim(now))).toEqual({ refused: 'done' });
    expect(await lock.claim(makeClaim(now - 1))).toEqual({ refused: 'done' });
    expect(await lock.claim(makeClaim(now + 1))).toHaveProperty('fence');
  });

  it('is renewed by its holder only', async () => {
    const lock = makeLock();
    const claim = makeClaim(Date.now(), 'mine');
    await lock.claim(claim);
    await server.command('PEXPIRE', 'tasks:{Reports.nightly}:holder', '1000');
    expect(await lock.renew({ ...claim, token: 'yours' })).toBe(false);
    expect(Number(await server.command('PTTL', 'tasks:{Reports.nightly}:holder'))).toBeLessThanOrEqual(1000);
    expect(await lock.renew(claim)).toBe(true);
    expect(Number(await server.command('PTTL', 'tasks:{Reports.nightly}:holder'))).toBeGreaterThan(1000);
    await lock.release(claim);
    expect(await lock.renew(claim)).toBe(false);
  });

  it('does not exclude runs that may overlap, and claims their instants once all the same', async () => {
    const lock = makeLock();
    const now = Date.now();
    expect(await lock.claim(makeClaim(now, 'first', false))).toHaveProperty('fence');
    expect(await lock.claim(makeClaim(now, 'second', false))).toEqual({ refused: 'done' });
    expect(await lock.claim(makeClaim(now + 1, 'third', false))).toHaveProperty('fence');
    expect(await server.command('EXISTS', 'tasks:{Reports.nightly}:holder')).toBe('0');
  });

  it('is not claimed for a time that is far ahead, and forgets one that a wrong clock has claimed', async () => {
    const lock = makeLock();
    const now = Date.now();
    expect(await lock.claim(makeClaim(now + HOUR_MS))).toEqual({ refused: 'ahead' });
    await server.command('SET', 'tasks:{Reports.nightly}:instant', `${now + HOUR_MS}`);
    expect(await lock.claim(makeClaim(now))).toHaveProperty('fence');
  });

  it('has fences that grow, also when Redis has lost its data, or the last claims', async () => {
    const lock = makeLock();
    const key = 'tasks:{Reports.nightly}:fence';
    const claim = async (): Promise<number> => {
      await server.command('DEL', 'tasks:{Reports.nightly}:holder');
      const answer = await lock.claim(makeClaim(0));
      if (!('fence' in answer)) throw new Error(answer.refused);
      return answer.fence;
    };
    const fences = [await claim(), await claim()];
    await server.command('FLUSHALL');
    fences.push(await claim());
    // As a replica has it that takes over.
    const early = await server.command('GET', key);
    for (let count = 0; count < 5; count++) fences.push(await claim());
    await server.command('SET', key, early);
    fences.push(await claim());
    // The clock of Redis was ahead.
    const ahead = Date.now() + HOUR_MS;
    await server.command('SET', key, `${ahead}`);
    fences.push(await claim(), await claim());
    expect(fences.slice(-2)).toEqual([ahead + 1, ahead + 2]);
    expect(fences.every((fence, index) => index === 0 || fence > fences[index - 1]!)).toBe(true);
    expect(fences.every(Number.isSafeInteger)).toBe(true);
  });

  it('leaves no key behind that lives for ever', async () => {
    await makeLock().claim(makeClaim(Date.now()));
    const keys = (await server.command('KEYS', '*')).split('\n');
    expect(keys).toHaveLength(3);
    for (const key of keys) expect(Number(await server.command('PTTL', key))).toBeGreaterThan(0);
  });
});

describe.each(CLIENTS)('a task whose Redis fails, with %s', (_, open) => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function start(options: Omit<SchedulerOptions, 'lock'> = {}) {
    const server = await RedisServer.start();
    closing.push(() => server[Symbol.asyncDispose]());
    const opened = await open(server.port);
    closing.push(async () => opened[Symbol.dispose]());
    const runs: TaskRun[] = [];
    const log: string[] = [];
    class Reports {
      @Interval(100) report(run: TaskRun) {
        runs.push(run);
      }
    }
    const logger = {
      info() {},
      warn: (message: string) => void log.push(message),
      error: (error: unknown, message?: string) => void log.push(`${message}: ${(error as Error).message}`),
    };
    const lock = redisLock({ client: opened.client, timeoutMs: TIMEOUT_MS, holdMs: 1000, logger });
    const app: App = await createApp({
      providers: [Reports],
      services: [scheduler({ lock, ...options })],
      logger,
    });
    closing.push(() => app.close({ timeoutMs: 1000 }));
    await app.start();
    await until(() => runs.length >= 2);
    return { server, runs, log };
  }

  it('is skipped and logged while Redis is frozen, and runs again afterwards', async () => {
    const { server, runs, log } = await start();
    server.freeze();
    const isSkipped = (line: string): boolean =>
      line.includes('Reports.report failed, so the run is skipped');
    await until(() => log.filter(isSkipped).length >= 3);
    const before = runs.length;
    await until(() => log.filter(isSkipped).length >= 6);
    expect(runs.length).toBe(before);
    server.thaw();
    await until(() => runs.length >= before + 2);
    expectOnce(runs);
  });

  it('is skipped while Redis is down, and its fence grows when Redis has lost its data', async () => {
    const { server, runs, log } = await start();
    await server.kill();
    await until(() => log.some((line) => line.includes('so the run is skipped')));
    const before = runs.length;
    await server.restart();
    await until(() => runs.length >= before + 2);
    expectOnce(runs);
  });

  it('runs without a fence with onLockError: run', async () => {
    const { server, runs } = await start({ onLockError: 'run' });
    await server.kill();
    await until(() => runs.some(({ fence }) => fence === 0));
    expect(runs.find(({ fence }) => fence > 0)).toBeDefined();
  });
});

describe('two processes with one task', () => {
  const processes: ServerProcess[] = [];
  let server: RedisServer;

  beforeEach(async () => {
    server = await RedisServer.start();
  });

  afterEach(async () => {
    await Promise.all(processes.splice(0).map((one) => one.stop()));
    await server[Symbol.asyncDispose]();
  });

  async function run(client: string, env: Record<string, string> = {}): Promise<ServerProcess> {
    const settings = { REDIS_PORT: `${server.port}`, REDIS_CLIENT: client, ...env };
    const started = await ServerProcess.start('scheduled', settings);
    processes.push(started);
    return started;
  }

  /** The notes of the task, as words: `pid began instant fence written`, `pid aborted reason refused`. */
  async function readNotes(): Promise<string[][]> {
    const lines = await server.command('LRANGE', 'notes', '0', '-1');
    return lines === '' ? [] : lines.split('\n').map((line) => line.split(' '));
  }

  /** Two processes whose task lasts; the first note is that of the one that holds the lock. */
  async function startLasting(client: string) {
    const env = { LASTS: 'yes', EVERY: '300ms', HOLD_MS: '2000' };
    const both = await Promise.all([run(client, env), run(client, env)]);
    await until(async () => (await readNotes()).length > 0);
    const [pid, , instant, fence] = (await readNotes())[0]!;
    const holder = both.find((one) => `${one.pid}` === pid)!;
    /** The first run of the other process. */
    const findSuccessor = async () => {
      const found = (await readNotes()).find(([other, word]) => other !== pid && word === 'began');
      return found === undefined ? undefined : { instant: Number(found[2]), fence: Number(found[3]) };
    };
    return { holder, findSuccessor, instant: Number(instant), fence: Number(fence) };
  }

  it(
    'run each instant once, with a fence that grows',
    async () => {
      await Promise.all([run('node-redis'), run('ioredis')]);
      const { length } = await readNotes();
      await until(async () => (await readNotes()).length >= length + 20);
      const notes = await readNotes();
      const instants = notes.map(([, , instant]) => Number(instant));
      const fences = notes.map(([, , , fence]) => Number(fence));
      expect(new Set(instants).size).toBe(notes.length);
      expect(new Set(fences).size).toBe(notes.length);
      expect(fences).toEqual([...fences].sort((one, other) => one - other));
      expect(notes.every(([, , , , written]) => written === 'written')).toBe(true);
    },
    START_WITHIN_MS,
  );

  it(
    'take over from one that was killed while it held the lock',
    async () => {
      const { holder, findSuccessor, instant, fence } = await startLasting('node-redis');
      holder.signal('SIGKILL');
      await until(async () => (await findSuccessor()) !== undefined);
      const successor = (await findSuccessor())!;
      expect(successor.instant).toBeGreaterThan(instant);
      expect(successor.fence).toBeGreaterThan(fence);
    },
    START_WITHIN_MS,
  );

  it(
    'take over from one that was frozen, whose late writes are refused',
    async () => {
      const { holder, findSuccessor, instant, fence } = await startLasting('ioredis');
      holder.signal('SIGSTOP');
      await until(async () => (await findSuccessor()) !== undefined);
      const successor = (await findSuccessor())!;
      expect(successor.instant).toBeGreaterThan(instant);
      expect(successor.fence).toBeGreaterThan(fence);
      holder.signal('SIGCONT');
      await until(async () => (await readNotes()).some(([, word]) => word === 'aborted'));
      const aborted = (await readNotes()).filter(([, word]) => word === 'aborted');
      expect(aborted).toEqual([[`${holder.pid}`, 'aborted', 'lock-lost', 'refused']]);
    },
    START_WITHIN_MS,
  );
});

/** Every instant has run once, and with a fence that is greater than the one before. */
function expectOnce(runs: readonly TaskRun[]): void {
  const instants = runs.map(({ scheduledAt }) => scheduledAt.getTime());
  const fences = runs.map(({ fence }) => fence);
  expect(new Set(instants).size).toBe(runs.length);
  expect(fences.every((fence, index) => index === 0 || fence > fences[index - 1]!)).toBe(true);
}
