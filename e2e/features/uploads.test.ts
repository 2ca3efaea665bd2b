import { createHash, randomBytes } from 'node:crypto';
import { expectAlive } from '../sockets/expect-alive';
import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';
import { until } from '../sockets/until';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

const MEBIBYTE = 1024 * 1024;

describe('An upload', () => {
  let server: ServerProcess;
  let connection: RawConnection;

  beforeAll(async () => {
    server = await ServerProcess.start('plain');
  });

  afterAll(() => server.stop());

  beforeEach(async () => {
    await server.report();
    connection = await RawConnection.open(server.port);
  });

  afterEach(async () => {
    connection.cut();
    await expectAlive(server.port);
  });

  function* cutInChunks(body: Buffer, size: number): Generator<Buffer> {
    for (let start = 0; start < body.byteLength; start += size) {
      const chunk = body.subarray(start, start + size);
      yield Buffer.concat([Buffer.from(`${chunk.byteLength.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]);
    }
    yield Buffer.from('0\r\n\r\n');
  }

  const waitForNote = (note: string): Promise<string[]> =>
    server.waitForNotes((notes) => notes.includes(note));

  it('over the limit at 10 MB is refused before it is read and its connection closes, while another one waits longer than the engine lets idle connections live', async () => {
    const waiting = await RawConnection.open(server.port);
    const waitingBody = randomBytes(200_000);
    waiting.send(
      formatHead('POST', '/held?ms=14000', `Content-Length: ${waitingBody.byteLength}`),
      waitingBody,
    );
    connection.send(formatHead('POST', '/echo', `Content-Length: ${10 * MEBIBYTE}`));
    const { status, header, body } = await connection.readResponse();
    expect([status, header('connection')]).toEqual([413, 'close']);
    expect(JSON.parse(body.toString())).toMatchObject({ status: 413, code: 'content_too_large' });
    await connection.readToEnd();
    const answer = JSON.parse((await waiting.readResponse()).body.toString()) as { size: number };
    expect(answer.size).toBe(waitingBody.byteLength);
    waiting.cut();
  });

  it('is refused over the limit when it comes all the same, and the connection closes', async () => {
    await server.report();
    const { residentBytes } = await server.report();
    connection.send(
      formatHead('POST', '/echo', `Content-Length: ${10 * MEBIBYTE}`),
      Buffer.alloc(10 * MEBIBYTE),
    );
    await expectRefusal();
    expect((await server.report()).mostResidentBytes - residentBytes).toBeLessThan(16 * MEBIBYTE);
  });

  it('is refused in chunks once it is over the limit, and the connection closes', async () => {
    await server.report();
    const { residentBytes } = await server.report();
    connection.send(formatHead('POST', '/echo', 'Transfer-Encoding: chunked'));
    connection.send(...cutInChunks(Buffer.alloc(10 * MEBIBYTE), 60_000));
    await expectRefusal();
    expect((await server.report()).mostResidentBytes - residentBytes).toBeLessThan(16 * MEBIBYTE);
  });

  /** The answer may get lost where the client still writes while the connection is closed: a reset takes it along. */
  async function expectRefusal(): Promise<void> {
    const received = (await connection.readToEnd()).toString('latin1');
    if (received !== '') expect(received).toMatch(/^HTTP\/1\.1 413 Content Too Large\r\n/);
  }

  it.each([
    ['with a length', false],
    ['in chunks', true],
  ])('of exactly the limit is taken, one byte more is not, %s', async (_, isChunked) => {
    for (const [size, expected] of [
      [1000, 200],
      [1001, 413],
    ] as const) {
      const body = Buffer.alloc(size, 'x');
      const other = await RawConnection.open(server.port);
      if (isChunked)
        other.send(formatHead('POST', '/limited', 'Transfer-Encoding: chunked'), ...cutInChunks(body, 300));
      else other.send(formatHead('POST', '/limited', `Content-Length: ${size}`), body);
      expect((await other.readResponse()).status).toBe(expected);
      other.cut();
    }
  });

  it.each([
    ['50 bytes', 50],
    ['64 KiB', 65_536],
    ['one byte more', 65_537],
    ['900 KB', 900_000],
  ])('of %s is there, byte by byte, for a handler that reads it late', async (_, size) => {
    const body = randomBytes(size);
    const hash = createHash('sha256').update(body).digest('hex');
    connection.send(formatHead('POST', '/held?ms=50', `Content-Length: ${size}`), body);
    expect(JSON.parse((await connection.readResponse()).body.toString())).toEqual({ size, hash });
    expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
    connection.send(
      formatHead('POST', '/held?ms=50', 'Transfer-Encoding: chunked'),
      ...cutInChunks(body, 7_001),
    );
    expect(JSON.parse((await connection.readResponse()).body.toString())).toEqual({ size, hash });
  });

  it('waits in the client, not in memory, while the handler does not read 16 MB', async () => {
    const size = 16 * MEBIBYTE;
    const body = randomBytes(size);
    await server.report();
    const { residentBytes } = await server.report();
    connection.send(formatHead('POST', '/held?ms=500', `Content-Length: ${size}`), body);
    await waitForNote('holding');
    const held = await untilReading();
    expect(held - residentBytes).toBeLessThan(6 * MEBIBYTE);
    const answer = JSON.parse((await connection.readResponse()).body.toString()) as unknown;
    expect(answer).toEqual({ size, hash: createHash('sha256').update(body).digest('hex') });
  });

  /** The most memory the server had until the handler began to read, as far as was seen. */
  async function untilReading(): Promise<number> {
    let most = 0;
    await until(async () => {
      const { notes, mostResidentBytes } = await server.report();
      if (notes.includes('reading')) return true;
      most = Math.max(most, mostResidentBytes);
      return false;
    });
    return most;
  }

  it('is let through and dropped when the handler answers without reading it', async () => {
    const body = Buffer.alloc(4 * MEBIBYTE);
    connection.send(formatHead('POST', '/answers-while-held', `Content-Length: ${body.byteLength}`), body);
    expect((await connection.readResponse()).body.toString()).toBe('not read');
    expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
  });

  it.each([
    ['with a length', 'Content-Length: 1000000', 'x'.repeat(100_000)],
    ['in chunks', 'Transfer-Encoding: chunked', `FFFFF\r\n${'x'.repeat(100_000)}`],
    ['before its first byte', 'Content-Length: 1000000', ''],
  ])('ends the reading and the signal when it breaks off %s', async (_, line, part) => {
    connection.send(formatHead('POST', '/aborted', line), part);
    await waitForNote('reading');
    connection.cut();
    const notes = await server.waitForNotes(({ length }) => length >= 2);
    expect(notes.sort()).toEqual([
      'refused: The client disconnected before the body was complete.',
      'signal',
    ]);
  });

  it('ends when it breaks off while it is held and paused', async () => {
    connection.send(formatHead('POST', '/held?ms=300', 'Content-Length: 10000000'), Buffer.alloc(3_000_000));
    await waitForNote('holding');
    connection.cut();
    await waitForNote('reading');
  });

  it.each(['zz\r\nx\r\n', '-1\r\nx\r\n', '0x5\r\nhello\r\n', 'fffffffffffffffff\r\nx'])(
    'with a chunk size that is none is refused: %j',
    async (chunk) => {
      connection.send(formatHead('POST', '/echo', 'Transfer-Encoding: chunked'), chunk);
      expect((await connection.readToEnd()).toString('latin1')).toMatch(/^HTTP\/1\.1 400 /);
    },
  );
});
