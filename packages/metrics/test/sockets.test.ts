import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createApp, guard, stream, type App, type Context, type PlainRoute } from '@sluice/core';
import { metrics, type Metrics } from '../src';
import { parseExposition, parseLabels } from './parse-exposition';

const ENGINES = process.env['TESTED_ENGINE'] === 'node' ? (['node'] as const) : (['uws', 'node'] as const);
const DURATION = 'http_server_request_duration_seconds';
const REQUESTS = 10_000;
const AT_ONCE = 100;

/** Numbers that look random and are the same in every run. */
function* makeNumbers(): Generator<number, never> {
  for (let seed = 42; ;) {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    yield seed;
  }
}

describe.each(ENGINES)('on sockets, %s', (engine) => {
  let app: App;
  let meters: Metrics;
  afterEach(() => app.close({ timeoutMs: 0 }));

  async function listen(routes: readonly PlainRoute[]): Promise<number> {
    meters = metrics({ process: false });
    const logger = { info() {}, warn() {}, error() {} };
    app = await createApp({ engine, routes, middleware: [meters], logger });
    return (await app.listen({ port: 0, handleSignals: false })).port;
  }

  async function readSeries(): Promise<{ labels: Record<string, string>; count: number }[]> {
    const { samples } = parseExposition(
      `${await meters.read()}# HELP end End.\n# TYPE end gauge\nend 1\n`,
    ).get(DURATION) ?? { samples: new Map<string, number>() };
    return [...samples].flatMap(([key, count]) =>
      key.startsWith(`${DURATION}_count`)
        ? [{ labels: parseLabels(key.slice(DURATION.length + 7, -1)), count }]
        : [],
    );
  }

  /** Waits for the only series. */
  async function waitForOne(): Promise<Record<string, string>> {
    let series = await readSeries();
    for (; series.length === 0; series = await readSeries()) await wait(5);
    expect(series.map(({ count }) => count)).toEqual([1]);
    return series[0]!.labels;
  }

  it('has no series of paths, hosts and methods that clients invent', async () => {
    const port = await listen([
      { method: 'GET', path: '/notes/:id', handler: () => 'note' },
      { method: 'GET', path: '/files/*', handler: () => 'file' },
    ]);
    const numbers = makeNumbers();
    const pick = (): string => numbers.next().value.toString(36);
    // The parser of Node knows a list of methods and refuses every other one, before there is a request.
    const known = ['GET', 'PURGE', 'MKCOL', 'PROPFIND', 'SEARCH', 'LOCK', 'OPTIONS'];
    const pickMethod = (): string =>
      engine === 'node' ? known[numbers.next().value % known.length]! : pick().toUpperCase();
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.setEncoding('latin1').on('data', (text: string) => (received += text));
    const countAnswers = (): number => received.split('HTTP/1.1 ').length - 1;
    for (let sent = 0; sent < REQUESTS; sent += AT_ONCE) {
      received = '';
      for (let count = 0; count < AT_ONCE; count++) {
        const target = [`/${pick()}`, `/notes/${pick()}`, `/files/${pick()}/${pick()}`][count % 3]!;
        const method = count % 2 === 0 ? 'GET' : pickMethod();
        socket.write(`${method} ${target} HTTP/1.1\r\nHost: ${pick()}.example\r\n\r\n`);
      }
      while (countAnswers() < AT_ONCE) await once(socket, 'data');
    }
    socket.destroy();
    const series = await readSeries();
    expect(series.reduce((sum, { count }) => sum + count, 0)).toBe(REQUESTS);
    const routes = new Set(series.map(({ labels }) => labels['http_route']));
    expect([...routes].sort()).toEqual(['/files/*', '/notes/:id', undefined]);
    const methods = new Set(series.map(({ labels }) => labels['http_request_method']!));
    expect([...methods].filter((method) => !['GET', 'OPTIONS', '_OTHER'].includes(method))).toEqual([]);
    expect(methods).toContain('_OTHER');
    expect(series.length).toBeLessThan(15);
  });

  it.each<[string, (resolve: (value: string) => void, reject: (error: Error) => void) => void]>([
    ['answers', (resolve) => resolve('late')],
    ['fails', (_, reject) => reject(new Error('The work was stopped.'))],
  ])(
    'counts a request whose client left before its handler %s as aborted, without a status, because none was sent',
    async (_, end) => {
      let enter = (): void => undefined;
      const entered = new Promise<void>((resolve) => (enter = resolve));
      const handler = ({ signal }: Context): Promise<string> => {
        enter();
        return new Promise((resolve, reject) => signal.addEventListener('abort', () => end(resolve, reject)));
      };
      const port = await listen([{ method: 'GET', path: '/', handler }]);
      const asking = request({ port, host: '127.0.0.1' }).on('error', () => undefined);
      asking.end();
      await entered;
      asking.destroy();
      expect(await waitForOne()).toEqual({
        http_request_method: 'GET',
        http_route: '/',
        url_scheme: 'http',
        error_type: 'aborted',
      });
    },
  );

  it.each([
    ['aborted', 'its client left'],
    ['broken', 'its source failed'],
  ])('counts a stream as %s if %s before its end', async (end) => {
    let fail = (): void => undefined;
    const failed = new Promise<void>((_, reject) => (fail = () => reject(new Error('The source failed.'))));
    async function* write() {
      yield 'first';
      await failed;
    }
    const port = await listen([{ method: 'GET', path: '/', handler: () => stream(write()) }]);
    const asking = request({ port, host: '127.0.0.1' }).on('error', () => undefined);
    asking.end();
    const [answer] = (await once(asking, 'response')) as [import('node:http').IncomingMessage];
    answer.on('error', () => undefined);
    await once(answer, 'data');
    if (end === 'aborted') {
      asking.destroy();
      while ((await readSeries()).length === 0) await wait(5);
    }
    fail();
    expect(await waitForOne()).toMatchObject({ http_response_status_code: '200', error_type: end });
  });

  it('is read through the route, also with HEAD', async () => {
    meters = metrics({ process: false });
    const routes = meters.routes({ middleware: [guard(() => undefined)] });
    app = await createApp({
      engine,
      routes,
      middleware: [meters],
      logger: { info() {}, warn() {}, error() {} },
    });
    const { url } = await app.listen({ port: 0, handleSignals: false });
    const head = await fetch(`${url}/metrics`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(parseExposition(text).get(DURATION)!.samples.size).toBe(17);
  });
});
