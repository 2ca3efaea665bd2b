import { ConfigurationError, createApp, guard, type App, type InjectRequest } from '@sluice/core';
import { health, type HealthOptions } from '../src';

let logged: string[];
let app: App;
beforeEach(() => (logged = []));
afterEach(() => app.close({ timeoutMs: 0 }));

const logger = {
  info: (text: string) => void logged.push(text),
  warn: (text: string) => void logged.push(text),
  error: (error: unknown, text?: string) => void logged.push(`${text}: ${String(error)}`),
};

async function make(options: HealthOptions): Promise<App> {
  return (app = await createApp({ routes: health(options), logger }));
}

async function ask(url: string, request: Partial<InjectRequest> = {}) {
  const response = await app.inject({ url, ...request });
  return [response.status, response.json()] as const;
}

/** A check that waits until its result is known. */
function makeGate() {
  const settle: ((value: unknown) => void)[] = [];
  const check = jest.fn((_signal: AbortSignal) => new Promise<unknown>((resolve) => settle.push(resolve)));
  return { check, settle };
}

describe('the example of the README', () => {
  it('lists the checks, and is not ready while one fails', async () => {
    let isUp = true;
    await make({
      checks: {
        database: async () => {
          if (!isUp) throw new Error('password wrong for postgres://ada:secret@db');
        },
        mail: { check: () => isUp, optional: true },
      },
      cacheMs: 0,
    });
    expect(await ask('/livez')).toEqual([200, { status: 'up' }]);
    const checks = { database: { status: 'up' }, mail: { status: 'up' } };
    expect(await ask('/readyz')).toEqual([200, { status: 'up', checks }]);
    isUp = false;
    const failed = { database: { status: 'down' }, mail: { status: 'down' } };
    expect(await ask('/readyz')).toEqual([503, { status: 'down', checks: failed }]);
    expect(await ask('/livez')).toEqual([200, { status: 'up' }]);
  });
});

describe('an answer', () => {
  it('is never stored, and has no body for HEAD', async () => {
    await make({ checks: { database: () => false } });
    const response = await app.inject({ url: '/readyz' });
    expect(response.header('cache-control')).toBe('no-store');
    const head = await app.inject({ method: 'HEAD', url: '/readyz' });
    expect([head.status, head.body.length]).toEqual([503, 0]);
    expect(head.header('content-length')).toBe(response.header('content-length'));
    expect((await app.inject({ method: 'POST', url: '/readyz' })).status).toBe(405);
  });

  it('is up without checks', async () => {
    await make({});
    expect(await ask('/readyz')).toEqual([200, { status: 'up' }]);
  });

  it('is degraded and ready when only an optional check fails', async () => {
    await make({ checks: { mail: { check: () => false, optional: true } } });
    expect(await ask('/readyz')).toEqual([200, { status: 'degraded', checks: { mail: { status: 'down' } } }]);
  });

  it('has messages of errors only with showErrors', async () => {
    const check = () => {
      throw new Error('secret');
    };
    await make({ checks: { check } });
    expect((await app.inject({ url: '/readyz' })).text()).not.toContain('secret');
    await app.close();
    await make({ checks: { check }, showErrors: true });
    expect(await ask('/readyz')).toMatchObject([503, { checks: { check: { error: 'secret' } } }]);
  });

  it.each([
    ['a text', 'no route', 'no route'],
    ['a number that JSON cannot carry', 1n, '1'],
    ['an object that has no text', Object.create(null), 'A value that cannot be shown as text'],
  ])('shows %s that a check throws', async (_, thrown, error) => {
    const check = () => {
      throw thrown;
    };
    await make({ checks: { check }, showErrors: true });
    expect(await ask('/readyz')).toEqual([
      503,
      { status: 'down', checks: { check: { status: 'down', error } } },
    ]);
  });

  it('leaves out the middleware of the option, and has its own paths', async () => {
    let runs = 0;
    const count = { name: 'count', handle: (_: unknown, next: () => unknown) => ((runs += 1), next()) };
    const routes = health({ livePath: '/up', readyPath: '/ready', skipMiddleware: ['count'] });
    app = await createApp({ middleware: [count], routes, logger });
    expect([(await ask('/up'))[0], (await ask('/ready'))[0], runs]).toEqual([200, 200, 0]);
    expect([(await ask('/livez'))[0], runs]).toEqual([404, 1]);
  });

  it('passes its own middleware first', async () => {
    await make({ middleware: [guard(() => 'guarded')] });
    expect((await app.inject({ url: '/readyz' })).text()).toBe('guarded');
  });
});

