import { logNotices } from '../../src/app/log-notices';
import { createApp, type Logger, type Middleware } from '../../src';

const makeMiddleware = (notice?: string): Middleware => ({
  name: 'one',
  ...(notice !== undefined && { notice }),
  handle: (_, next) => next(),
});

function listen() {
  const warnings: string[] = [];
  const logger: Logger = { info() {}, warn: (text) => void warnings.push(text), error() {} };
  return { logger, warnings };
}

const routes = ['/a', '/b'].map((path) => ({ method: 'GET' as const, path, handler: () => 'ok' }));

describe('the notices of middleware', () => {
  it('are logged once when the application starts, however many routes and starts there are', async () => {
    const { logger, warnings } = listen();
    const middleware = [makeMiddleware('Mind the gap.'), makeMiddleware(), makeMiddleware('Mind the gap.')];
    const app = await createApp({ routes, middleware, logger });
    expect(warnings).toEqual([]);
    await app.start();
    await app.inject({ url: '/a' });
    app.use(makeMiddleware('Mind the step.'));
    await app.inject({ url: '/b' });
    expect(warnings).toEqual(['Mind the gap.', 'Mind the step.']);
    await app.close();
  });

  it('are those of the version for a route, and of mounted applications', async () => {
    const { logger, warnings } = listen();
    const prepared: Middleware = {
      ...makeMiddleware('Never.'),
      prepare: ({ path }) => (path === '/a' ? makeMiddleware('Only /a.') : makeMiddleware()),
    };
    const app = await createApp({ routes, middleware: [prepared], logger });
    app.mount('/inner', await createApp({ middleware: [makeMiddleware('Inside.')] }));
    await app.start();
    expect(warnings).toEqual(['Only /a.', 'Inside.']);
    await app.close();
  });

  it('are in the plan', async () => {
    const app = await createApp({ middleware: [makeMiddleware('Mind the gap.')] });
    expect(app.plan.fallback.steps[0]).toMatchObject({ name: 'one', notice: 'Mind the gap.' });
  });

  it.each([
    ['listens with TLS', true, {}, ['Use HTTPS.']],
    ['trusts a proxy', false, { trustProxy: ['private'] }, ['Use HTTPS.']],
    ['trusts the nearest proxy', false, { trustProxy: 1 }, ['Use HTTPS.']],
    ['trusts no proxy', false, { trustProxy: [] }, []],
    ['trusts the first 0 proxies', false, { trustProxy: 0 }, []],
    ['trusts a proxy in development', false, { trustProxy: 1, development: true }, []],
    ['has neither', false, {}, []],
  ])('are for HTTPS only where the application %s', async (_, hasTls, options, expected) => {
    const { logger, warnings } = listen();
    const middleware = [{ ...makeMiddleware(), noticeOverHttps: 'Use HTTPS.' }];
    const settings = { development: false, ...options };
    const { plan } = await createApp({ routes, middleware });
    const noticed = { plan: undefined, texts: new Set<string>() };
    for (const secure of [false, hasTls, false])
      logNotices({ plan, notices: [] }, { logger, noticed, settings }, secure);
    expect(warnings).toEqual(expected);
  });

  it('name state that each of several workers has for itself, in the log of the first one', async () => {
    const kept = { ...makeMiddleware(), keepsInProcess: { what: 'counters', cure: 'Give it a store.' } };
    const { plan } = await createApp({ routes, middleware: [kept, kept] });
    const read = (id: number, count: number): string[] => {
      const { logger, warnings } = listen();
      const noticed = { plan: undefined, texts: new Set<string>() };
      logNotices({ plan, notices: [] }, { logger, noticed, settings: {} }, false, { id, count });
      return warnings;
    };
    expect(read(1, 1)).toEqual([]);
    expect(read(2, 2)).toEqual([]);
    expect(read(1, 2)).toEqual([
      '  STATE_PER_WORKER  one\n    It keeps counters in memory, and each of the 2 workers has its own.\n    Give it a store.',
    ]);
  });
});
