import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createApp, type App } from '@sluice/core';
import { underPressure } from '../src';

const ENGINES = process.env['TESTED_ENGINE'] === 'node' ? (['node'] as const) : (['uws', 'node'] as const);

describe.each(ENGINES)('on sockets, %s', (engine) => {
  let app: App;
  let begun: number;
  beforeEach(() => (begun = 0));
  afterEach(() => app.close({ timeoutMs: 0 }));

  function send(port: number): Socket {
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: a.example\r\n\r\n');
    return socket;
  }

  async function readHead(socket: Socket): Promise<string> {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return chunk.toString('latin1');
  }

  async function waitUntil(isTrue: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = performance.now() + 20_000;
    while (!(await isTrue())) {
      if (performance.now() > deadline) throw new Error('Not in time.');
      await new Promise(setImmediate);
    }
  }

  it('counts a request until its client has left', async () => {
    app = await createApp({
      engine,
      middleware: [underPressure({ maxInFlight: 1 })],
      routes: [
        {
          method: 'GET',
          path: '/',
          handler: ({ signal }) => {
            begun += 1;
            if (begun > 1) return 'OK';
            return new Promise((resolve) => signal.addEventListener('abort', () => resolve('late')));
          },
        },
      ],
      logger: { info() {}, warn() {}, error() {} },
    });
    const { port } = await app.listen({ port: 0, handleSignals: false });
    const held = send(port);
    await waitUntil(() => begun === 1);
    expect(await readHead(send(port))).toMatch(/^HTTP\/1\.1 503 [^]+\r\nRetry-After: 5\r\n/i);
    expect(begun).toBe(1);
    held.destroy();
    await waitUntil(async () => (await readHead(send(port))).startsWith('HTTP/1.1 200 '));
  });
});
