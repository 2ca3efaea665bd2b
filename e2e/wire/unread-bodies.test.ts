import { once } from 'node:events';
import { expectAlive } from '../sockets/expect-alive';
import { formatHead, RawConnection, type RawResponse } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

const MEBIBYTE = 1024 * 1024;
/** The bytes that the server drops or takes in one go, and those that the kernel holds on both sides. */
const MOST_TAKEN = 96 * MEBIBYTE;
const ENDLESS = 'Content-Length: 900000000000';
const CHUNKED = 'Transfer-Encoding: chunked';
const LAST_CHUNK = Buffer.from('0\r\n\r\n');
const CHUNK = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536), Buffer.from('\r\n')]);

/** Sends chunks until the connection ends, and returns the number of bytes that were taken. */
async function pushEndlessly({ socket }: RawConnection): Promise<number> {
  const closed = once(socket, 'close').catch(() => undefined);
  let isOpen = !socket.destroyed;
  void closed.then(() => (isOpen = false));
  while (isOpen && socket.bytesWritten < 4 * MOST_TAKEN)
    if (!socket.write(CHUNK)) await Promise.race([once(socket, 'drain').catch(() => undefined), closed]);
  return socket.bytesWritten - socket.writableLength;
}

/** Requests with a body without end, and the status of their answers. */
const ENDLESS_BODIES = [
  ['GET', '/get', ENDLESS, 200],
  ['GET', '/get', CHUNKED, 200],
  ['GET', '/later', CHUNKED, 200],
  ['HEAD', '/now', CHUNKED, 200],
  ['DELETE', '/empty', CHUNKED, 204],
  ['GET', '/no-route', CHUNKED, 404],
  ['POST', '/now', CHUNKED, 200],
  ['POST', '/later', CHUNKED, 200],
  ['POST', '/large', CHUNKED, 200],
  ['POST', '/guarded', CHUNKED, 401],
  ['POST', '/no-route', ENDLESS, 404],
  ['POST', '/read', CHUNKED, 413],
  ['POST', '/read', ENDLESS, 413],
  ['POST', '/follow', CHUNKED, 413],
] as const;

describe('A body without end', () => {
  const outcomes = new Map<unknown, { response: RawResponse; taken: number }>();
  let server: ServerProcess;

  // The server waits some seconds for a client that has its answer, so all clients come at once.
  beforeAll(async () => {
    server = await ServerProcess.start('bodies');
    await Promise.all(
      ENDLESS_BODIES.map(async (one) => {
        const [method, target, line, status] = one;
        const connection = await RawConnection.open(server.port);
        connection.send(formatHead(method, target, line));
        if (status === 413 && line === CHUNKED) connection.send(...Array<Buffer>(66).fill(CHUNK));
        const response = await connection.readResponse({ isHead: method === 'HEAD' });
        outcomes.set(one, { response, taken: await pushEndlessly(connection) });
      }),
    );
  });

  afterAll(() => server.stop());

  it.each(ENDLESS_BODIES.map((one) => [...one, one] as const))(
    'is cut off, after the whole answer: %s %s, %s, %d',
    (_method, _target, _line, status, one) => {
      const { response, taken } = outcomes.get(one)!;
      expect([response.status, response.header('connection')]).toEqual([status, 'close']);
      expect(taken).toBeLessThan(MOST_TAKEN);
    },
  );

  it('leaves the server alive', () => expectAlive(server.port));

  it('is no longer received beyond the limit, if the reader of its stream has left', async () => {
    const connection = await RawConnection.open(server.port);
    connection.send(formatHead('POST', '/leave', CHUNKED));
    await Promise.race([pushEndlessly(connection), new Promise((resolve) => setTimeout(resolve, 2000))]);
    const { bytesWritten, writableLength } = connection.socket;
    expect(bytesWritten - writableLength).toBeLessThan(MOST_TAKEN);
    connection.cut();
  });
});

