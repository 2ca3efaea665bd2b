import {
  ConfigurationError,
  Controller,
  createApp,
  Get,
  type App,
  type AppOptions,
  type Context,
} from '@sluice/core';
import { Priority, PRIORITY, underPressure, type UnderPressureOptions } from '../src';
import { Pressure } from '../src/pressure';
import { Sampler } from '../src/sampler';

const quiet = { info() {}, warn() {}, error() {} };
let app: App;
afterEach(() => app.close({ timeoutMs: 0 }));

async function make(options: AppOptions): Promise<App> {
  return (app = await createApp({ logger: quiet, ...options }));
}

/** Asks until the status is the expected one: a sample is taken every 50 ms. */
async function askUntil(status: number, url = '/'): Promise<void> {
  const deadline = performance.now() + 20_000;
  while ((await app.inject({ url })).status !== status) {
    if (performance.now() > deadline) throw new Error(`No ${status} in time.`);
    await new Promise(setImmediate);
  }
}

describe('a refusal', () => {
  it('is one line in the log, because a stack would be more work for a process that has too much', async () => {
    const lines: string[] = [];
    const errors: unknown[] = [];
    const logger = {
      ...quiet,
      warn: (line: string) => void lines.push(line),
      error: (error: unknown) => void errors.push(error),
    };
    let finish = (): void => undefined;
    const held = new Promise<string>((resolve) => (finish = () => resolve('done')));
    await make({
      logger,
      middleware: [underPressure({ maxInFlight: 1 })],
      routes: [{ method: 'GET', path: '/', name: 'slow', handler: () => held }],
    });
    const first = app.inject({ url: '/' });
    expect((await app.inject({ url: '/' })).status).toBe(503);
    finish();
    expect((await first).status).toBe(200);
    expect(lines).toEqual([
      expect.stringMatching(/^slow \(\/\) failed: .*: The server has too much to do\. Try again later\.$/),
    ]);
    expect(errors).toEqual([]);
  });
});

describe('the example of the README', () => {
  it('refuses over the limit, by priority, and serves again', async () => {
    const held: (() => void)[] = [];
    @Controller('/reports')
    class ReportsController {
      @Get() @Priority('low') list() {
        return 'reports';
      }
      @Get('/slow') slow() {
        return new Promise<string>((resolve) => held.push(() => resolve('slow')));
      }
      @Get('/pay') @Priority('high') pay() {
        return 'paid';
      }
      @Get('/up') @Priority('always') up() {
        return 'up';
      }
    }
    await make({ controllers: [ReportsController], middleware: [underPressure({ maxInFlight: 4 })] });
    const ask = async (path: string) => (await app.inject({ url: `/reports${path}` })).status;
    expect([await ask(''), await ask('/pay')]).toEqual([200, 200]);
    const slow = Array.from({ length: 4 }, () => app.inject({ url: '/reports/slow' }));
    while (held.length < 4) await new Promise(setImmediate);
    expect([await ask(''), await ask('/slow'), await ask('/pay'), await ask('/up')]).toEqual([
      503, 503, 200, 200,
    ]);
    const refused = await app.inject({ url: '/reports/slow' });
    expect(refused.json()).toMatchObject({ status: 503, code: 'under_pressure' });
    expect(refused.header('retry-after')).toBe('5');
    for (const finish of held) finish();
    await Promise.all(slow);
    expect([await ask(''), await ask('/pay')]).toEqual([200, 200]);
  });
});

describe('a sampled limit', () => {
  const routes = [{ method: 'GET' as const, path: '/', handler: () => 'OK' }];

  it.each(['maxHeapBytes', 'maxRssBytes'] as const)('refuses over %s', async (name) => {
    await make({ routes, middleware: [underPressure({ [name]: 1, sampleMs: 50 })] });
    await askUntil(503);
  });

  it('refuses after the event loop was blocked, and serves again', async () => {
    const block = () => {
      const until = performance.now() + 400;
      while (performance.now() < until);
      return 'blocked';
    };
    const blocking = { method: 'GET' as const, path: '/block', handler: block };
    const middleware = [underPressure({ maxEventLoopDelayMs: 30, sampleMs: 100 })];
    await make({ routes: [...routes, blocking], middleware });
    await askUntil(200);
    await app.inject({ url: '/block' });
    await askUntil(503);
    await askUntil(200);
  });

  it('passes a process far below it', async () => {
    const far = { maxHeapBytes: 2 ** 50, maxRssBytes: 2 ** 50, maxEventLoopDelayMs: 1_000_000 };
    await make({ routes, middleware: [underPressure({ ...far, maxInFlight: 10 })] });
    for (let count = 0; count < 20; count += 1) expect((await app.inject({ url: '/' })).status).toBe(200);
  });
});

