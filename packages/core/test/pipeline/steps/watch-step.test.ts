import { setTimeout as sleep } from 'node:timers/promises';
import { afterwards, guard, type Context, type MiddlewareFunction, type Next } from '../../../src';
import { runRoute, type RouteParts } from '../run-route';

const ASYNC_HANDLER = async () => {
  await sleep(1);
  return 'ok';
};

function run(step: MiddlewareFunction, more: Partial<RouteParts> = {}) {
  const around = [{ name: 'careless', handle: step }];
  return runRoute({ handler: () => 'ok', around, development: true, ...more });
}

async function readFault(step: MiddlewareFunction, more: Partial<RouteParts> = {}): Promise<unknown> {
  const response = await run(step, more);
  return [response.status, response.json<{ detail: string }>().detail];
}

describe('a watched step', () => {
  it('is reported if it calls next() twice, and the inner steps run once', async () => {
    const handler = jest.fn(() => 'ok');
    const twice = (_context: Context, next: Next) => afterwards(next(), next);
    const detail = 'Error: The middleware careless called next() twice (route, /x). Call it once.';
    expect(await readFault(twice, { handler })).toEqual([500, detail]);
    expect(handler).toHaveBeenCalledTimes(1);
    const twiceLater = async (_context: Context, next: Next) => {
      await next();
      await next();
    };
    expect(await readFault(twiceLater, { handler: ASYNC_HANDLER })).toEqual([500, detail]);
  });

  it('is reported if it did not await a promise', async () => {
    const detail =
      'Error: The middleware careless returned before next() had finished (route, /x). ' +
      'Write `await next()` or `return next()`, or use afterwards(next(), …).';
    const forgets = (_context: Context, next: Next) => void next();
    const forgetsLater = async (_context: Context, next: Next) => void next();
    expect(await readFault(forgets, { handler: ASYNC_HANDLER })).toEqual([500, detail]);
    expect(await readFault(forgetsLater, { handler: ASYNC_HANDLER })).toEqual([500, detail]);
  });

  it('is reported if it neither answered nor called next()', async () => {
    const detail =
      'Error: The middleware careless neither answered nor called next() (route, /x). Return a reply, or `return next()`.';
    expect(await readFault(() => undefined)).toEqual([500, detail]);
    expect(await readFault(async () => undefined)).toEqual([500, detail]);
  });
});

describe('a watched step may have', () => {
  it.each<[string, MiddlewareFunction]>([
    ['next() returned', (_context, next) => next()],
    ['next() awaited', async (_context, next) => void (await next())],
    ['afterwards', (_context, next) => afterwards(next(), () => undefined)],
    ['a reply', () => 'ok'],
    ['a promised reply', async () => 'ok'],
    ['set a body', (context) => void (context.response.body = 'ok')],
    ['a guard', guard(() => undefined).handle],
  ])('%s', async (_name, step) => {
    for (const handler of [() => 'ok', ASYNC_HANDLER]) {
      const response = await run(step, { handler });
      expect([response.status, response.text()]).toEqual([200, 'ok']);
    }
  });

  it('not awaited next() if the inner steps were synchronous', async () => {
    expect((await run((_context, next) => void next())).text()).toBe('ok');
  });
});

describe('in production', () => {
  it('a step that neither answered nor called next() is a 500 with the code no_response', async () => {
    for (const step of [() => undefined, async () => undefined]) {
      const response = await run(step, { development: false });
      expect([response.status, response.json()]).toMatchObject([500, { code: 'no_response' }]);
    }
  });
});