describe('A connection whose request body was not read', () => {
  let server: ServerProcess;
  let connection: RawConnection;

  beforeAll(async () => {
    server = await ServerProcess.start('bodies');
  });

  afterAll(() => server.stop());

  beforeEach(async () => {
    connection = await RawConnection.open(server.port);
  });

  afterEach(() => connection.cut());

  it.each([
    ['GET', '/now'],
    ['POST', '/now'],
    ['POST', '/later'],
    ['POST', '/guarded'],
    ['POST', '/no-route'],
  ])('serves the next request if the body is short: %s %s', async (method, target) => {
    for (let round = 0; round < 2; round++) {
      connection.send(formatHead(method, target, 'Content-Length: 5') + '12345');
      expect((await connection.readResponse()).header('connection')).not.toBe('close');
    }
    expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
  });

  it.each([
    ['refused by its length', '/read', 'Content-Length: 2000000', Buffer.alloc(2_000_000)],
    ['refused in chunks', '/read', CHUNKED, Buffer.concat([...Array<Buffer>(30).fill(CHUNK), LAST_CHUNK])],
    ['answered early', '/now', CHUNKED, Buffer.concat([...Array<Buffer>(30).fill(CHUNK), LAST_CHUNK])],
  ])('never runs another request after it was %s', async (_, target, line, body) => {
    connection.send(formatHead('POST', target, line), body.subarray(0, 1_500_000));
    await connection.readThrough('\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 100));
    connection.send(body.subarray(1_500_000), formatHead('GET', '/note?behind'));
    await connection.readToEnd();
    expect((await server.report()).notes).toEqual([]);
  });

  it.each([
    ['over the limit', '/read', 'Content-Length: 3000000', 413],
    ['over the limit, in chunks', '/read', CHUNKED, 413],
    ['answered early, in chunks', '/guarded', CHUNKED, 401],
    ['answered early, and the last one', '/guarded', 'Content-Length: 900000\r\nConnection: close', 401],
  ])('has its answer although it reads only after it has sent all: %s', async (_, target, line, status) => {
    const size = Buffer.from('2dc6c0\r\n');
    connection.send(formatHead('POST', target, line), line === CHUNKED ? size : '');
    connection.socket.pause();
    for (let sent = 0; sent < (line.includes('900000') ? 900_000 : 3_000_000); sent += 100_000) {
      connection.send(Buffer.alloc(100_000));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    connection.socket.resume();
    expect((await connection.readResponse()).status).toBe(status);
  });
});

describe('The last answer of a connection', () => {
  it.each(['/last', '/last-large', '/last-stream', '/last-counted', '/last-empty'])(
    'is whole, and no other request is run after it: %s',
    async (target) => {
      const server = await ServerProcess.start('bodies');
      try {
        const connection = await RawConnection.open(server.port);
        connection.send(formatHead('GET', target));
        const response = await connection.readResponse();
        expect(response.header('connection')).toBe('close');
        expect(response.body.toString()).toBe(
          'last'.repeat(target === '/last-empty' ? 0 : target === '/last-large' ? 100_000 : 1),
        );
        connection.send(formatHead('GET', '/note?after'));
        // The engine closes the connection after some seconds; until then it must not read it.
        for (let count = 0; count < 10; count++) await expectAlive(server.port);
        connection.cut();
        expect((await server.report()).notes).toEqual([]);
      } finally {
        await server.stop();
      }
    },
  );
});

/** The bytes that come of an upload of 4 MB: a little more than is held, and more than the kernel holds in one piece. */
const SENT = [100_000, 3_000_000];

describe('A client that leaves while its upload has to wait', () => {
  // The engine may notice it after many seconds, so both leave at once.
  it('is noticed although the handler reads nothing', async () => {
    const server = await ServerProcess.start('bodies');
    try {
      const connections = await Promise.all(SENT.map(async () => RawConnection.open(server.port)));
      for (const [index, connection] of connections.entries())
        connection.send(formatHead('POST', '/hold', 'Content-Length: 4000000'), Buffer.alloc(SENT[index]!));
      await waitForNotes(server, 'holding');
      await new Promise((resolve) => setTimeout(resolve, 200));
      for (const connection of connections) connection.cut();
      await waitForNotes(server, 'client has gone');
    } finally {
      await server.stop();
    }
  });
});

/** Waits for a note of each of the uploads. */
async function waitForNotes(server: ServerProcess, note: string): Promise<void> {
  const notes = await server.waitForNotes(({ length }) => length >= SENT.length);
  expect(notes).toEqual(SENT.map(() => note));
}
