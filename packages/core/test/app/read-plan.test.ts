import { ConfigurationError, createApp, type Logger, type Plan, type PlanReader } from '../../src';

function makeReader(warnings: readonly string[] = []) {
  const read: Plan[] = [];
  const readPlan: PlanReader = (plan) => {
    read.push(plan);
    return warnings;
  };
  return { read, route: { method: 'GET' as const, path: '/plan', handler: () => 'plan', readPlan } };
}

const route = (path: string) => ({ method: 'GET' as const, path, handler: () => path });
const listPaths = (plan: Plan | undefined) => plan?.routes.map(({ info }) => info.path);

describe('a route that reads the plan', () => {
  it('gets the plan of the application whenever it is made', async () => {
    const { read, route: reader } = makeReader();
    const app = await createApp({ routes: [route('/a'), reader] });
    expect([read.length, read[0]]).toEqual([1, app.plan]);
    app.use((_, next) => next());
    expect(app.plan).toBe(read[1]);
  });

  it('gets only the routes of its own application where that is mounted', async () => {
    const outer = makeReader();
    const inner = makeReader();
    const app = await createApp({ routes: [route('/a'), outer.route] });
    app.mount('/in', await createApp({ routes: [route('/b'), inner.route] }));
    expect(listPaths(outer.read.at(-1))).toEqual(['/a', '/plan', '/in/b', '/in/plan']);
    expect(listPaths(inner.read.at(-1))).toEqual(['/in/b', '/in/plan']);
    expect(inner.read.at(-1)?.fallback.info.path).toBe('/in/*');
  });

  it('gets the shape of errors of its own application, and not of one that is mounted in it', async () => {
    const shapes = { outer: () => 'outer', innermost: () => 'innermost' };
    for (const formatError of [undefined, shapes.outer]) {
      const reader = makeReader();
      const inner = await createApp({ routes: [reader.route] });
      inner.mount('/further', await createApp({ routes: [route('/b')], formatError: shapes.innermost }));
      const app = await createApp({ ...(formatError && { formatError }) });
      app.mount('/in', inner);
      expect(reader.read.at(-1)?.formatError).toBe(formatError);
    }
    const own = makeReader();
    const app = await createApp({ formatError: shapes.outer });
    app.mount('/in', await createApp({ routes: [own.route], formatError: shapes.innermost }));
    expect(own.read.at(-1)?.formatError).toBe(shapes.innermost);
  });

  it('refuses to start with what it throws', async () => {
    const problem = { code: 'OPTION_INVALID' as const, place: 'here', fault: 'No.', cure: 'Yes.' };
    const readPlan = () => {
      throw new ConfigurationError([problem]);
    };
    await expect(createApp({ routes: [{ ...route('/a'), readPlan }] })).rejects.toMatchObject({
      problems: [problem],
    });
  });

  it('reports another error as a mistake of the route', async () => {
    const readPlan = () => {
      throw new TypeError('boom');
    };
    const failure = await createApp({ routes: [{ ...route('/a'), readPlan }] }).catch(
      (error: unknown) => error,
    );
    expect((failure as ConfigurationError).problems).toMatchObject([
      { code: 'ROUTE_READER_FAILED', place: 'handler', fault: 'readPlan threw: boom' },
    ]);
  });

  it('warns once, when the application starts', async () => {
    const warned: string[] = [];
    const logger: Logger = { info() {}, warn: (text) => void warned.push(text), error() {} };
    const app = await createApp({ routes: [makeReader(['Mind the gap.']).route], logger });
    expect(warned).toEqual([]);
    await app.inject({ url: '/plan' });
    app.use((_, next) => next());
    await app.inject({ url: '/plan' });
    expect(warned).toEqual(['Mind the gap.']);
  });
});