describe('the sampler', () => {
  it('runs from the first request until the application closes, and not again', async () => {
    const limits = { maxEventLoopDelayMs: 1000 };
    const sampler = new Sampler(new Pressure(limits), limits, 50);
    const handler = (context: Context) => void sampler.wake(context);
    await make({ routes: [{ method: 'GET', path: '/', handler }] });
    expect(sampler.isRunning).toBe(false);
    await app.inject({ url: '/' });
    expect(sampler.isRunning).toBe(true);
    const closed = app.close();
    expect(sampler.isRunning).toBe(false);
    await app.inject({ url: '/' }).catch(() => undefined);
    expect(sampler.isRunning).toBe(false);
    await closed;
  });

  it('measures a loop that was blocked for a whole sample as late for that time, not for ever', async () => {
    const limits = { maxEventLoopDelayMs: 60_000 };
    const pressure = new Pressure(limits);
    const take = jest.spyOn(pressure, 'take');
    const sampler = new Sampler(pressure, limits, 50);
    const handler = (context: Context): void => {
      sampler.wake(context);
      const until = performance.now() + 120;
      while (performance.now() < until);
    };
    await make({ routes: [{ method: 'GET', path: '/', handler }] });
    const startedAt = performance.now();
    await app.inject({ url: '/' });
    while (take.mock.calls.length === 0) await new Promise(setImmediate);
    const [{ delayMs }] = take.mock.calls[0]!;
    expect(delayMs).toBeGreaterThan(100);
    expect(delayMs).toBeLessThan(performance.now() - startedAt);
  });

  it('stops when no request has come for twenty samples', async () => {
    const sampler = new Sampler(new Pressure({ maxRssBytes: 2 ** 50 }), { maxRssBytes: 2 ** 50 }, 50);
    const handler = (context: Context) => void sampler.wake(context);
    await make({ routes: [{ method: 'GET', path: '/', handler }] });
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
    try {
      await app.inject({ url: '/' });
      jest.advanceTimersByTime(20 * 50);
      expect(sampler.isRunning).toBe(true);
      jest.advanceTimersByTime(50);
      expect(sampler.isRunning).toBe(false);
      await app.inject({ url: '/' });
      expect(sampler.isRunning).toBe(true);
    } finally {
      sampler.stop();
      jest.useRealTimers();
    }
  });
});

describe('a priority', () => {
  it('needs the middleware', async () => {
    await make({});
    const marks = [PRIORITY.of('high')];
    const routes = [{ method: 'GET' as const, path: '/', marks, handler: () => 'OK' }];
    await expect(createApp({ routes })).rejects.toMatchObject({ problems: [{ code: 'MIDDLEWARE_MISSING' }] });
  });

  it.each(['hihg', 'toString', '', 1, undefined, null])('refuses to start as %p', async (level) => {
    await make({});
    const marks = [PRIORITY.of(level as 'high')];
    const routes = [{ method: 'GET' as const, path: '/', name: 'pay', marks, handler: () => 'OK' }];
    const middleware = [underPressure({ maxInFlight: 1 })];
    await expect(createApp({ routes, middleware })).rejects.toMatchObject({
      problems: [
        {
          code: 'OPTION_INVALID',
          place: 'pay',
          fault: 'The priority must be one of "low", "normal", "high", "always".',
        },
      ],
    });
  });
});

describe('the options of underPressure', () => {
  beforeEach(() => make({}));

  function readCodes(options: unknown) {
    try {
      underPressure(options as UnderPressureOptions);
    } catch (error) {
      if (error instanceof ConfigurationError) return error.problems.map(({ code }) => code);
      throw error;
    }
    return [];
  }

  it('are in the plan', () => {
    expect(underPressure({ maxInFlight: 9 }).options).toEqual({
      maxInFlight: 9,
      sampleMs: 500,
      retryAfter: 5,
    });
  });

  it.each([
    [{ maxInFlight: 0 }, 'OPTION_INVALID'],
    [{ maxHeapBytes: '1G' }, 'OPTION_INVALID'],
    [{ maxRssBytes: 1.5 }, 'OPTION_INVALID'],
    [{ maxInFlight: 1, sampleMs: 49 }, 'OPTION_INVALID'],
    [{ maxInFlight: 1, retryAfter: 0 }, 'OPTION_INVALID'],
    [{ maxInFlights: 1, maxRssBytes: 1 }, 'OPTION_UNKNOWN'],
    [{}, 'OPTION_MISSING'],
    [{ sampleMs: 100 }, 'OPTION_MISSING'],
  ])('reject %j', (options, code) => expect(readCodes(options)).toEqual([code]));
});
