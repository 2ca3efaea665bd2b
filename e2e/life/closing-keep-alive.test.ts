import { setTimeout as wait } from 'node:timers/promises';
import { createApp, type App } from '@sluice/core';
import { ENGINES } from '../sockets/engines';
import { formatHead, RawConnection } from '../sockets/raw-connection';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

const LONG_MS = 50_000;

describe.each(ENGINES)('Closing with keepAliveMs, on %s', (engine) => {
  let app: App;
  let port: number;
  let answered: number;
  let reach: () => void;
  let finish: () => void;
  let reached: Promise<void>;
  let finished: Promise<void>;

  beforeEach(async () => {
    answered = 0;
    reached = new Promise((resolve) => (reach = resolve));
    finished = new Promise((resolve) => (finish = resolve));
    app = await createApp({
      engine,
      logger: { info() {}, warn() {}, error() {} },
      routes: [
        { method: 'GET', path: '/', handler: () => (answered++, 'hello') },
        { method: 'POST', path: '/', handler: async ({ request }) => (await request.bytes()).byteLength },
        { method: 'GET', path: '/slow', handler: async () => (reach(), await finished, 'slow') },
      ],
    });
    ({ port } = await app.listen({ port: 0, handleSignals: false }));
  });

  afterEach(async () => {
    finish();
    await app.close({ timeoutMs: 0 });
  });

  /** A connection that has had an answer. */
  async function open(): Promise<RawConnection> {
    const connection = await RawConnection.open(port);
    expect((await connection.ask('GET', '/')).header('connection')).not.toBe('close');
    return connection;
  }

  it('answers one more request on each connection, whose answer closes it, and takes no new ones', async () => {
    const connections = [await open(), await open(), await open()];
    const closed = app.close({ keepAliveMs: LONG_MS });
    await expect(RawConnection.open(port)).rejects.toThrow('ECONNREFUSED');
    for (const connection of connections) {
      const { body, header } = await connection.ask('GET', '/');
      expect([body.toString(), header('connection')]).toEqual(['hello', 'close']);
      expect(await connection.readToEnd()).toHaveLength(0);
    }
    // It does not wait for the rest of the time.
    await closed;
    expect(answered).toBe(6);
  });

  it('takes the whole body of that request, and waits for its answer', async () => {
    const [writing, waiting] = [await open(), await open()];
    const closed = app.close({ keepAliveMs: LONG_MS });
    const body = Buffer.alloc(300_000);
    writing.send(formatHead('POST', '/', `Content-Length: ${body.byteLength}`), body);
    const written = await writing.readResponse();
    expect([written.body.toString(), written.header('connection')]).toEqual(['300000', 'close']);
    waiting.send(formatHead('GET', '/slow'));
    await reached;
    finish();
    const answer = await waiting.readResponse();
    expect([answer.body.toString(), answer.header('connection')]).toEqual(['slow', 'close']);
    await closed;
  });

  it('gives a request that is answered when the time is over its timeoutMs, and cuts idle connections then', async () => {
    const [idle, busy] = [await open(), await open()];
    busy.send(formatHead('GET', '/slow'));
    await reached;
    const closed = app.close({ keepAliveMs: 100, timeoutMs: LONG_MS });
    await wait(300);
    finish();
    const answer = await busy.readResponse();
    expect([answer.body.toString(), answer.header('connection')]).toEqual(['slow', 'close']);
    expect(await idle.readToEnd()).toHaveLength(0);
    await closed;
  });

  it('cuts connections that send nothing when the time is over', async () => {
    const idle = await open();
    await app.close({ keepAliveMs: 50, timeoutMs: LONG_MS });
    expect(await idle.readToEnd()).toHaveLength(0);
    await expect(RawConnection.open(port)).rejects.toThrow('ECONNREFUSED');
  });
});
