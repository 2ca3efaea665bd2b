import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { connect, type Socket } from 'node:net';
import { ConfigurationError, createApp, type App, type AppOptions } from '@sluice/core';
import { metrics, type MetricsListenerOptions } from '../src';
import { makeListener } from '../src/metrics-listener';
import { parseExposition } from './parse-exposition';

describe('the listener', () => {
  let app: App | undefined;
  afterEach(() => app?.close({ timeoutMs: 0 }));

  /** Starts an application, and returns the URL of its metrics. */
  async function start(given: MetricsListenerOptions = {}, options: AppOptions = {}): Promise<string> {
    const meters = metrics();
    let url = '';
    const info = (text: string): void => {
      url = /^The metrics are at (\S+)\.$/.exec(text)?.[1] ?? url;
    };
    app = await createApp({
      middleware: [meters],
      services: [meters.listener({ port: 0, ...given })],
      logger: { info, warn() {}, error() {} },
      ...options,
    });
    await app.start();
    return url;
  }

  it('answers on a port of its own, and ends with the application', async () => {
    const url = await start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    await app!.inject({ url: '/' });
    const response = await fetch(`${url}?from=prometheus`);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const families = parseExposition(await response.text());
    expect(families.get('process_resident_memory_bytes')!.type).toBe('gauge');
    expect(families.has('http_server_request_duration_seconds')).toBe(true);
    await app!.close();
    await expect(fetch(url)).rejects.toThrow();
  });

  it('answers GET and HEAD of its path, and nothing else', async () => {
    const url = await start({ path: '/numbers' });
    expect(url).toMatch(/\/numbers$/);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, Number(head.headers.get('content-length')) > 100]).toEqual([200, true]);
    const posted = await fetch(url, { method: 'POST', body: 'x' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await fetch(new URL('/metrics', url))).status).toBe(404);
  });

  describe('with a limit of 200 ms for silence', () => {
    const short = (read: () => Promise<string>) => makeListener({ read }, { port: 0 }, 200);

    it('closes connections that say nothing, or never end what they say, so that they take no place for ever', async () => {
      const url = await start({}, { services: [short(() => Promise.resolve(''))] });
      const open = (text: string) => {
        const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' });
        socket.on('error', () => undefined).resume();
        if (text !== '') socket.write(text);
        return { socket, closed: new Promise((resolve) => socket.once('close', resolve)) };
      };
      const silent = open('');
      const endless = open('GET /metrics HTTP/1.1\r\nX-Long: ');
      const drip = setInterval(() => endless.socket.write('a'), 20);
      await Promise.all([silent.closed, endless.closed.finally(() => clearInterval(drip))]);
    });

    it('closes connections that do not read', async () => {
      const long = 'x'.repeat(64 * 1024 * 1024);
      const url = await start({}, { services: [short(() => Promise.resolve(long))] });
      const { stop, cut } = watchServer();
      try {
        const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' });
        socket.on('error', () => undefined).write('GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n');
        await cut;
        socket.destroy();
      } finally {
        stop();
      }
    });
  });

  it('is in the plan of its application as a service with its options', () => {
    const service = metrics().listener();
    expect(service).toMatchObject({
      name: 'metrics',
      options: { port: 9464, host: '127.0.0.1', path: '/metrics' },
    });
  });

  it.each([
    ['PORT_IN_USE', '127.0.0.1'],
    ['LISTEN_FAILED', '203.0.113.1'],
  ])('ends the start of the application with %s on %s', async (code, host) => {
    const port = Number(new URL(await start()).port);
    const meters = metrics();
    const logger = { info() {}, warn() {}, error() {} };
    const other = await createApp({ services: [meters.listener({ port, host })], logger });
    const error: unknown = await other.start().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).problems).toMatchObject([{ code, place: 'metrics().listener()' }]);
  });
});

/** The end of the next connection on which a server receives a request, as the server sees it. */
function watchServer() {
  const name = 'http.server.request.start';
  let look = (_message: unknown): void => undefined;
  const cut = new Promise((resolve) => {
    look = (message) => void (message as { socket: Socket }).socket.once('close', resolve);
  });
  subscribe(name, look);
  return { cut, stop: () => void unsubscribe(name, look) };
}
