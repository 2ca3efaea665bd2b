import { setTimeout as wait } from 'node:timers/promises';
import {
  ConfigurationError,
  createApp,
  guard,
  SkipMiddleware,
  Controller,
  Get,
  stream,
  type App,
  type AppOptions,
  type Context,
} from '@sluice/core';
import { metrics, type Metrics, type MetricsOptions } from '../src';
import { parseExposition, parseLabels } from './parse-exposition';

let app: App;
let logged: string[];
beforeEach(() => (logged = []));
afterEach(() => app?.close({ timeoutMs: 0 }));

const logger = {
  info() {},
  warn: (text: string) => void logged.push(text),
  error: (error: unknown, text?: string) => void logged.push(`${text}: ${String(error)}`),
};

async function make(options: MetricsOptions = {}, more: AppOptions = {}): Promise<Metrics> {
  const meters = metrics({ process: false, ...options });
  app = await createApp({ logger, middleware: [meters], ...more });
  return meters;
}

const DURATION = 'http_server_request_duration_seconds';

/** The counts of the requests by their labels, each as one text. */
async function readCounts(meters: Metrics, name = DURATION): Promise<Record<string, number>> {
  const { samples } = parseExposition(await meters.read()).get(name)!;
  return Object.fromEntries(
    [...samples].flatMap(([key, count]) =>
      key.startsWith(`${name}_count`) ? [[key.slice(name.length + 6), count]] : [],
    ),
  );
}

