import { once } from 'node:events';
import { connect } from 'node:net';
import { createApp, type App, type Context } from '@sluice/core';
import { rateLimit } from '../src';

const ENGINES = process.env['TESTED_ENGINE'] === 'node' ? (['node'] as const) : (['uws', 'node'] as const);

describe.each(ENGINES)('on sockets, %s', (engine) => {
  let app: App;
  let bytes = 0;
  afterEach(() => app.close({ timeoutMs: 0 }));

  async function listen(): Promise<number> {
    const handler = async ({ request }: Context) => (bytes += (await request.bytes()).byteLength);
    app = await createApp({
      engine,
      middleware: [rateLimit({ limit: 1, window: 600 })],
      routes: [{ method: 'POST', path: '/', handler }],
      logger: { info() {}, warn() {}, error() {} },
    });
    return (await app.listen({ port: 0, handleSignals: false })).port;
  }

  /** Sends the head of a request and a part of its body, and reads what comes first. */
  async function ask(port: number, length: number, part: string): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: ${length}\r\n\r\n${part}`);
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return chunk.toString('latin1');
  }

  it.each([10, 100_000])('refuses a request before its body has arrived, of %i bytes', async (length) => {
    const port = await listen();
    bytes = 0;
    expect(await ask(port, 1, 'x')).toMatch(/^HTTP\/1\.1 200 /);
    expect(await ask(port, length, 'x')).toMatch(/^HTTP\/1\.1 429 /);
    expect(bytes).toBe(1);
  });
});
