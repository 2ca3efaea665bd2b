import { Interval, runNow, TaskAborted, type TaskOptions, type TaskRun } from '../../src';
import { MemoryLock } from '../memory-lock';
import { closeAll, makeGate, start } from '../started';

afterEach(closeAll);

const PLAY = { wait: false };

function makeTask(options: TaskOptions = {}, act: (run: TaskRun) => unknown = () => undefined) {
  const runs: TaskRun[] = [];
  class Reports {
    @Interval('10s', options)
    async poll(run: TaskRun) {
      runs.push(run);
      await act(run);
    }
  }
  return { Reports, runs };
}

/** Waits as a task does that hears its signal. */
function untilAborted({ signal }: TaskRun): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
}

it('runs in one of two processes, with a fence that grows', async () => {
  const lock = new MemoryLock();
  const [first, second] = [makeTask(), makeTask()];
  const one = await start([first.Reports], { lock });
  await start([second.Reports], { lock, clock: one.clock });
  await one.clock.advance('30s');
  const fences = [...first.runs, ...second.runs].map(({ fence }) => fence).sort();
  expect(fences).toEqual([1, 2, 3]);
  expect(lock.calls.filter((name) => name === 'release')).toHaveLength(3);
});

it('does not run an instant again in a process whose clock is late', async () => {
  const lock = new MemoryLock();
  const [first, second] = [makeTask(), makeTask()];
  const early = await start([first.Reports], { lock });
  const late = await start([second.Reports], { lock, time: '2026-05-31T23:59:57Z' });
  await early.clock.advance('10s');
  await late.clock.advance('14s');
  expect([first.runs.length, second.runs.length]).toEqual([1, 0]);
  await late.clock.advance('10s');
  await early.clock.advance('10s');
  expect([first.runs.length, second.runs.length]).toEqual([1, 1]);
});

it('renews the lock while it runs', async () => {
  const lock = new MemoryLock(3000);
  const gate = makeGate();
  const { Reports, runs } = makeTask({}, () => gate.opened);
  const { clock } = await start([Reports], { lock });
  await clock.advance('19s', PLAY);
  expect(lock.calls.filter((name) => name === 'renew')).toHaveLength(9);
  expect(runs[0]!.signal.aborted).toBe(false);
  gate.open();
  await clock.advance('5s', PLAY);
  expect(lock.calls.filter((name) => name === 'release')).not.toHaveLength(0);
});

it('aborts when another process has the lock', async () => {
  const lock = new MemoryLock(3000);
  const { Reports, runs } = makeTask({}, untilAborted);
  const { clock, log } = await start([Reports], { lock });
  await clock.advance('10s', PLAY);
  lock.take('Reports.poll');
  await clock.advance('1s', PLAY);
  const { reason } = runs[0]!.signal as { reason: TaskAborted };
  expect(reason).toBeInstanceOf(TaskAborted);
  expect([reason.name, reason.reason]).toEqual(['AbortError', 'lock-lost']);
  expect(log).toEqual([
    'warn: The task Reports.poll lost its lock while it was running; the signal of the run aborts',
    'warn: The task Reports.poll ended because it was aborted',
  ]);
});