describe('the example of the README', () => {
  it('answers with the requests of every route, and metrics of its own', async () => {
    const meters = metrics();
    const orders = meters.counter('orders_total', { help: 'Orders.', labels: ['kind'] });
    app = await createApp({
      middleware: [meters],
      logger,
      routes: [
        {
          method: 'POST',
          path: '/orders/:kind',
          handler: ({ request }) => orders.add(1, { kind: request.param('kind')! }),
        },
        ...meters.routes({ middleware: [guard(() => undefined, 'fromInside')] }),
      ],
    });
    await app.inject({ method: 'POST', url: '/orders/book' });
    const response = await app.inject({ url: '/metrics' });
    expect(response.header('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.header('cache-control')).toBe('no-store');
    const families = parseExposition(response.text());
    expect(families.get('orders_total')).toMatchObject({ type: 'counter', help: 'Orders.' });
    expect([...families.get('orders_total')!.samples]).toEqual([['orders_total{kind="book"}', 1]]);
    expect(families.get(DURATION)!.type).toBe('histogram');
    expect(await readCounts(meters)).toEqual({
      '{http_request_method="POST",http_route="/orders/:kind",http_response_status_code="204",url_scheme="http"}': 1,
      '{http_request_method="GET",http_route="/metrics",http_response_status_code="200",url_scheme="http"}': 1,
    });
    expect(logged).toEqual([]);
  });
});

describe('a request', () => {
  it('is counted by method, route, status and scheme, and an error by its type', async () => {
    const meters = await make(
      {},
      {
        basePath: '/shop',
        routes: [
          {
            method: 'GET',
            path: '/notes/:id',
            handler: ({ request }) =>
              request.param('id') === '1' ? { id: 1 } : Promise.reject(new Error('broken')),
          },
          { method: 'ALL', path: '/all', handler: () => 'all' },
        ],
      },
    );
    await app.inject({ url: '/notes/1' });
    await app.inject({ method: 'HEAD', url: '/notes/1' });
    await app.inject({ url: '/notes/2' });
    await app.inject({ method: 'PUT', url: '/notes/2' });
    await app.inject({ method: 'DELETE', url: '/all' });
    await app.inject({ method: 'BREW', url: '/pot' });
    await app.inject({ url: '/nowhere' });
    const route = 'http_route="/shop/notes/:id"';
    expect(await readCounts(meters)).toEqual({
      [`{http_request_method="GET",${route},http_response_status_code="200",url_scheme="http"}`]: 1,
      [`{http_request_method="HEAD",${route},http_response_status_code="200",url_scheme="http"}`]: 1,
      [`{http_request_method="GET",${route},http_response_status_code="500",url_scheme="http",error_type="500"}`]: 1,
      '{http_request_method="PUT",http_response_status_code="405",url_scheme="http"}': 1,
      '{http_request_method="DELETE",http_route="/shop/all",http_response_status_code="200",url_scheme="http"}': 1,
      '{http_request_method="_OTHER",http_response_status_code="501",url_scheme="http",error_type="501"}': 1,
      '{http_request_method="GET",http_response_status_code="404",url_scheme="http"}': 1,
    });
  });

  it('falls into the first bucket whose bound is not below its duration', async () => {
    const meters = await make(
      { buckets: [0.02, 100] },
      {
        routes: [
          { method: 'GET', path: '/slow', handler: () => wait(25, 'slow') },
          { method: 'GET', path: '/fast', handler: () => 'fast' },
        ],
      },
    );
    await app.inject({ url: '/slow' });
    await app.inject({ url: '/fast' });
    const { samples } = parseExposition(await meters.read()).get(DURATION)!;
    const of = (route: string, name: string, more = ''): number | undefined =>
      samples.get(
        `${DURATION}_${name}{http_request_method="GET",http_route="${route}",http_response_status_code="200",url_scheme="http"${more}}`,
      );
    expect(['0.02', '100', '+Inf'].map((bound) => of('/slow', 'bucket', `,le="${bound}"`))).toEqual([
      0, 1, 1,
    ]);
    expect(of('/slow', 'sum')).toBeGreaterThan(0.02);
    expect(of('/fast', 'bucket', ',le="100"')).toBe(1);
  });

  it('is counted at the end of its stream', async () => {
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    async function* write() {
      yield 'first';
      await finished;
      yield 'last';
    }
    const meters = await make(
      {},
      { routes: [{ method: 'GET', path: '/stream', handler: () => stream(write()) }] },
    );
    const answer = await app.injectStream({ url: '/stream' });
    const chunks = answer.body[Symbol.asyncIterator]();
    await chunks.next();
    expect(await meters.read()).toBe('');
    finish();
    while ((await chunks.next()).done !== true);
    while ((await meters.read()) === '') await wait(1);
    expect(Object.values(await readCounts(meters))).toEqual([1]);
  });

  it('is not counted where the middleware is skipped', async () => {
    @Controller()
    class Quiet {
      @Get('/quiet')
      @SkipMiddleware('metrics')
      quiet() {
        return 'quiet';
      }
    }
    const meters = await make({}, { controllers: [Quiet] });
    await app.inject({ url: '/quiet' });
    expect(await meters.read()).toBe('');
  });

  it('has at most 200 series a route, however many statuses its handler chooses', async () => {
    const meters = await make(
      {},
      {
        routes: [
          {
            method: 'GET',
            path: '/status/:code',
            handler: ({ request, response }) => {
              response.status = Number(request.param('code'));
            },
          },
        ],
      },
    );
    for (let code = 200; code < 500; code++) await app.inject({ url: `/status/${code}` });
    const counts = await readCounts(meters);
    expect(Object.keys(counts)).toHaveLength(201);
    expect(counts['{http_route="/status/:code",otel_metric_overflow="true"}']).toBe(100);
  });

  it('shares its series with a route of the same path for another host', async () => {
    const meters = await make(
      {},
      {
        routes: ['a.example', 'b.example'].map((host) => ({
          method: 'GET' as const,
          path: '/',
          host,
          handler: () => host,
        })),
      },
    );
    await app.inject({ url: '/', headers: { host: 'a.example' } });
    await app.inject({ url: '/', headers: { host: 'b.example' } });
    expect(Object.values(await readCounts(meters))).toEqual([2]);
  });
});

describe('the metrics that have to be asked for', () => {
  it('are the active requests', async () => {
    const read = async (meters: Metrics) => [
      ...parseExposition(await meters.read()).get('http_server_active_requests')!.samples,
    ];
    let finish = (): void => undefined;
    const meters = await make(
      { activeRequests: true },
      {
        routes: [
          { method: 'GET', path: '/slow', handler: () => new Promise<void>((resolve) => (finish = resolve)) },
        ],
      },
    );
    const slow = app.inject({ url: '/slow' });
    while (!(await meters.read()).includes('active')) await wait(1);
    const series = 'http_server_active_requests{http_request_method="GET",url_scheme="http"}';
    expect(await read(meters)).toEqual([[series, 1]]);
    finish();
    await slow;
    expect(await read(meters)).toEqual([[series, 0]]);
  });

  it('are the sizes of bodies, without those that are not announced', async () => {
    const meters = await make(
      { bodySizes: true },
      {
        routes: [
          { method: 'POST', path: '/', handler: () => 'x'.repeat(2000) },
          {
            method: 'GET',
            path: '/stream',
            handler: () =>
              stream(
                (async function* () {
                  yield 'text';
                })(),
              ),
          },
        ],
      },
    );
    await app.inject({ method: 'POST', url: '/', body: 'y'.repeat(5000) });
    await app.inject({ url: '/stream' });
    const sum = async (name: string) =>
      [...parseExposition(await meters.read()).get(name)!.samples]
        .filter(([key]) => key.includes('_sum'))
        .map(([, value]) => value);
    expect(await sum('http_server_request_body_size_bytes')).toEqual([5000, 0]);
    expect(await sum('http_server_response_body_size_bytes')).toEqual([2000, 0]);
  });

  it('count the size of a response that has no body as 0', async () => {
    const answer = ({ response }: Context, status: number) => void (response.status = status);
    const meters = await make(
      { bodySizes: true },
      {
        routes: [
          { method: 'GET', path: '/', handler: () => 'text' },
          { method: 'DELETE', path: '/', handler: () => undefined },
          { method: 'GET', path: '/same', handler: (context) => answer(context, 304) },
          { method: 'GET', path: '/empty', handler: (context) => answer(context, 205) },
        ],
      },
    );
    await app.inject({ method: 'HEAD', url: '/' });
    await app.inject({ method: 'DELETE', url: '/' });
    await app.inject({ url: '/same' });
    await app.inject({ url: '/empty' });
    const sizes = parseExposition(await meters.read()).get('http_server_response_body_size_bytes')!.samples;
    const list = (name: string) => [...sizes].flatMap(([key, value]) => (key.includes(name) ? [value] : []));
    expect([list('_count'), list('_sum')]).toEqual([
      [1, 1, 1, 1],
      [0, 0, 0, 0],
    ]);
  });

  it('are not those of the process, which are there by default', async () => {
    const meters = await make({ process: true });
    const families = parseExposition(await meters.read());
    expect([...families.keys()]).toEqual([
      'process_cpu_user_seconds_total',
      'process_cpu_system_seconds_total',
      'process_cpu_seconds_total',
      'process_start_time_seconds',
      'process_resident_memory_bytes',
      'nodejs_heap_size_total_bytes',
      'nodejs_heap_size_used_bytes',
      'nodejs_external_memory_bytes',
      'nodejs_eventloop_time_seconds_total',
      'nodejs_eventloop_lag_mean_seconds',
      'nodejs_eventloop_lag_p99_seconds',
      'nodejs_eventloop_lag_max_seconds',
    ]);
    const started = families.get('process_start_time_seconds')!.samples.get('process_start_time_seconds')!;
    expect(Math.abs(started - Date.now() / 1000)).toBeLessThan(3600);
    expect(families.get('process_cpu_seconds_total')!.type).toBe('counter');
  });
});

describe('the route', () => {
  const GUARD = guard(() => undefined);

  it('is a warning at start-up if everybody can read it', async () => {
    const meters = metrics();
    app = await createApp({ logger, middleware: [meters], routes: meters.routes({ path: '/numbers' }) });
    expect((await app.inject({ url: '/numbers' })).status).toBe(200);
    expect(logged).toEqual([expect.stringMatching(/^Everybody can read the metrics at \/numbers\. /)]);
  });

  it.each([
    ['the route', [GUARD], []],
    ['the application', [], [GUARD]],
  ])('is none with a guard of %s', async (_, own, middleware) => {
    const meters = metrics();
    app = await createApp({ logger, middleware, routes: meters.routes({ middleware: own }) });
    expect((await app.inject({ url: '/metrics' })).status).toBe(200);
    expect(logged).toEqual([]);
  });

  it('runs without middleware that it names', async () => {
    const meters = await make({}, { routes: [] });
    await app.close();
    app = await createApp({
      logger,
      middleware: [meters],
      routes: meters.routes({ skipMiddleware: ['metrics'] }),
    });
    expect((await app.inject({ url: '/metrics' })).text()).toBe('');
  });
});

describe('options', () => {
  it.each([
    [{ bucket: [1] }, 'OPTION_UNKNOWN'],
    [{ buckets: [] }, 'OPTION_INVALID'],
    [{ buckets: [2, 1] }, 'OPTION_INVALID'],
    [{ buckets: [1, Infinity] }, 'OPTION_INVALID'],
    [{ registries: [{}] }, 'OPTION_INVALID'],
    [{ activeRequests: 1 }, 'OPTION_INVALID'],
  ])('are refused if they are wrong: %j', (options, code) => {
    const problems = catchProblems(() => metrics(options as MetricsOptions));
    expect(problems).toEqual([code]);
  });

  it.each([
    ['routes', { path: 'metrics' }],
    ['routes', { path: '/:any' }],
    ['listener', { port: 70_000 }],
    ['listener', { host: '' }],
  ] as const)('of %s are refused if they are wrong: %j', (name, options) => {
    expect(catchProblems(() => metrics()[name](options))).toEqual(['OPTION_INVALID']);
  });
});

function catchProblems(call: () => unknown): string[] {
  try {
    call();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ code }) => code);
    throw error;
  }
  return [];
}

describe('the parser of these tests', () => {
  it('reads labels as they were', () => {
    expect(parseLabels('a="x\\"\\\\\\n,",b=""')).toEqual({ a: 'x"\\\n,', b: '' });
    expect(() => parseLabels('a="x')).toThrow('malformed');
  });
});
