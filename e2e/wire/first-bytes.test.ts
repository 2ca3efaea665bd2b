import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { createApp, jsonLines, notFound, sse, stream, type App, type Context } from '@sluice/core';
import { gzip } from '@sluice/compression';
import { cors } from '@sluice/cors';
import { formatHead, RawConnection } from '../sockets/raw-connection';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

const TEXT = { headers: { 'Content-Type': 'text/plain' } };

describe('The first bytes of a stream', () => {
  let app: App;
  let port: number;
  let logged: string[];
  /** Lets the source go on. */
  let release: () => void;
  let released: Promise<void>;

  beforeEach(() => {
    logged = [];
    released = new Promise((resolve) => (release = resolve));
  });

  afterEach(() => app.close({ timeoutMs: 0 }));

  async function listen(handler: (context: Context) => unknown): Promise<void> {
    app = await createApp({
      logger: { info() {}, warn() {}, error: (error) => void logged.push(String(error)) },
      middleware: [cors({ allowOrigins: ['https://app.example'] }), gzip({ eventStreams: true })],
      routes: [{ method: 'GET', path: '/', handler }],
    });
    ({ port } = await app.listen({ port: 0, host: '127.0.0.1', handleSignals: false }));
  }

  async function* wake(...chunks: string[]): AsyncGenerator<string> {
    await released;
    for (const chunk of chunks) {
      yield chunk;
      await wait(10);
    }
  }

  async function* failAfter(...chunks: string[]): AsyncGenerator<string> {
    yield* wake(...chunks);
    throw notFound();
  }

  /** Collects the packets of a response. */
  async function request(...lines: string[]): Promise<{ packets: Buffer[]; connection: RawConnection }> {
    const connection = await RawConnection.open(port);
    const packets: Buffer[] = [];
    connection.socket.on('data', (packet) => packets.push(packet));
    connection.send(formatHead('GET', '/', ...lines));
    return { packets, connection };
  }

  it.each<[string, (source: AsyncIterable<string>) => unknown]>([
    ['in chunks', (source) => stream(source, TEXT)],
    ['with a length', (source) => stream(source, { headers: { 'Content-Length': 6 } })],
    ['as lines', (source) => jsonLines(source)],
    ['as events', (source) => sse(source, { headAfterMs: 60_000 })],
  ])('leave with the whole head, and not before: %s', async (_, answer) => {
    await listen(() => answer(wake('one', 'two')));
    const { packets, connection } = await request();
    await wait(50);
    expect(packets).toEqual([]);
    release();
    await connection.readThrough('one');
    expect(packets[0]!.toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n[^]*one/);
    await connection.readThrough('two');
  });

  it('leave with the whole head when they are encoded', async () => {
    await listen(() => stream(wake('one', 'two'), TEXT));
    const { packets, connection } = await request('Accept-Encoding: gzip');
    await wait(50);
    expect(packets).toEqual([]);
    release();
    const { body, header } = await connection.readResponse();
    expect([header('content-encoding'), gunzipSync(body).toString()]).toEqual(['gzip', 'onetwo']);
    const [head, chunk] = packets[0]!.toString('latin1').split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(chunk).toMatch(/^[0-9a-f]+\r\n/);
  });

  it.each(['identity', 'gzip'])(
    'are a comment when events are late (%s), so a client can begin',
    async (coding) => {
      await listen(() => sse(wake('one')));
      const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { 'accept-encoding': coding } });
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
      release();
      expect(await response.text()).toBe(':\n\ndata: one\n\n');
    },
  );

  it.each<[string, (source: AsyncIterable<string>) => unknown]>([
    ['stream()', (source) => stream(source, TEXT)],
    ['jsonLines()', (source) => jsonLines(source)],
    ['sse()', (source) => sse(source)],
  ])('are those of the error where there is no chunk before it: %s', async (_, answer) => {
    await listen(() => answer(failAfter()));
    release();
    for (const coding of ['identity', 'gzip']) {
      const headers = { 'accept-encoding': coding, origin: 'https://app.example' };
      const response = await fetch(`http://127.0.0.1:${port}/`, { headers });
      expect([
        response.status,
        response.headers.get('content-type'),
        response.headers.get('access-control-allow-origin'),
      ]).toEqual([404, 'application/problem+json', 'https://app.example']);
      expect(await response.json()).toMatchObject({ status: 404 });
    }
    expect(logged).toEqual([]);
  });

  it.each<[string, (source: AsyncIterable<string>) => unknown, string]>([
    ['a chunk', (source) => stream(source, TEXT), 'one'],
    ['an event', (source) => sse(source), 'one'],
    ['a comment', (source) => sse(source, { headAfterMs: 1 }), ':\n\n'],
  ])('are followed by a cut if the error comes after %s', async (name, answer, first) => {
    await listen(() => answer(name === 'a comment' ? failAfter() : failAfter('one')));
    const { connection } = await request();
    if (name !== 'a comment') release();
    await connection.readThrough(first);
    release();
    expect((await connection.readToEnd()).toString()).not.toMatch(/\r\n0\r\n\r\n$/);
    expect(logged).toHaveLength(1);
  });
});
