import { createApp, stream, type App } from '@sluice/core';
import { formatHead, RawConnection } from '../sockets/raw-connection';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

describe('A body that is streamed back', () => {
  // More than the kernel holds of an answer that is not read.
  const SIZE = 60_000_000;
  let taken = 0;
  let app: App;
  let connection: RawConnection;

  async function* count(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      taken += chunk.byteLength;
      yield chunk;
    }
  }

  beforeAll(async () => {
    app = await createApp({
      bodyLimit: SIZE,
      routes: [
        { method: 'POST', path: '/', handler: ({ request }) => stream(count(request.stream())) },
        { method: 'GET', path: '/', handler: () => 'alive' },
      ],
    });
    const { port } = await app.listen({ port: 0, host: '127.0.0.1', handleSignals: false });
    connection = await RawConnection.open(port);
  });

  afterAll(() => app.close({ timeoutMs: 0 }));

  it('comes back while the rest is still sent', async () => {
    connection.send(formatHead('POST', '/', 'Content-Length: 6'), 'abc');
    expect((await connection.readThrough('abc')).toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    connection.send('def');
    await connection.readThrough('def\r\n0\r\n\r\n');
  });

  it('comes back whole to a client that reads only when it has sent everything', async () => {
    const body = Buffer.alloc(SIZE, 'the body of a client');
    connection.socket.pause();
    connection.send(formatHead('POST', '/', `Content-Length: ${SIZE}`), body);
    // The server waits for the client to read, and does not hold the whole.
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(taken).toBeLessThan(SIZE);
    connection.socket.resume();
    const response = await connection.readResponse();
    expect(response.body.equals(body)).toBe(true);
  });

  it('leaves the connection to the next request', async () => {
    expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
  });
});
