import { once } from 'node:events';
import { connect } from 'node:net';
import { createApp, type App } from '../../../src';

describe("the client's address", () => {
  let app: App;
  let port: number;
  let goOn: () => void;
  const seen: string[] = [];

  beforeAll(async () => {
    app = await createApp({
      engine: 'uws',
      routes: [
        { method: 'GET', path: '/ping', handler: () => 'pong' },
        {
          method: 'GET',
          path: '/wait',
          handler: async ({ request }) => {
            await new Promise<void>((resolve) => (goOn = resolve));
            seen.push(request.address);
            return 'too late';
          },
        },
      ],
    });
    ({ port } = await app.listen({ port: 0, handleSignals: false }));
  });

  afterAll(() => app.close({ timeoutMs: 100 }));

  /** Goes away while the handler waits, and then lets it read the address. */
  async function askWhenGone(): Promise<string> {
    const before = goOn;
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /wait HTTP/1.1\r\nHost: a\r\n\r\n');
    while (goOn === before) await fetch(`http://127.0.0.1:${port}/ping`);
    socket.destroy();
    await once(socket, 'close');
    // The engine notices the closed connection before it answers another one.
    for (let round = 0; round < 5; round++) await fetch(`http://127.0.0.1:${port}/ping`);
    const { length } = seen;
    goOn();
    while (seen.length === length) await new Promise(setImmediate);
    return seen.at(-1)!;
  }

  it('is unknown if it is first read after the client has gone, and kept on a route that has read it before', async () => {
    expect(await askWhenGone()).toBe('');
    expect(await askWhenGone()).toBe('127.0.0.1');
  });
});
