import { setTimeout as wait } from 'node:timers/promises';
import { createApp, type App, type Context } from '@sluice/core';
import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';
import { until } from '../sockets/until';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

const MEGABYTE = 1024 * 1024;
const NOW = formatHead('GET', '/now');
const LATER = formatHead('GET', '/later');

describe('A pipelined request on node:http whose client has gone', () => {
  let app: App;
  let connection: RawConnection;
  let seen: string[];

  const begin = ({ onCleanup, request }: Pick<Context, 'onCleanup' | 'request'>): void => {
    seen.push(`begins ${request.path}`);
    onCleanup(() => seen.push(`cleans up ${request.path}`));
  };

  beforeEach(async () => {
    seen = [];
    app = await createApp({
      engine: 'node',
      logger: { info() {}, warn() {}, error: (error: unknown) => seen.push(`logs ${String(error)}`) },
      middleware: [(context, next) => (begin(bind(context)), next())],
      routes: [
        { method: 'GET', path: '/now', handler: () => 'now' },
        { method: 'GET', path: '/large', handler: () => Buffer.alloc(32 * MEGABYTE) },
        {
          method: 'GET',
          path: '/later',
          handler: ({ signal }) => wait(60_000, 'late', { signal }).catch(() => 'never'),
        },
        { method: 'GET', path: '/stream', handler: ({ signal }) => count(signal) },
        { method: 'POST', path: '/body', handler: ({ request }) => request.text() },
        { method: 'POST', path: '/upload', handler: async ({ request }) => (await wait(1), request.text()) },
      ],
    });
    const { port } = await app.listen({ port: 0, handleSignals: false });
    connection = await RawConnection.open(port);
  });

  afterEach(() => app.close({ timeoutMs: 0 }));

  it.each([
    ['behind an answer', NOW, LATER, 1],
    ['behind two answers', NOW + NOW, LATER, 2],
    ['as a stream', NOW, formatHead('GET', '/stream'), 2],
    ['with a body that a step reads', NOW, formatHead('POST', '/body', 'Content-Length: 5') + 'he', 1],
    ['with a body that the handler reads', NOW, formatHead('POST', '/upload', 'Content-Length: 5') + 'he', 1],
    ['with a chunked body', NOW, `${formatHead('POST', '/upload', 'Transfer-Encoding: chunked')}5\r\nhe`, 1],
  ])('ends %s', async (_, before, request, answers) => {
    connection.send(before, request);
    for (let count = 0; count < answers; count++) await connection.readThrough('HTTP/1.1 200 OK');
    await wait(20);
    await leave();
    // It would wait for a request that is in flight.
    await app.close({ timeoutMs: 50_000 });
    expect(seen.filter((entry) => entry.startsWith('cleans up'))).toEqual(
      seen.filter((entry) => entry.startsWith('begins')).map((entry) => entry.replace('begins', 'cleans up')),
    );
    expect(seen.filter((entry) => entry.startsWith('logs'))).toEqual([]);
  });

  it('ends as a stream behind answers that were not sent', async () => {
    connection.send(NOW.repeat(20), formatHead('GET', '/stream'));
    await leave();
    await app.close({ timeoutMs: 50_000 });
    expect(seen.filter((entry) => entry.startsWith('cleans up'))).toHaveLength(
      seen.filter((entry) => entry.startsWith('begins')).length,
    );
    expect(seen.filter((entry) => entry.startsWith('logs'))).toEqual([]);
  });

  it('does not run behind a request that waits, or an answer that was not read', async () => {
    connection.send(formatHead('GET', '/large'), LATER, NOW);
    await connection.readThrough('HTTP/1.1 200 OK');
    connection.socket.pause();
    await leave();
    await app.close({ timeoutMs: 50_000 });
    expect(seen).toEqual(['begins /large', 'cleans up /large']);
  });

  /** Resets the connection. */
  function leave(): Promise<void> {
    const closed = new Promise<void>((resolve) => connection.socket.once('close', () => resolve()));
    connection.socket.resetAndDestroy();
    return closed;
  }

  function bind(context: Context): Pick<Context, 'onCleanup' | 'request'> {
    return { request: context.request, onCleanup: (cleanup) => context.onCleanup(cleanup) };
  }

  async function* count(signal: AbortSignal): AsyncGenerator<string> {
    yield 'first';
    await wait(60_000, undefined, { signal }).catch(() => undefined);
  }
});

describe('Pipelined requests on node:http', () => {
  it.each([
    ['a stream that fails', formatHead('GET', '/fails'), ['200']],
    [
      'a body that is not framed',
      `${formatHead('POST', '/body', 'Transfer-Encoding: chunked')}x\r\n`,
      ['400'],
    ],
    ['bytes that are not a request', 'no request\r\n\r\n', ['400']],
    ['the last answer', `${formatHead('GET', '/now', 'Connection: close')}no request\r\n\r\n`, ['200']],
  ])('are all answered before %s', async (_, last, statuses) => {
    const app = await createApp({
      engine: 'node',
      logger: { info() {}, warn() {}, error() {} },
      routes: [
        { method: 'GET', path: '/now', handler: () => 'now' },
        { method: 'GET', path: '/fails', handler: () => fail() },
        { method: 'POST', path: '/body', handler: ({ request }) => request.text() },
      ],
    });
    const { port } = await app.listen({ port: 0, handleSignals: false });
    const connection = await RawConnection.open(port);
    connection.send(NOW.repeat(20) + last);
    const received = (await connection.readToEnd()).toString('latin1');
    const found = [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    expect(found).toEqual([...Array<string>(20).fill('200'), ...statuses]);
    await app.close({ timeoutMs: 0 });
  });

  async function* fail(): AsyncGenerator<string> {
    yield await Promise.resolve('first');
    throw new Error('It fails.');
  }

  it('do not stop other clients: 100,000 of them are answered in turns', async () => {
    await using server = await ServerProcess.start('unread', { SLUICE_ENGINE: 'node' });
    const honest = await RawConnection.open(server.port);
    const flooder = await RawConnection.open(server.port);
    flooder.send(formatHead('GET', '/text/1').repeat(100_000));
    await flooder.readThrough('HTTP/1.1 200 OK');
    const served = Number((await honest.ask('GET', '/count')).body.toString());
    expect(served).toBeLessThan(20_000);
  });

  it('wait in a bounded number, and a client that sends more loses its connection', async () => {
    await using server = await ServerProcess.start('plain', { SLUICE_ENGINE: 'node' });
    const first = formatHead('POST', '/held?ms=60000', 'Content-Length: 1');
    const flood = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(20_000);
    const { residentBytes } = await server.report();
    const flooders = await Promise.all(Array.from({ length: 40 }, () => RawConnection.open(server.port)));
    for (const flooder of flooders) flooder.send(first, '1', flood);
    // One packet of each is read, and seven of those fill the room.
    let left = flooders.length;
    for (const flooder of flooders) void flooder.readToEnd().then(() => left--);
    await until(() => left <= 10);
    const honest = await RawConnection.open(server.port);
    honest.send(formatHead('GET', '/note-later'), formatHead('GET', '/').repeat(50));
    for (let count = 0; count < 51; count++) expect((await honest.readResponse()).status).toBe(200);
    expect((await server.report()).mostResidentBytes - residentBytes).toBeLessThan(320 * MEGABYTE);
  });
});
