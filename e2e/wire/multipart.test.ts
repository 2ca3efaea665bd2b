import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expectAlive } from '../sockets/expect-alive';
import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';
import { until } from '../sockets/until';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(600_000);

/** `SLUICE_ABORTED_UPLOADS=10000 npx jest e2e/wire/multipart` is the long form of it, which prints what it found. */
const ABORTED_UPLOADS = Number(process.env['SLUICE_ABORTED_UPLOADS'] ?? 500);
const MEBIBYTE = 1024 * 1024;

const OPENING =
  '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\na title\r\n' +
  '--b\r\nContent-Disposition: form-data; name="it"; filename="f"\r\n\r\n';
const END = '\r\n--b--\r\n';
const TYPE = 'Content-Type: multipart/form-data; boundary=b';

/** The memory that aborted uploads may leave, in bytes: less than their content. */
const ROOM = 8 * MEBIBYTE;

describe('A multipart form', () => {
  let folder: string;
  let server: ServerProcess;
  let connection: RawConnection;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'multipart-'));
    server = await ServerProcess.start('forms', { TMPDIR: folder });
  });

  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    connection = await RawConnection.open(server.port);
  });

  afterEach(async () => {
    connection.cut();
    await expectAlive(server.port);
  });

  const head = (length: number) => formatHead('POST', '/upload', TYPE, `Content-Length: ${length}`);

  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  /** A temporary file is removed a moment after its reply. */
  async function waitUntilNothingIsLeft(): Promise<void> {
    await until(() => readdirSync(folder).length === 0);
  }

  async function waitForTemporaryFile(): Promise<void> {
    await until(() => readdirSync(folder).length > 0);
  }

  it('comes through whole, in memory or through a file, and leaves nothing', async () => {
    for (const size of [10, 3 * MEBIBYTE]) {
      const content = Buffer.alloc(size, 7);
      connection.send(head(OPENING.length + size + END.length), OPENING, content, END);
      const { status, body } = await connection.readResponse();
      expect([status, JSON.parse(body.toString())]).toEqual([
        200,
        { title: 'a title', size, spooled: size > 1000 },
      ]);
    }
    await waitUntilNothingIsLeft();
  });

  it('may come byte by byte', async () => {
    const whole = `${OPENING}content${END}`;
    connection.send(head(whole.length));
    for (const byte of whole) {
      connection.send(byte);
      await pause(1);
    }
    expect(JSON.parse((await connection.readResponse()).body.toString())).toMatchObject({ size: 7 });
  });

  it('leaves nothing when it breaks off, and is never handled', async () => {
    await server.report();
    connection.send(head(MEBIBYTE), OPENING, Buffer.alloc(100_000));
    await waitForTemporaryFile();
    connection.cut();
    await waitUntilNothingIsLeft();
    expect((await server.report()).notes).toEqual([]);
  });

  it('is answered with 408 when it stops coming, and leaves nothing', async () => {
    connection.send(head(MEBIBYTE), OPENING, Buffer.alloc(100_000));
    await waitForTemporaryFile();
    const { status, header } = await connection.readResponse();
    expect([status, header('connection')]).toEqual([408, 'close']);
    await waitUntilNothingIsLeft();
  });

  it('over a limit is answered with 413, and leaves nothing', async () => {
    const size = 10 * MEBIBYTE + 1;
    connection.send(head(OPENING.length + size + END.length), OPENING, Buffer.alloc(size), END);
    expect((await connection.readResponse()).status).toBe(413);
    await waitUntilNothingIsLeft();
  });

  const field = (name: string, value: string, more = '') =>
    `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
  const file = (content: string) => field('it', content, '; filename="f"');

  it.each([
    ['fits every limit', 200, field('a', '12345') + field('sixsix', '') + file('1234') + file('1')],
    ['has too many parts', 413, field('a', '') + field('b', '') + file('').repeat(3)],
    ['has too many fields', 413, field('a', '') + field('b', '') + field('c', '')],
    ['has too many files', 413, file('1').repeat(4)],
    ['has too many files of one name', 413, file('1').repeat(3)],
    ['has too long a field', 413, field('a', '123456')],
    ['has too long a file', 413, file('12345')],
    ['has too long a name', 413, field('sevense', '')],
    ['has too long a part head', 413, field('a', '', `\r\nX-Long: ${'x'.repeat(200)}`)],
    ['has a file that the route does not take', 422, field('other', '1', '; filename="f"')],
  ])('that %s is answered with %i, and leaves nothing', async (_what, expected, parts) => {
    const body = `${parts}--b--\r\n`;
    connection.send(formatHead('POST', '/narrow', TYPE, `Content-Length: ${body.length}`), body);
    expect((await connection.readResponse()).status).toBe(expected);
    await waitUntilNothingIsLeft();
  });

  it('leaves nothing where its handler fails', async () => {
    const body = `${file('x'.repeat(10_000))}--b--\r\n`;
    connection.send(formatHead('POST', '/narrow/fail', TYPE, `Content-Length: ${body.length}`), body);
    expect((await connection.readResponse()).status).toBe(500);
    await waitUntilNothingIsLeft();
  });

  it.each([
    ['without its last boundary', `${OPENING}content`],
    ['without a boundary', 'x'.repeat(100_000)],
    ['with a part without a head', '--b\r\n\r\n\r\n--b--\r\n'],
  ])('%s is answered with 400', async (_, body) => {
    connection.send(head(body.length), body);
    expect((await connection.readResponse()).status).toBe(400);
    await waitUntilNothingIsLeft();
  });

  it(`leaves no file and takes no memory when it breaks off ${ABORTED_UPLOADS} times`, async () => {
    async function abortUploads(count: number): Promise<void> {
      for (let done = 0; done < count; done += 10) {
        const all = await Promise.all(Array.from({ length: 10 }, () => RawConnection.open(server.port)));
        for (const one of all) one.send(head(MEBIBYTE), OPENING, Buffer.alloc(20_000));
        await waitForTemporaryFile();
        for (const one of all) one.cut();
      }
      await waitUntilNothingIsLeft();
    }

    async function askForKeptBytes(): Promise<number> {
      // The connection of the test may have been idle for too long by now.
      const other = await RawConnection.open(server.port);
      const { body } = await other.ask('GET', '/kept');
      other.cut();
      return Number(body.toString());
    }

    // The memory that the first ones take once is not growth.
    await abortUploads(200);
    const before = await askForKeptBytes();
    await abortUploads(ABORTED_UPLOADS);
    let after = await askForKeptBytes();
    // The last requests may still be ending.
    for (let round = 0; round < 50 && after - before >= ROOM; round++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      after = await askForKeptBytes();
    }
    if (ABORTED_UPLOADS > 500)
      console.log(`${ABORTED_UPLOADS} aborted uploads: ${before} bytes kept before, ${after} after`);
    expect(after - before).toBeLessThan(ROOM);
  });
});
