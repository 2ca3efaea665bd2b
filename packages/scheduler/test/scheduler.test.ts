import { createApp, printPlan, type Middleware } from '@sluice/core';
import {
  Cron,
  FakeClock,
  Interval,
  runNow,
  scheduler,
  TaskBusy,
  type CronOptions,
  type SchedulerOptions,
  type TaskRun,
} from '../src';
import { MemoryLock } from './memory-lock';
import { closeAll, start } from './started';

afterEach(closeAll);

describe('the example of the README', () => {
  it('runs methods by the calendar and at intervals', async () => {
    const runs: string[] = [];
    class Reports {
      @Cron('0 3 * * *', { timeZone: 'Europe/Berlin' })
      async nightly(run: TaskRun) {
        runs.push(`${run.name} ${run.scheduledAt.toISOString()}`);
      }

      @Interval('10m', { overlap: 'skip' })
      refresh() {
        runs.push('refresh');
      }
    }
    const { clock } = await start([Reports], { time: '2026-03-29T00:59:59Z' });
    await clock.advance('1h');
    expect(runs).toEqual([
      'Reports.nightly 2026-03-29T01:00:00.000Z',
      ...Array.from({ length: 6 }, () => 'refresh'),
    ]);
  });
});

describe('the example for tests of the README', () => {
  it('counts six runs and one by hand', async () => {
    class Counter {
      count = 0;

      @Interval('10m')
      async increase() {
        return ++this.count;
      }
    }
    const { app, clock } = await start([Counter], { time: '2026-03-29T00:59:59Z' });
    await clock.advance('1h');
    expect(await runNow(app, Counter, 'increase')).toBe(7);
  });
});

describe('the plan', () => {
  it('has a row for each task', async () => {
    class Reports {
      @Cron('0 3 * * *', { timeZone: 'Europe/Berlin' }) nightly() {}
      @Interval(10_000, { jitterMs: 500, overlap: 'queue' }) poll() {}
      @Interval('5m', { everyWorker: true }) flush() {}
      @Cron('@hourly', { lock: false }) measure() {}
    }
    const { app } = await start([Reports], { lock: new MemoryLock(), timeZone: 'America/New_York' });
    const rows = printPlan(app.plan)
      .split('\n')
      .map((row) => row.trim());
    for (const row of [
      /^CRON +0 3 \* \* \* Europe\/Berlin +Reports\.nightly +lock > nightly$/,
      /^EVERY +10s +Reports\.poll +jitter > queue > lock > poll$/,
      /^EVERY +5m +Reports\.flush +flush$/,
      /^CRON +@hourly America\/New_York +Reports\.measure +measure$/,
    ])
      expect(rows).toContainEqual(expect.stringMatching(row));
  });

  it('adds nothing to the steps of routes', async () => {
    class Reports {
      @Interval('10m') refresh() {}
    }
    const routes = [{ method: 'GET', path: '/', handler: () => 'OK' }] as const;
    const alone = await createApp({ routes });
    const app = await createApp({ routes, providers: [Reports], services: [scheduler()] });
    expect(printPlan({ routes: app.plan.routes })).toBe(printPlan({ routes: alone.plan.routes }));
  });

  it('shows the options without the client of the lock', () => {
    const { options } = scheduler({ lock: new MemoryLock() });
    expect(options).toEqual({ timeZone: 'UTC', enabled: true, lock: 'memory', onLockError: 'skip' });
  });
});

