import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { formatLine, formatLines } from '../sockets/applications/short-chunks';
import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

const GZIP = 'Accept-Encoding: gzip';
const ENCODINGS: readonly (readonly [name: string, lines: readonly string[]])[] = [
  ['as they are', []],
  ['with gzip', [GZIP]],
];

describe('A source of many short chunks', () => {
  let server: ServerProcess;
  let connection: RawConnection;

  beforeAll(async () => {
    server = await ServerProcess.start('short-chunks');
  });

  afterAll(() => server.stop());

  beforeEach(async () => {
    connection = await RawConnection.open(server.port);
  });

  afterEach(() => connection.cut());

  /** Reads the head of a response. */
  const readHead = async (): Promise<string> => (await connection.readThrough('\r\n\r\n')).toString('latin1');

  /** Reads one chunk; undefined for the last one. The engine sends the line end of a chunk with the next one. */
  async function readChunk(): Promise<Buffer | undefined> {
    let line = await connection.readThrough('\r\n');
    if (line.byteLength === 2) line = await connection.readThrough('\r\n');
    const size = Number.parseInt(line.toString('latin1'), 16);
    return size === 0 ? undefined : connection.readBytes(size);
  }

  async function readChunks(): Promise<Buffer[]> {
    const chunks: Buffer[] = [];
    for (let chunk = await readChunk(); chunk !== undefined; chunk = await readChunk()) chunks.push(chunk);
    return chunks;
  }

  /** Decodes what has arrived of a response, encoded or not. */
  function decode(bytes: Uint8Array, lines: readonly string[]): string {
    return lines.includes(GZIP)
      ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString()
      : bytes.toString();
  }

  it('is compressed about as well as the whole text', async () => {
    const whole = formatLines();
    const { body } = await connection.ask('GET', '/lines', GZIP);
    expect(gunzipSync(body).toString() === whole).toBe(true);
    expect(body.byteLength).toBeLessThan(1.2 * gzipSync(whole, { level: 6 }).byteLength);
  });

  it.each(['/lines', '/json-lines', '/events'])('is sent in few pieces: %s', async (path) => {
    connection.send(formatHead('GET', path));
    await readHead();
    const chunks = await readChunks();
    expect(Buffer.concat(chunks).toString().match(/\n/g)!.length).toBeGreaterThanOrEqual(300_000);
    expect(chunks.length).toBeLessThan(3000);
  });

  it.each(ENCODINGS)('reaches the client before the source makes the next one: %s', async (_name, lines) => {
    const other = await RawConnection.open(server.port);
    connection.send(formatHead('GET', '/steps', ...lines));
    await readHead();
    const parts: Buffer[] = [];
    for (let index = 0; index < 3; index++) {
      parts.push((await readChunk())!);
      expect(decode(Buffer.concat(parts), lines)).toBe(formatLines(index + 1));
      await other.ask('GET', '/steps/next');
    }
    expect(decode(Buffer.concat([...parts, ...(await readChunks())]), lines)).toBe(formatLines(3));
    other.cut();
  });

  it.each(ENCODINGS)('is sent up to its error: %s', async (_name, lines) => {
    connection.send(formatHead('GET', '/breaks', ...lines));
    await readHead();
    const parts: Buffer[] = [];
    await expect(
      (async () => {
        for (;;) parts.push((await readChunk())!);
      })(),
    ).rejects.toThrow('The connection ended');
    expect(decode(Buffer.concat(parts), lines)).toBe(formatLines(10));
    expect((await server.report()).notes).toEqual([expect.stringContaining('on purpose')]);
  });

  it.each(ENCODINGS)(
    'waits for a client that does not read, and ends when it leaves: %s',
    async (_name, lines) => {
      connection.send(formatHead('GET', '/endless', ...lines));
      await readHead();
      connection.socket.pause();
      const other = await RawConnection.open(server.port);
      const readAsked = async (): Promise<number> =>
        Number((await other.ask('GET', '/endless/asked')).body.toString());
      let before = -1;
      let asked = await readAsked();
      while (asked > before) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        before = asked;
        asked = await readAsked();
      }
      connection.cut();
      expect(await server.waitForNotes((notes) => notes.length > 0)).toEqual(['stopped']);
      // The socket was full, so a block or two at most.
      expect((await readAsked()) - asked).toBeLessThan(2 * (65_536 / formatLine(0).length));
      other.cut();
    },
  );
});
