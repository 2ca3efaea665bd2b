import { formatHead, RawConnection } from '../sockets/raw-connection';
import { IS_STRICT } from '../sockets/is-strict';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

const MEGABYTE = 1024 * 1024;
/** The memory that one client may take: what the kernel does not count, garbage, and one answer beyond the socket. */
const ROOM = (IS_STRICT ? 192 : 64) * MEGABYTE;

describe('A client that does not read', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.start('unread');
    // The first requests take memory once.
    await flood('GET', '/text/60000', 1);
  });

  afterAll(() => server.stop());

  it.each([
    ['GET', '/text/65536'],
    ['GET', '/bytes/65536'],
    ['GET', '/text/5000'],
    ['GET', '/text/1000'],
    ['GET', '/text/10'],
    ['HEAD', '/text/1000'],
    ['GET', '/empty'],
    ['GET', '/unchanged'],
    ['GET', '/missing'],
    ['GET', '/no-route'],
  ])('takes a bounded amount of memory with %s %s', async (method, target) => {
    await server.report();
    const { residentBytes } = await server.report();
    await flood(method, target, 48);
    expect((await server.report()).mostResidentBytes - residentBytes).toBeLessThan(ROOM);
    expect((await (await RawConnection.open(server.port)).ask('GET', '/alive')).status).toBe(200);
  });

  /** Sends requests of so many megabytes one behind the other; ends early when the connection does. */
  async function flood(method: string, target: string, megabytes: number): Promise<void> {
    const { socket } = await RawConnection.open(server.port);
    socket.pause();
    let isOpen = true;
    const closed = new Promise<void>((resolve) => socket.once('close', () => ((isOpen = false), resolve())));
    const head = Buffer.from(formatHead(method, target));
    const batch = Buffer.concat(Array<Buffer>(Math.ceil(65_536 / head.byteLength)).fill(head));
    for (let sent = 0; isOpen && sent < megabytes * MEGABYTE; sent += batch.byteLength) {
      if (socket.write(batch)) continue;
      const drained = new Promise<void>((resolve) => socket.once('drain', resolve));
      // A server that reads no more ends the flood too.
      const stalled = new Promise<void>((resolve) => setTimeout(resolve, 2000).unref());
      await Promise.race([drained, closed, stalled.then(() => (isOpen = false))]);
    }
    socket.destroy();
  }
});

describe('A client that reads', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.start('unread');
  });

  afterAll(() => server.stop());

  it.each([
    ['GET', '/text/65536', 65_536],
    ['GET', '/bytes/20000', 20_000],
    ['GET', '/text/4097', 4097],
    ['GET', '/text/10', 10],
    ['HEAD', '/text/1000', 0],
    ['GET', '/empty', 0],
    ['GET', '/unchanged', 0],
  ])(
    'gets every answer to 16 pipelined requests on 50 connections: %s %s',
    async (method, target, length) => {
      const connections = await Promise.all(
        Array.from({ length: 50 }, () => RawConnection.open(server.port)),
      );
      for (let round = 0; round < 3; round++) {
        connections.forEach((connection) => connection.send(formatHead(method, target).repeat(16)));
        await Promise.all(
          connections.map(async (connection) => {
            for (let index = 0; index < 16; index++) {
              const { body } = await connection.readResponse({ isHead: method === 'HEAD' });
              expect(body.byteLength).toBe(length);
            }
          }),
        );
      }
      connections.forEach((connection) => connection.cut());
    },
  );
});

describe('An answer with Connection: close', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.start('unread');
  });

  afterAll(() => server.stop());

  it.each([
    ['of a handler', formatHead('GET', '/closes')],
    ['of a handler, without a body', formatHead('GET', '/closes-empty')],
    ['of a handler, to HEAD', formatHead('HEAD', '/closes')],
    ['to a body over the limit', `${formatHead('POST', '/limited', 'Content-Length: 11')}01234567890`],
    [
      'to a chunked body over the limit',
      `${formatHead('POST', '/limited', 'Transfer-Encoding: chunked')}b\r\n01234567890\r\n0\r\n\r\n`,
    ],
    ['to an ambiguous framing', formatHead('GET', '/no-route', 'Content-Length: 0', 'Content-Length: 0')],
    [
      'to an ambiguous framing of a POST',
      formatHead('POST', '/limited', 'Content-Length: 0', 'Content-Length: 0'),
    ],
  ])('is the last on its connection: %s', async (_title, request) => {
    const alone = await RawConnection.open(server.port);
    alone.send(request);
    const isHead = request.startsWith('HEAD');
    expect((await alone.readResponse({ isHead })).header('connection')).toBe('close');
    alone.cut();

    const followed = await RawConnection.open(server.port);
    followed.send(request + formatHead('GET', '/note?behind'));
    // The engine may lose the answer where a request follows it in the same packet (docs/engine.md).
    expect(countAnswers(await followed.readToEnd())).toBeLessThan(2);
    expect((await server.report()).notes).toEqual([]);
  });

  function countAnswers(received: Buffer): number {
    return received.toString('latin1').split('HTTP/1.1 ').length - 1;
  }
});
