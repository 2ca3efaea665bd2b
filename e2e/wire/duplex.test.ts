import { createApp, stream, type App } from '@sluice/core';
import { formatHead, RawConnection } from '../sockets/raw-connection';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

describe('A body that is streamed back', () => {
  const SIZE = 20_000_000;
  let app: App;
  let connection: RawConnection;

  beforeAll(async () => {
    app = await createApp({
      bodyLimit: SIZE,
      routes: [
        { method: 'POST', path: '/', handler: ({ request }) => stream(request.stream()) },
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
    // The kernel may hold all of it, so the test cannot see the server wait.
    await new Promise((resolve) => setTimeout(resolve, 200));
    connection.socket.resume();
    const response = await connection.readResponse();
    expect(response.body.equals(body)).toBe(true);
  });

  it('leaves the connection to the next request', async () => {
    expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
  });
});
