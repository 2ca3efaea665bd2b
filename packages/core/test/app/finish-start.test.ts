import { createApp, type Middleware, type PlainRoute } from '../../src';

const logger = { info() {}, warn() {}, error() {} };

function makeMiddleware(seen: string[], name = 'warm'): Middleware {
  return {
    name,
    runsAtStart: true,
    handle(context, next) {
      seen.push(`${name} ${context.request.method} ${context.request.target}`);
      return next();
    },
  };
}

async function makeApp(seen: string[], handler: PlainRoute['handler'], path = '/page') {
  const outer: Middleware = { name: 'outer', handle: (_, next) => (seen.push('outer'), next()) };
  const inner: Middleware = { name: 'inner', handle: (_, next) => (seen.push('inner'), next()) };
  const middleware = [outer, makeMiddleware(seen), inner];
  return createApp({
    routes: [{ method: 'GET', path, name: 'page', middleware, handler }],
    logger,
    onStart: () => void seen.push('started'),
    onStop: () => void seen.push('stopped'),
  });
}

describe('a middleware that runs at the start', () => {
  it('runs once for its route, with the steps inside it, when everything has started', async () => {
    const seen: string[] = [];
    const app = await makeApp(seen, () => 'page');
    expect(seen).toEqual([]);
    await app.start();
    expect(seen).toEqual(['started', 'warm GET /page', 'inner']);
    await app.inject({ url: '/page' });
    expect(seen.slice(3)).toEqual(['outer', 'warm GET /page', 'inner']);
  });

  it('runs the clean-ups and background tasks of that request', async () => {
    const seen: string[] = [];
    const app = await makeApp(seen, (context) => {
      context.background(() => seen.push('task'));
      context.onCleanup(() => seen.push('clean-up'));
      return 'page';
    });
    await app.start();
    expect(seen.slice(3)).toEqual(['task', 'clean-up']);
  });

  it('runs in mounted applications, too', async () => {
    const seen: string[] = [];
    const outer = await createApp({ logger });
    outer.mount('/inner', await makeApp(seen, () => 'page'));
    await outer.start();
    expect(seen).toContain('warm GET /inner/page');
  });

  it.each<[string, PlainRoute['handler']]>([
    ['an error', () => Promise.reject(new Error('no route to host'))],
    ['another status', ({ response }) => void (response.status = 404)],
  ])('stops the start, and what had started, with %s', async (_, handler) => {
    const seen: string[] = [];
    const app = await makeApp(seen, handler);
    await expect(app.start()).rejects.toMatchObject({ problems: [{ code: 'START_FAILED', place: 'page' }] });
    expect(app.phase).toBe('closing');
    expect(seen.at(-1)).toBe('stopped');
  });
});
