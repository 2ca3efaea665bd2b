import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

const MEGABYTE = 1_000_000;

/** Bytes, each in a chunk of its own. */
const inSmallChunks = (bytes: Buffer): Buffer => {
  const whole = Buffer.alloc(bytes.byteLength * 6 + 5);
  for (let index = 0; index < bytes.byteLength; index++) {
    whole.write('1\r\n', index * 6, 'latin1');
    whole[index * 6 + 3] = bytes[index]!;
    whole.write('\r\n', index * 6 + 4, 'latin1');
  }
  whole.write('0\r\n\r\n', bytes.byteLength * 6, 'latin1');
  return whole;
};

describe('A body in chunks of one byte', () => {
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

  const post = (target: string, body: Buffer, ...lines: readonly string[]): void =>
    connection.send(formatHead('POST', target, 'Transfer-Encoding: chunked', ...lines), inSmallChunks(body));

  const read = async (): Promise<unknown> =>
    JSON.parse((await connection.readResponse()).body.toString()) as unknown;

  const waitForNote = (note: string): Promise<string[]> =>
    server.waitForNotes((notes) => notes.includes(note));

  it.each([
    ['whole', '/size'],
    ['by a handler that reads it late', '/size?ms=100'],
  ])('does not keep an object for each chunk, read %s', async (_, target) => {
    // The first body takes memory once.
    connection.send(formatHead('POST', target, `Content-Length: ${MEGABYTE}`), Buffer.alloc(MEGABYTE));
    await read();
    await server.report();
    const { residentBytes } = await server.report();
    for (let round = 0; round < 3; round++) {
      post(target, Buffer.alloc(MEGABYTE));
      expect(await read()).toEqual({ size: MEGABYTE });
      connection.cut();
      connection = await RawConnection.open(server.port);
    }
    // An object for each chunk would take 240 MB and more; garbage of one turn, on Node 24, takes about 100.
    expect((await server.report()).mostResidentBytes - residentBytes).toBeLessThan(170 * MEGABYTE);
  });

  it('reaches the reader of a stream in large pieces', async () => {
    post('/follow', Buffer.alloc(MEGABYTE));
    const { chunks, bytes } = (await read()) as { chunks: number; bytes: number };
    expect(bytes).toBe(MEGABYTE);
    // One for each 16 KiB, and one for the end of each turn of the loop.
    expect(chunks).toBeLessThan(200);
  });

  it('reaches a reader at once when the client waits for that', async () => {
    connection.send(formatHead('POST', '/follow', 'Transfer-Encoding: chunked'));
    for (let bytes = 1; bytes <= 20; bytes++) {
      connection.send('1\r\nx\r\n');
      await waitForNote(`got ${bytes}`);
    }
    connection.send('0\r\n\r\n');
    expect(await read()).toEqual({ chunks: 20, bytes: 20 });
  });

  it('can be a form', async () => {
    const part = '--b\r\nContent-Disposition: form-data; name="it"; filename="a"\r\n\r\n';
    const body = Buffer.concat([Buffer.from(part), Buffer.alloc(400_000), Buffer.from('\r\n--b--\r\n')]);
    post('/upload', body, 'Content-Type: multipart/form-data; boundary=b');
    expect(await read()).toEqual({ size: 400_000 });
  });
});
