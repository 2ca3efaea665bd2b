import { Interval, runNow, TaskBusy, type TaskAborted, type TaskRun } from '../../src';
import { MemoryLock } from '../memory-lock';
import { closeAll, makeGate, start } from '../started';

afterEach(closeAll);

const PLAY = { wait: false };

describe('when the application closes', () => {
  it('waits for what runs, begins nothing, and frees the lock', async () => {
    const gate = makeGate();
    const lock = new MemoryLock();
    const runs: TaskRun[] = [];
    let hasEnded = false;
    class Reports {
      @Interval('10s', { overlap: 'queue' }) async poll(run: TaskRun) {
        runs.push(run);
        await gate.opened;
        hasEnded = true;
      }
    }
    const { app, clock, log } = await start([Reports], { lock });
    await clock.advance('25s', PLAY);
    const closed = app.close();
    await clock.advance('1h', PLAY);
    expect(runs).toHaveLength(1);
    gate.open();
    await closed;
    expect(hasEnded).toBe(true);
    expect(runs).toHaveLength(1);
    expect(runs[0]!.signal.aborted).toBe(false);
    expect(lock.calls.at(-1)).toBe('release');
    expect(log).toEqual([]);
    await clock.advance('1h');
    expect(runs).toHaveLength(1);
  });

  it('aborts the signals shortly before the deadline, and names the tasks', async () => {
    const reasons: string[] = [];
    class Reports {
      @Interval('10s') async poll({ signal }: TaskRun) {
        await new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => {
            reasons.push((signal.reason as TaskAborted).reason);
            resolve();
          });
        });
      }

      @Interval('10s', { name: 'deaf' }) listenToNothing() {
        return new Promise(() => undefined);
      }
    }
    const { app, clock, log } = await start([Reports]);
    await clock.advance('10s', PLAY);
    await app.close({ timeoutMs: 300 });
    expect(reasons).toEqual(['closing']);
    expect(log[0]).toBe(
      'warn: The application closes while these tasks run, and aborts them: Reports.poll, deaf',
    );
  });

  it('does not run anything by hand, whatever it still waits for', async () => {
    const gate = makeGate();
    class Reports {
      @Interval('10s') poll() {
        return gate.opened;
      }

      @Interval('1h') other() {}
    }
    const { app, clock } = await start([Reports]);
    await clock.advance('10s', PLAY);
    const closed = app.close();
    await expect(runNow(app, Reports, 'other')).rejects.toThrow(TaskBusy);
    await new Promise((resolve) => setImmediate(resolve));
    await expect(runNow(app, Reports, 'other')).rejects.toThrow('is closing, so Reports.other does not run');
    gate.open();
    await closed;
    await expect(runNow(app, Reports, 'other')).rejects.toThrow(TaskBusy);
  });

  it('does not begin a run by hand that has waited for the start', async () => {
    class Reports {
      @Interval('1h') poll() {}
    }
    const { app } = await start([Reports]);
    const running = runNow(app, Reports, 'poll');
    const refused = expect(running).rejects.toThrow(TaskBusy);
    await app.close();
    await refused;
  });
});

it('runs as many tasks as there are with one timer', async () => {
  const runs: string[] = [];
  function makeClass(name: string): new () => object {
    class Reports {
      @Interval('10s', { name }) poll() {
        runs.push(name);
      }
    }
    return Reports;
  }
  const names = Array.from({ length: 100 }, (_, index) => `task-${index}`);
  const { clock } = await start(names.map(makeClass));
  await clock.advance('10s');
  expect(runs.sort()).toEqual(names.sort());
});