describe('a check', () => {
  it('runs once for all who ask at the same time, beside the others', async () => {
    const [first, second] = [makeGate(), makeGate()];
    await make({ checks: { first: first.check, second: second.check }, timeoutMs: 60_000 });
    const answers = Array.from({ length: 5 }, () => ask('/readyz'));
    while (second.settle.length === 0) await new Promise(setImmediate);
    expect(first.settle).toHaveLength(1);
    first.settle[0]!(undefined);
    second.settle[0]!(undefined);
    expect((await Promise.all(answers)).map(([status]) => status)).toEqual([200, 200, 200, 200, 200]);
    expect([first.check.mock.calls.length, second.check.mock.calls.length]).toEqual([1, 1]);
  });

  it('is not run again while its result is fresh', async () => {
    const check = jest.fn(() => true);
    await make({ checks: { check, other: { check, cacheMs: 0 } }, cacheMs: 3_600_000 });
    for (let count = 0; count < 3; count += 1) await ask('/readyz');
    expect(check).toHaveBeenCalledTimes(1 + 3);
  });

  it('has a time, after which its signal is aborted and a late result counts for nothing', async () => {
    const { check, settle } = makeGate();
    await make({ checks: { check }, timeoutMs: 10, cacheMs: 3_600_000 });
    const late = [503, { status: 'down', checks: { check: { status: 'timeout' } } }];
    expect(await ask('/readyz')).toEqual(late);
    const [signal] = check.mock.calls[0]!;
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
    settle[0]!(undefined);
    expect(await ask('/readyz')).toEqual(late);
    expect(check).toHaveBeenCalledTimes(1);
  });

  it('is run again after it hung, when its result is not fresh any more', async () => {
    const { check } = makeGate();
    check.mockImplementationOnce(() => new Promise(() => undefined)).mockImplementationOnce(async () => true);
    await make({ checks: { check: { check, timeoutMs: 10 } }, cacheMs: 0 });
    expect((await ask('/readyz'))[0]).toBe(503);
    expect((await ask('/readyz'))[0]).toBe(200);
  });

  it.each([
    [
      'its thenable throws',
      {
        then() {
          throw new Error('not now');
        },
      },
    ],
    [
      'asking whether its result is a promise throws',
      {
        get then() {
          throw new Error('not now');
        },
      },
    ],
  ])('is down when %s', async (_, result) => {
    await make({ checks: { check: () => result } });
    expect(await ask('/readyz')).toEqual([503, { status: 'down', checks: { check: { status: 'down' } } }]);
  });

  it('is logged when its status changes, and not each time', async () => {
    let result: () => unknown = () => true;
    await make({ checks: { database: () => result() }, cacheMs: 0 });
    const askTwice = async () => [await ask('/readyz'), await ask('/readyz')];
    await askTwice();
    result = () => Promise.reject(new Error('refused'));
    await askTwice();
    result = () => true;
    await askTwice();
    result = () => false;
    await askTwice();
    expect(logged).toEqual([
      'The health check "database" failed: Error: refused',
      'The health check "database" passes again',
      'The health check "database" failed',
    ]);
  });
});

describe('readiness of another application', () => {
  it('begins when it serves, and ends when it closes; no check runs before or after', async () => {
    const check = jest.fn(() => true);
    const main = await createApp({ routes: [{ method: 'GET', path: '/', handler: () => 'OK' }], logger });
    await make({ of: main, checks: { check }, cacheMs: 0 });
    expect(await ask('/readyz')).toEqual([503, { status: 'starting' }]);
    await main.inject({ url: '/' });
    expect((await ask('/readyz'))[0]).toBe(200);
    const closed = main.close();
    expect(await ask('/readyz')).toEqual([503, { status: 'closing' }]);
    expect(await ask('/livez')).toEqual([200, { status: 'up' }]);
    expect(check).toHaveBeenCalledTimes(1);
    await closed;
  });
});

/** Its check is not one of its own properties, so it would never run. */
class Checks {
  database() {
    return false;
  }
}

describe('the options of health', () => {
  beforeEach(() => make({}));

  function readCodes(options: unknown) {
    try {
      health(options as HealthOptions);
    } catch (error) {
      if (error instanceof ConfigurationError) return error.problems.map(({ code }) => code);
      throw error;
    }
    return [];
  }

  it.each([
    [{ livePath: 'livez' }],
    [{ readyPath: '/ready/:id' }],
    [{ readyPath: '/' }],
    [{ checks: [] }],
    [{ checks: new Map([['database', () => false]]) }],
    [{ checks: Promise.resolve({ database: () => false }) }],
    [{ checks: new Checks() }],
    [{ checks: { database: 'up' } }],
    [{ checks: { database: {} } }],
    [{ checks: { database: { check: true } } }],
    [{ checks: { database: { check() {}, timeout: 1 } } }],
    [{ checks: { database: { check() {}, timeoutMs: 0 } } }],
    [{ timeoutMs: 0 }],
    [{ cacheMs: -1 }],
    [{ showErrors: 'no' }],
    [{ of: 'app' }],
    [{ middleware: 'ipFilter' }],
    [{ skipMiddleware: 'accessLog' }],
  ])('reject %j', (options) => expect(readCodes(options)).toEqual(['OPTION_INVALID']));

  it('reject unknown names', () => expect(readCodes({ path: '/x' })).toEqual(['OPTION_UNKNOWN']));
});