describe('when the lock fails', () => {
  it('skips the run by default, logs it, and goes on later', async () => {
    const lock = new MemoryLock();
    const { Reports, runs } = makeTask();
    const { app, clock, log } = await start([Reports], { lock });
    lock.fault = new Error('connection refused');
    await clock.advance('10s');
    expect(runs).toEqual([]);
    expect(log).toEqual([
      'error: The lock of the task Reports.poll failed, so the run is skipped: connection refused',
    ]);
    await expect(runNow(app, Reports, 'poll')).rejects.toThrow('its lock failed');
    lock.fault = undefined;
    await clock.advance('10s');
    expect(runs).toHaveLength(1);
  });

  it('runs without it on demand, without a fence', async () => {
    const lock = new MemoryLock();
    const { Reports, runs } = makeTask();
    const { clock, log } = await start([Reports], { lock, onLockError: 'run' });
    lock.fault = new Error('connection refused');
    await clock.advance('10s');
    expect(runs.map(({ fence }) => fence)).toEqual([0]);
    expect(log).toEqual([
      'error: The lock of the task Reports.poll failed, so the task runs without it: connection refused',
    ]);
  });

  it('aborts a run when its time is over, and not before', async () => {
    const lock = new MemoryLock(3000);
    const { Reports, runs } = makeTask({}, untilAborted);
    const { clock, log } = await start([Reports], { lock });
    await clock.advance('10s', PLAY);
    lock.fault = new Error('connection refused');
    await clock.advance('2900ms', PLAY);
    expect(runs[0]!.signal.aborted).toBe(false);
    await clock.advance('100ms', PLAY);
    expect(runs[0]!.signal.aborted).toBe(true);
    expect(log).toEqual([
      'error: The lock of the task Reports.poll cannot be renewed: connection refused',
      'warn: The task Reports.poll lost its lock while it was running; the signal of the run aborts',
      'warn: The task Reports.poll ended because it was aborted',
    ]);
  });

  it('aborts a run at that time, too, when the lock does not answer', async () => {
    const lock = new MemoryLock(3000);
    lock.renew = () => new Promise(() => undefined);
    const { Reports, runs } = makeTask({}, untilAborted);
    const { clock } = await start([Reports], { lock });
    await clock.advance('10s', PLAY);
    await clock.advance('2999ms', PLAY);
    expect(runs[0]!.signal.aborted).toBe(false);
    await clock.advance('1ms', PLAY);
    expect(runs[0]!.signal.aborted).toBe(true);
  });

  it('logs one that throws at once, and goes on', async () => {
    const lock = new MemoryLock();
    const fail = (): never => {
      throw new Error('not a promise');
    };
    Object.assign(lock, { claim: fail, release: fail });
    const { Reports, runs } = makeTask();
    const { clock, log } = await start([Reports], { lock });
    await clock.advance('20s');
    expect(runs).toEqual([]);
    expect(log).toHaveLength(2);
  });

  it('renews it again when it works again in time', async () => {
    const lock = new MemoryLock(3000);
    const gate = makeGate();
    const { Reports, runs } = makeTask({}, () => gate.opened);
    const { clock } = await start([Reports], { lock });
    await clock.advance('10s', PLAY);
    lock.fault = new Error('connection refused');
    await clock.advance('2s', PLAY);
    lock.fault = undefined;
    await clock.advance('7s', PLAY);
    expect(runs[0]!.signal.aborted).toBe(false);
    gate.open();
  });

  it('lets a run go on with onLockError: run', async () => {
    const lock = new MemoryLock(3000);
    const gate = makeGate();
    const { Reports, runs } = makeTask({}, () => gate.opened);
    const { clock, log } = await start([Reports], { lock, onLockError: 'run' });
    await clock.advance('10s', PLAY);
    lock.fault = new Error('connection refused');
    await clock.advance('5s', PLAY);
    expect(runs[0]!.signal.aborted).toBe(false);
    expect(log.at(-1)).toMatch(/lost its lock while it was running; the run goes on without it$/);
    gate.open();
  });
});

it('claims instants of an overlapping task without holding anything', async () => {
  const lock = new MemoryLock(3000);
  const gate = makeGate();
  const { Reports, runs } = makeTask({ overlap: 'allow' }, () => gate.opened);
  const { clock } = await start([Reports], { lock });
  await clock.advance('25s', PLAY);
  expect(runs.map(({ fence }) => fence)).toEqual([1, 2]);
  expect(lock.calls).toEqual(['claim', 'claim']);
  gate.open();
});

it('logs an error that is not an abort as an error', async () => {
  const { Reports } = makeTask({}, () => {
    throw Object.assign(new Error('of something else'), { name: 'AbortError' });
  });
  const { clock, log } = await start([Reports]);
  await clock.advance('10s');
  expect(log).toEqual(['error: The task Reports.poll failed: of something else']);
});
