import { createHash, type Hash } from 'node:crypto';
import { formatHead, RawConnection } from '../sockets/raw-connection';
import { makePiece, NAMES } from '../sockets/applications/streams';
import { ServerProcess } from '../sockets/server-process';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

const MEGABYTE = 1_000_000;

/** The memory that a server may add, however large the download: its buffers, a few chunks, and garbage. */
const ROOM = 80 * MEGABYTE;

describe('A large download to a slow reader', () => {
  let server: ServerProcess;
  let connection: RawConnection;

  beforeAll(async () => {
    server = await ServerProcess.start('streams');
  });

  afterAll(() => server.stop());

  beforeEach(async () => {
    connection = await RawConnection.open(server.port);
  });

  afterEach(() => connection.cut());

  function hashPieces(count: number, size: number): string {
    const hash = createHash('sha256');
    for (let index = 0; index < count; index++) hash.update(makePiece(index, size));
    return hash.digest('hex');
  }

  /** Takes so many bytes, resting now and then so that the server has to wait. */
  async function readSlowly(count: number, hash: Hash = createHash('sha256')): Promise<string> {
    let rests = 4;
    for (let left = count; left > 0;) {
      const bytes = await connection.readBytes(Math.min(left, 100_000));
      hash.update(bytes);
      left -= bytes.byteLength;
      if (rests > 0 && left < (count * rests) / 5) {
        rests--;
        connection.socket.pause();
        await new Promise((resolve) => setTimeout(resolve, 150));
        connection.socket.resume();
      }
    }
    return hash.digest('hex');
  }

  async function readChunksSlowly(): Promise<string> {
    const hash = createHash('sha256');
    for (let count = 0; ; count++) {
      const size = Number.parseInt((await connection.readThrough('\r\n')).toString(), 16);
      const bytes = await connection.readBytes(size + 2);
      if (size === 0) return hash.digest('hex');
      hash.update(bytes.subarray(0, size));
      if (count % 400 !== 399) continue;
      connection.socket.pause();
      await new Promise((resolve) => setTimeout(resolve, 150));
      connection.socket.resume();
    }
  }

  /** The head, once the server has sent all that it can without being read from. */
  async function startAndWait(path: string): Promise<string> {
    connection.socket.pause();
    connection.send(formatHead('GET', path));
    await new Promise((resolve) => setTimeout(resolve, 300));
    connection.socket.resume();
    return (await connection.readThrough('\r\n\r\n')).toString();
  }

  it('arrives whole in chunks (100 MB), and the server holds little of it', async () => {
    await server.report();
    const { residentBytes } = await server.report();
    expect(await startAndWait('/chunked')).toMatch(/transfer-encoding: chunked/i);
    // The source waits for the client.
    expect((await server.report()).notes).toEqual([]);
    expect(await readChunksSlowly()).toBe(hashPieces(100, MEGABYTE));
    const { mostResidentBytes, notes } = await server.report();
    expect(notes).toEqual(['source is through', 'generator returned']);
    expect(mostResidentBytes - residentBytes).toBeLessThan(ROOM);
    expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
  });

  it('arrives whole with an announced length (100 MB), and the server holds little of it', async () => {
    await server.report();
    const { residentBytes } = await server.report();
    expect(await startAndWait('/counted')).toMatch(/content-length: 100000000\r\n/i);
    expect((await server.report()).notes).toEqual([]);
    expect(await readSlowly(100 * MEGABYTE)).toBe(hashPieces(100, MEGABYTE));
    const { mostResidentBytes, notes } = await server.report();
    expect(notes).toEqual(['source is through', 'generator returned']);
    expect(mostResidentBytes - residentBytes).toBeLessThan(ROOM);
    expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
  });

  it('arrives whole from one buffer (20 MB), without a copy of it', async () => {
    await server.report();
    const { residentBytes } = await server.report();
    const size = 20 * 16 * 65_536;
    expect(await startAndWait('/buffer')).toContain(`Content-Length: ${size}\r\n`);
    expect(await readSlowly(size)).toBe(hashPieces(20 * 16, 65_536));
    expect((await server.report()).mostResidentBytes - residentBytes).toBeLessThan(size / 2);
    expect((await connection.ask('GET', '/')).body.toString()).toBe('alive');
  });

  it('arrives whole as text beyond ASCII (3 MB)', async () => {
    const expected = Buffer.from('naïve '.repeat(500_000));
    await startAndWait('/text');
    expect(await readSlowly(expected.byteLength)).toBe(createHash('sha256').update(expected).digest('hex'));
  });

  it('is given up when its reader takes nothing for longer than the engine waits (about 10 seconds)', async () => {
    await server.report();
    const other = await RawConnection.open(server.port);
    for (const [one, path] of [
      [connection, '/chunked'],
      [other, '/counted'],
    ] as const) {
      one.send(formatHead('GET', path));
      await one.readThrough('\r\n\r\n');
      one.socket.pause();
    }
    const notes: string[] = [];
    while (notes.length < 2) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      notes.push(...(await server.report()).notes);
    }
    expect(notes).toEqual(['generator returned', 'generator returned']);
    other.cut();
  });

  it('does not block other clients', async () => {
    connection.socket.pause();
    connection.send(formatHead('GET', '/endless/generator'));
    const other = await RawConnection.open(server.port);
    for (let count = 0; count < 100; count++) expect((await other.ask('GET', '/')).status).toBe(200);
    other.cut();
  });
});

describe('A source that always has its next chunk at once', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await ServerProcess.start('streams');
  });

  afterAll(() => server.stop());

  it.each(NAMES.fast)(
    'does not keep other clients waiting, and is stopped when its client goes: %s',
    async (name) => {
      const connection = await RawConnection.open(server.port);
      connection.send(formatHead('GET', `/fast/${name}`));
      await connection.readBytes(1000);
      const other = await RawConnection.open(server.port);
      for (let count = 0; count < 20; count++) expect((await other.ask('GET', '/')).status).toBe(200);
      other.cut();
      expect((await server.report()).notes).toEqual([]);
      connection.cut();
      const notes = await server.waitForNotes((all) => all.includes('request is done'));
      expect(notes.sort()).toEqual(['request is done', 'stopped']);
    },
  );
});
