import { expectAlive } from '../sockets/expect-alive';
import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

describe('A connection that is kept alive', () => {
  let server: ServerProcess;
  let connection: RawConnection;

  beforeAll(async () => {
    server = await ServerProcess.start('plain');
  });

  beforeEach(async () => {
    await server.report();
    connection = await RawConnection.open(server.port);
  });

  afterEach(async () => {
    connection.cut();
    await expectAlive(server.port);
  });

  afterAll(() => server.stop());

  it('answers one request after the other, a thousand times', async () => {
    for (let count = 0; count < 1000; count++) {
      const { body } = await connection.ask('GET', `/note?${count}`);
      expect(body.toString()).toBe(`/note?${count}`);
    }
  });

  it('answers sixteen pipelined requests in their order', async () => {
    const targets = Array.from({ length: 16 }, (_, index) => `/note?${index}`);
    connection.send(targets.map((target) => formatHead('GET', target)).join(''));
    for (const target of targets) expect((await connection.readResponse()).body.toString()).toBe(target);
  });

  it('answers pipelined requests with bodies, read and unread', async () => {
    const post = (target: string): string => `${formatHead('POST', target, 'Content-Length: 5')}12345`;
    connection.send(post('/ignore') + post('/note') + formatHead('GET', '/note?last'));
    const bodies: string[] = [];
    for (let count = 0; count < 3; count++) bodies.push((await connection.readResponse()).body.toString());
    expect(bodies).toEqual(['ignored', '/note', '/note?last']);
  });

  it('never answers out of order where the first of two pipelined requests waits', async () => {
    connection.send(formatHead('GET', '/note-later?1') + formatHead('GET', '/note?2'));
    // Builds differ: they close the connection, or answer in order.
    const first = await connection.readResponse().catch(() => undefined);
    expect([undefined, '/note-later?1']).toContain(first?.body.toString());
  });

  it('goes on after answers without a body', async () => {
    for (const [method, target, status] of [
      ['HEAD', '/', 200],
      ['GET', '/empty', 204],
      ['HEAD', '/empty', 204],
      ['GET', '/unchanged', 304],
      ['OPTIONS', '/', 204],
      ['HEAD', '/note-later', 200],
    ] as const) {
      const response = await connection.ask(method, target);
      expect([method, target, response.status, response.body.byteLength]).toEqual([
        method,
        target,
        status,
        0,
      ]);
      expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
    }
  });

  it('goes on after errors', async () => {
    for (const [method, target, status] of [
      ['GET', '/nothing', 404],
      ['DELETE', '/get', 405],
      ['PROPFIND', '/get', 501],
      ['GET', '/fails', 500],
    ] as const) {
      expect((await connection.ask(method, target)).status).toBe(status);
      expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
    }
  });

  it('goes on after a body that was not read', async () => {
    connection.send(formatHead('POST', '/ignore', 'Content-Length: 900000'), Buffer.alloc(900_000));
    expect((await connection.readResponse()).body.toString()).toBe('ignored');
    connection.send(formatHead('POST', '/nothing', 'Content-Length: 5'), '12345');
    expect((await connection.readResponse()).status).toBe(404);
    expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
  });

  it('closes after the answer when the client asks for it', async () => {
    const { body } = await connection.ask('GET', '/', 'Connection: close');
    expect(body.toString()).toBe('alive');
    expect((await connection.readToEnd()).byteLength).toBe(0);
  });

  it('closes after the answer when the program asks for it, and says so', async () => {
    const response = await connection.ask('GET', '/last');
    expect([response.body.toString(), response.header('connection')]).toEqual(['bye', 'close']);
    await connection.readToEnd();
  });

  it('takes a head that comes byte by byte', async () => {
    connection.socket.setNoDelay(true);
    for (const byte of formatHead('GET', '/headers', 'X-Slow: yes')) {
      connection.send(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { body } = await connection.readResponse();
    expect(JSON.parse(body.toString())).toMatchObject({ 'x-slow': 'yes' });
  });

  it('does not mind a head that never ends', async () => {
    connection.send('GET /note HTTP/1.1\r\nHost: a\r\nX-Un');
    const other = await RawConnection.open(server.port);
    expect((await other.ask('GET', '/')).status).toBe(200);
    other.cut();
    connection.cut();
    expect((await server.report()).notes).toEqual([]);
  });
});