describe('mistakes are reported at start-up', () => {
  async function findProblems(type: new () => object, options: SchedulerOptions = {}): Promise<string[]> {
    const failed = await createApp({ providers: [type], services: [scheduler(options)] }).then(
      () => ({ problems: [] }),
      (error: { problems: { code: string; place: string; fault: string; cure: string }[] }) => error,
    );
    return failed.problems.map(({ code, place, fault, cure }) => `${code} ${place}: ${fault} ${cure}`);
  }

  it('all of them together, each with its place and its cure', async () => {
    class Reports {
      @Cron('61 * * * *') first() {}
      @Cron('0 3 * * *', { timeZone: 'Europe/Berln' }) second() {}
      @Interval('soon') third() {}
      @Interval(99) fourth() {}
      @Cron(undefined as unknown as string) fifth() {}
      @Interval('often', { jitterMs: -1 }) sixth() {}
      @Interval(NaN) seventh() {}
      @Interval('1s', { jitterMs: 1001 }) eighth() {}
      @Interval('1s', { jitterMs: 1000 }) right() {}
    }
    expect(await findProblems(Reports)).toEqual([
      expect.stringMatching(
        /^OPTION_INVALID Reports\.first, @Cron\(\): "61 \* \* \* \*" cannot be read: .+ Write minute/,
      ),
      expect.stringMatching(
        /^OPTION_INVALID Reports\.second, @Cron\(\): "Europe\/Berln" is not a time zone .+ Write the name/,
      ),
      expect.stringMatching(
        /^OPTION_INVALID Reports\.third, @Interval\(\): "soon" is not an interval .+ Write a number/,
      ),
      expect.stringMatching(/^OPTION_INVALID Reports\.fourth, @Interval\(\): 99 is not an interval/),
      expect.stringMatching(/^OPTION_INVALID Reports\.fifth, @Cron\(\): The pattern is not a text/),
      expect.stringMatching(/^OPTION_INVALID Reports\.sixth, @Interval\(\): jitterMs must be/),
      expect.stringMatching(/^OPTION_INVALID Reports\.sixth, @Interval\(\): "often" is not an interval/),
      expect.stringMatching(/^OPTION_INVALID Reports\.seventh, @Interval\(\): NaN is not an interval/),
      expect.stringMatching(
        /^OPTION_INVALID Reports\.eighth, @Interval\(\): jitterMs must be at most the interval, 1000\. Change/,
      ),
    ]);
  });

  it.each([Cron, Interval])(
    'a decorator without its parentheses, when the class is defined (%p)',
    (decorator) => {
      expect(() => {
        class Reports {
          @(decorator as unknown as MethodDecorator) nightly() {}
        }
        return Reports;
      }).toThrow(`@${decorator.name} has no parentheses, so it would replace the method.`);
    },
  );

  it('two tasks of one name', async () => {
    class Reports {
      @Cron('0 3 * * *', { name: 'report' }) nightly() {}
      @Cron('0 9 * * *', { name: 'report' }) daily() {}
    }
    expect(await findProblems(Reports)).toEqual([
      'OPTION_INVALID Reports.daily, @Cron(): Another task has the name "report" too. Give one of them another name: @Cron(…, { name: \'…\' }).',
    ]);
  });

  it('two patterns on one method without names', async () => {
    class Reports {
      @Cron('0 9 * * 1-5')
      @Cron('0 11 * * 0,6')
      daily() {}
    }
    expect(await findProblems(Reports)).toEqual([
      expect.stringContaining('has the name "Reports.daily" too'),
    ]);
  });

  it.each<[CronOptions, RegExp]>([
    [{ overlap: 'wait' as never }, /overlap must be one of/],
    [{ missed: true as never }, /missed must be one of/],
    [{ jitterMs: -1 }, /jitterMs must be a whole number/],
    [{ timezone: 'UTC' } as never, /Write timeZone instead/],
    [{ name: 'a b' }, /name must be a text/],
    [{ name: '{a}' }, /name must be a text/],
    [{ lock: true }, /the scheduler has none\. Write scheduler\(\{ lock/],
    [{ lock: true, everyWorker: true }, /Remove lock or everyWorker/],
    [null as never, /must be an object/],
  ])('the options %j', async (options, problem) => {
    class Reports {
      @Cron('0 3 * * *', options) nightly() {}
    }
    const [found, ...others] = await findProblems(Reports);
    expect(found).toMatch(problem);
    expect(found).toMatch(/^OPTION_\w+ Reports\.nightly, @Cron\(\): /);
    expect(others).toEqual([]);
  });

  it('a time zone is not an option of an interval', async () => {
    class Reports {
      @Interval('1h', { timeZone: 'UTC' } as never) poll() {}
    }
    expect(await findProblems(Reports)).toEqual([expect.stringMatching(/^OPTION_UNKNOWN Reports\.poll/)]);
  });

  it.each([
    [{ timeZone: 'Berlin' }, 'timeZone must be the name of a time zone'],
    [{ lock: {} }, 'lock must be a lock'],
    [{ clock: Date }, 'clock must be a clock'],
    [{ onLockError: 'open' }, 'onLockError must be one of'],
    [{ enabled: 'yes' }, 'enabled must be true or false'],
    [{ locks: 1 }, 'Write lock instead'],
  ])('the options of the scheduler %j', (options, problem) => {
    expect(() => scheduler(options as never)).toThrow(problem);
  });

  it('a scheduler that is not there', async () => {
    class Reports {
      @Cron('0 3 * * *') nightly() {}
    }
    await expect(createApp({ providers: [Reports] })).rejects.toThrow(
      /WORK_WITHOUT_SERVICE\s+Reports\.nightly/,
    );
  });
});

describe('a run', () => {
  it('gets what is known about it, and runs on the instance of the container', async () => {
    let seen: TaskRun | undefined;
    class Reports {
      readonly title = 'the only one';

      @Cron('0 3 * * *', { name: 'report' })
      nightly(run: TaskRun) {
        seen = run;
        run.logger.info(this.title);
      }
    }
    const { app, clock, log } = await start([Reports]);
    await clock.advance('3h');
    expect(seen).toMatchObject({
      name: 'report',
      scheduledAt: new Date('2026-06-01T03:00:00Z'),
      startedAt: new Date('2026-06-01T03:00:00Z'),
      fence: 0,
    });
    expect(seen!.signal.aborted).toBe(false);
    expect(log).toEqual(['info: report: the only one']);
    await app.close();
  });

  it('is logged with its name when it fails, and the schedule goes on', async () => {
    let count = 0;
    class Reports {
      @Interval('10s') async poll() {
        throw new Error(`failure ${++count}`);
      }

      @Interval('10s') pollAtOnce() {
        throw new Error('at once');
      }
    }
    const { clock, log } = await start([Reports]);
    await clock.advance('20s');
    const expected = [1, 2].map((number) => `error: The task Reports.poll failed: failure ${number}`);
    expect(log.filter((line) => line.includes('Reports.poll failed'))).toEqual(expected);
    expect(log.filter((line) => line.includes('Reports.pollAtOnce failed: at once'))).toHaveLength(2);
  });

  it('is logged, too, when it throws something other than an error', async () => {
    class Reports {
      @Interval('10s') poll() {
        throw undefined;
      }
    }
    const { clock, log } = await start([Reports]);
    await clock.advance('20s');
    expect(log).toHaveLength(2);
  });

  it('is one of each method of a controller and of an inherited class', async () => {
    const runs: string[] = [];
    class Base {
      @Interval('10s') poll() {
        runs.push('base');
      }
    }
    class Derived extends Base {
      override poll() {
        runs.push('derived');
      }
    }
    const { clock } = await start([Derived]);
    await clock.advance('10s');
    expect(runs).toEqual(['derived']);
  });
});

it('takes methods that take a TaskRun or nothing, or else is an error of the compiler', () => {
  class Reports {
    @Interval('1m') static() {}
    @Interval('1m') protected inherited({ fence }: Pick<TaskRun, 'fence'>) {
      return fence;
    }

    // @ts-expect-error nothing gives it a text
    @Interval('1m') wrong(text: string) {
      return text;
    }
  }
  expect(Reports).toBeDefined();
  expect(() => {
    class Faulty {
      // @ts-expect-error a property is not a method
      @Interval('1m') property = 1;
    }
    return Faulty;
  }).toThrow('@Interval is on a property.');
});

describe('several patterns on one method', () => {
  it('are tasks of their own', async () => {
    const runs: string[] = [];
    class Reports {
      @Cron('0 9 * * 1-5', { name: 'week' })
      @Cron('0 11 * * 0,6', { name: 'weekend' })
      daily({ name }: TaskRun) {
        runs.push(name);
      }
    }
    const { clock } = await start([Reports], { time: '2026-06-05T00:00:00Z' });
    await clock.advance('2d');
    expect(runs).toEqual(['week', 'weekend']);
  });
});

describe('long waits', () => {
  it('are longer than a timer can be', async () => {
    let count = 0;
    class Reports {
      @Cron('0 0 29 2 *') leap() {
        count++;
      }
    }
    const { clock } = await start([Reports], { time: '2026-06-01T00:00:00Z' });
    await clock.advance('365d');
    expect(count).toBe(0);
    await clock.advance('365d');
    expect(count).toBe(1);
  });
});

describe('with enabled: false', () => {
  it('nothing runs by its schedule, and everything is checked and can be run', async () => {
    let count = 0;
    class Reports {
      @Interval('10s', { runOnStart: true }) poll() {
        return ++count;
      }
    }
    const { app, clock } = await start([Reports], { enabled: false });
    await clock.advance('1h');
    expect(count).toBe(0);
    expect(await runNow(app, Reports, 'poll')).toBe(1);
  });
});

describe('the clock of the system', () => {
  it('runs tasks at their time', async () => {
    const runs: TaskRun[] = [];
    class Reports {
      @Interval(100) poll(run: TaskRun) {
        runs.push(run);
        if (runs.length === 3) done();
      }
    }
    let done = (): void => undefined;
    const third = new Promise<void>((resolve) => (done = resolve));
    const app = await createApp({ providers: [Reports], services: [scheduler()] });
    await app.start();
    await third;
    await app.close();
    const count = runs.length;
    for (const { scheduledAt, startedAt } of runs) {
      expect(scheduledAt.getTime() % 100).toBe(0);
      expect(startedAt.getTime()).toBeGreaterThanOrEqual(scheduledAt.getTime());
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(runs).toHaveLength(count);
  });

  it('can be the one of jest', async () => {
    jest.useFakeTimers({ now: new Date('2026-03-28T12:00:00Z') });
    try {
      const runs: string[] = [];
      class Reports {
        @Cron('30 2 * * *', { timeZone: 'Europe/Berlin' }) nightly({ scheduledAt }: TaskRun) {
          runs.push(scheduledAt.toISOString());
        }
      }
      const app = await createApp({ providers: [Reports], services: [scheduler()] });
      await app.start();
      await jest.advanceTimersByTimeAsync(2 * 86_400_000);
      expect(runs).toEqual(['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z']);
      await app.close();
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });
});

it('runs the tasks of one application at a time, the one that has started', async () => {
  class Reports {
    runs = 0;
    @Interval('10s') poll() {
      this.runs++;
    }
  }
  const clock = new FakeClock(0);
  const shared = { providers: [Reports], services: [scheduler({ clock })] };
  const [first, second, third] = [await createApp(shared), await createApp(shared), await createApp(shared)];
  await first.start();
  await expect(second.start()).rejects.toThrow('belongs to another application');
  await clock.advance('10s');
  await first.close();
  await clock.advance('10s');
  await third.start();
  await clock.advance('10s');
  await third.close();
  expect([first, second, third].map((app) => app.get(Reports).runs)).toEqual([1, 0, 1]);
});

describe('runOnStart', () => {
  it('runs the task when the application starts, and by its schedule', async () => {
    const runs: TaskRun[] = [];
    class Reports {
      @Interval('10s', { runOnStart: true }) poll(run: TaskRun) {
        runs.push(run);
      }
    }
    const { clock } = await start([Reports], { time: '2026-06-01T00:00:03Z' });
    await clock.advance('10s');
    expect(runs.map(({ scheduledAt }) => scheduledAt.toISOString().slice(17, 19))).toEqual(['03', '10']);
  });
});

describe('runNow', () => {
  it('returns the result of the method, with its type, and passes its error on', async () => {
    class Reports {
      @Cron('0 3 * * *') async nightly({ name }: TaskRun) {
        return { name, rows: 3 };
      }

      @Cron('0 4 * * *') broken(): number {
        throw new RangeError('no rows');
      }

      other() {}
    }
    const clock = new FakeClock('2026-06-01T00:00:00Z');
    const app = await createApp({
      providers: [Reports],
      services: [scheduler({ clock })],
      logger: { info() {}, warn() {}, error() {} },
    });
    const result: { name: string; rows: number } = await runNow(app, Reports, 'nightly');
    expect(result).toEqual({ name: 'Reports.nightly', rows: 3 });
    await expect(runNow(app, Reports, 'broken')).rejects.toThrow(RangeError);
    await expect(runNow(app, Reports, 'other')).rejects.toThrow('Reports.other is not a task');
    await app.close();
    await expect(runNow(app, Reports, 'nightly')).rejects.toThrow(TaskBusy);
  });

  it('finds the task of a class that a test has replaced', async () => {
    class Reports {
      @Cron('0 3 * * *') nightly() {
        return 'report';
      }
    }
    class FakeReports extends Reports {
      override nightly() {
        return 'fake';
      }
    }
    const app = await createApp({
      providers: [Reports],
      overrides: [{ token: Reports, useClass: FakeReports }],
      services: [scheduler()],
    });
    expect(await runNow(app, Reports, 'nightly')).toBe('fake');
    await app.close();
  });

  it('runs a task of an application that cannot start by itself, with the one that it is mounted in', async () => {
    class Reports {
      @Cron('0 3 * * *') nightly() {
        return 'report';
      }
    }
    const inner = await createApp({ providers: [Reports], services: [scheduler()], needs: ['user'] });
    const guard: Middleware = { name: 'guard', provides: ['user'], handle: (_context, next) => next() };
    let hasStarted = false;
    const outer = await createApp({ middleware: [guard], onStart: () => void (hasStarted = true) });
    outer.mount('/inner', inner);
    expect(await runNow(inner, Reports, 'nightly')).toBe('report');
    expect(hasStarted).toBe(true);
    await outer.close();
    await expect(runNow(inner, Reports, 'nightly')).rejects.toThrow(TaskBusy);
  });
});
