import { Interval, runNow, TaskBusy, type TaskRun } from '../../src';
import { MemoryLock } from '../memory-lock';
import { closeAll, makeGate, start } from '../started';

afterEach(closeAll);

const PLAY = { wait: false };

/** A class whose task lasts until the test opens its gate. */
function makeSlow(options: Parameters<typeof Interval>[1]) {
  const gates: ReturnType<typeof makeGate>[] = [];
  const instants: string[] = [];
  class Slow {
    @Interval('10s', options)
    async poll({ scheduledAt }: TaskRun) {
      instants.push(scheduledAt.toISOString().slice(17, 19));
      const gate = makeGate();
      gates.push(gate);
      await gate.opened;
    }
  }
  return { Slow, gates, instants };
}

describe('while a run is under way', () => {
  it('the next ones are skipped by default, with one line for all of them', async () => {
    const { Slow, gates, instants } = makeSlow({});
    const { clock, log } = await start([Slow]);
    await clock.advance('35s', PLAY);
    expect(instants).toEqual(['10']);
    expect(log).toEqual([
      'warn: The task Slow.poll is still running, so its run of 2026-06-01T00:00:20.000Z is skipped, and others until it ends',
    ]);
    gates[0]!.open();
    await clock.advance('5s', PLAY);
    expect(instants).toEqual(['10', '40']);
  });

  it('one is queued on demand, and runs right after it', async () => {
    const { Slow, gates, instants } = makeSlow({ overlap: 'queue' });
    const { clock, log } = await start([Slow]);
    await clock.advance('35s', PLAY);
    expect(instants).toEqual(['10']);
    gates[0]!.open();
    await clock.advance(0, PLAY);
    expect(instants).toEqual(['10', '20']);
    gates[1]!.open();
    await clock.advance(0, PLAY);
    expect(instants).toEqual(['10', '20']);
    expect(log).toEqual([expect.stringContaining('its run of 2026-06-01T00:00:30.000Z is skipped')]);
  });

  it('they run beside each other on demand', async () => {
    const { Slow, gates, instants } = makeSlow({ overlap: 'allow' });
    const { clock, log } = await start([Slow]);
    await clock.advance('35s', PLAY);
    expect(instants).toEqual(['10', '20', '30']);
    expect(log).toEqual([]);
    for (const { open } of gates) open();
  });

  it('it cannot be run by hand, unless overlaps are allowed', async () => {
    const { Slow, gates } = makeSlow({});
    const { app, clock } = await start([Slow]);
    await clock.advance('10s', PLAY);
    await expect(runNow(app, Slow, 'poll')).rejects.toThrow(TaskBusy);
    gates[0]!.open();
  });
});

describe('jitter', () => {
  it('delays each run by a random time, and keeps the instant', async () => {
    const delays: number[] = [];
    class Reports {
      @Interval('10s', { jitterMs: 5000 }) poll({ scheduledAt, startedAt }: TaskRun) {
        delays.push(startedAt.getTime() - scheduledAt.getTime());
      }
    }
    const { clock } = await start([Reports]);
    await clock.advance('1005s');
    expect(delays).toHaveLength(100);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThanOrEqual(5000);
    expect(new Set(delays).size).toBeGreaterThan(20);
  });

  it('does not delay the end of the application', async () => {
    let count = 0;
    class Reports {
      @Interval('1d', { jitterMs: 86_400_000 }) poll() {
        count++;
      }
    }
    const { app, clock } = await start([Reports]);
    await clock.advance('1d');
    const before = count;
    await app.close();
    await clock.advance('2d');
    expect(count).toBe(before);
  });
});

describe('runs that were missed', () => {
  const missing = { time: '2026-06-01T00:00:00Z' };

  it('are one run by default', async () => {
    const instants: string[] = [];
    class Reports {
      @Interval('1m') poll({ scheduledAt }: TaskRun) {
        instants.push(scheduledAt.toISOString().slice(11, 19));
      }
    }
    const { clock, log } = await start([Reports], missing);
    // The machine slept: the time of day went on, and the clock of the process did not.
    await clock.set('2026-06-01T00:05:30Z');
    expect(instants).toEqual(['00:05:00']);
    expect(log).toEqual([
      'warn: The task Reports.poll missed 4 runs before that of 2026-06-01T00:05:00.000Z, which begins now',
    ]);
    await clock.advance('30s');
    expect(instants).toEqual(['00:05:00', '00:06:00']);
  });

  it('are none on demand', async () => {
    const instants: string[] = [];
    class Reports {
      @Interval('1m', { missed: 'skip' }) poll({ scheduledAt }: TaskRun) {
        instants.push(scheduledAt.toISOString().slice(11, 19));
      }
    }
    const { clock, log } = await start([Reports], missing);
    await clock.set('2026-06-01T00:05:30Z');
    expect(instants).toEqual([]);
    expect(log).toEqual([
      'warn: The task Reports.poll missed 5 runs, the last one of 2026-06-01T00:05:00.000Z, and does not make up for it',
    ]);
    await clock.set('2026-06-01T00:06:09Z');
    expect(instants).toEqual(['00:06:00']);
  });

  it('do not run twice when the clock is set back', async () => {
    let count = 0;
    class Reports {
      @Interval('1h') poll() {
        count++;
      }
    }
    const { clock } = await start([Reports], missing);
    await clock.advance('61m');
    await clock.set('2026-06-01T00:59:00Z');
    await clock.advance('30m');
    expect(count).toBe(1);
    await clock.advance('31m');
    expect(count).toBe(2);
  });
});

describe('with a lock', () => {
  it('a queued run waits for the run in another process', async () => {
    const lock = new MemoryLock();
    const { Slow, gates, instants } = makeSlow({ overlap: 'queue' });
    const { clock } = await start([Slow], { lock });
    lock.take('Slow.poll');
    await clock.advance('15s', PLAY);
    expect(instants).toEqual([]);
    lock.free('Slow.poll');
    await clock.advance('1s', PLAY);
    expect(instants).toEqual(['10']);
    gates[0]!.open();
  });

  it('a run by hand does not run beside one in another process', async () => {
    const lock = new MemoryLock();
    const { Slow } = makeSlow({});
    const { app } = await start([Slow], { lock });
    lock.take('Slow.poll');
    await expect(runNow(app, Slow, 'poll')).rejects.toThrow('it is running in another process');
  });
});
