import { setTimeout as wait } from 'node:timers/promises';
import { formatHead, RawConnection } from '../sockets/raw-connection';
import type { HonestAccount } from './honest-client';
import type { Random } from './random';
import { makeValidRequest } from './valid-requests';

/** A client that misuses one connection, and ends by itself. Rejects if the server answers it wrongly. */
type HostileClient = (port: number, random: Random, account: HonestAccount) => Promise<void>;

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

const TINY_COUNT = 800 * KIBIBYTE;
const TINY_CHUNKS = Buffer.from('1\r\nx\r\n'.repeat(TINY_COUNT) + '0\r\n\r\n');

/** So many bytes are in the memory of a server that holds all large answers for a client that reads none. */
const MOST_UNREAD = 400 * MEBIBYTE;

/** So long a client waits for a server that may never answer, or take more. */
const PATIENCE_MS = 300;
const LONG_PATIENCE_MS = 2000;

/** Waits for the end of a connection, but not for long, and cuts it. */
async function leave(connection: RawConnection): Promise<void> {
  await Promise.race([connection.readToEnd(), wait(PATIENCE_MS)]);
  connection.cut();
}

/** Sends as much as the server takes, up to a number of bytes. */
async function flood(
  { socket }: RawConnection,
  piece: Buffer,
  most: number,
  patience = LONG_PATIENCE_MS,
): Promise<void> {
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  for (let sent = 0; sent < most && !socket.destroyed; sent += piece.byteLength) {
    if (socket.write(piece)) continue;
    const drained = new Promise<void>((resolve) => socket.once('drain', () => resolve()));
    await Promise.race([drained, closed, wait(patience)]);
    if (socket.writableNeedDrain) return;
  }
}

/** Asks for answers of the same length, a number at once and then the next number, and reads none. */
async function pipelineUnread(port: number, length: number, parts: readonly number[]): Promise<void> {
  const connection = await RawConnection.open(port);
  connection.socket.pause();
  const head = formatHead('GET', `/text/${length}`);
  for (const requests of parts) {
    await flood(connection, Buffer.from(head.repeat(100)), requests * head.length);
    // The server has to run into it.
    await wait(LONG_PATIENCE_MS / 2);
  }
  connection.cut();
}

export const HOSTILE_CLIENTS: Readonly<Record<string, HostileClient>> = {
  async 'sends mutated requests'(port, random) {
    const connection = await RawConnection.open(port);
    const bytes = Buffer.concat([makeValidRequest(random).bytes, makeValidRequest(random).bytes]);
    for (let count = 1 + random.below(8); count > 0; count--)
      bytes[random.below(bytes.byteLength)] = random.below(256);
    const cut = random.below(bytes.byteLength);
    const length = random.below(100);
    connection.send(bytes.subarray(0, cut), random.bytes(random.below(3)), bytes.subarray(cut + length));
    await leave(connection);
  },

  async 'leaves in the middle'(port, random) {
    const connection = await RawConnection.open(port);
    const { bytes } = makeValidRequest(random);
    connection.send(bytes.subarray(0, random.below(bytes.byteLength + 1)));
    await wait(random.below(20));
    if (random.below(2) === 0) connection.cut();
    else connection.socket.resetAndDestroy();
  },

  async 'leaves during a download'(port, random) {
    const connection = await RawConnection.open(port);
    connection.send(formatHead('GET', random.pick(['/text/5000000', '/later/5000000', '/pieces/100000'])));
    await connection.readBytes(random.below(10_000)).catch(() => undefined);
    connection.cut();
  },

  async 'sends byte by byte'(port, random) {
    const connection = await RawConnection.open(port);
    connection.socket.setNoDelay(true);
    for (const byte of makeValidRequest(random).bytes.subarray(0, 100)) {
      if (connection.socket.destroyed) break;
      connection.send(Buffer.of(byte));
      await wait(random.below(10));
    }
    connection.cut();
  },

  /** Every answer that comes must be right, although the server may close before the last one. */
  async 'pipelines and reads'(port, random) {
    const connection = await RawConnection.open(port);
    const length = random.below(2000);
    connection.send(formatHead('GET', `/text/${length}`).repeat(2000));
    for (let count = 0; count < 2000; count++) {
      const response = await connection.readResponse().catch(() => undefined);
      if (response === undefined) break;
      if (!response.body.equals(Buffer.alloc(length, 'x'))) throw new Error('A pipelined answer is wrong.');
    }
    connection.cut();
  },

  async 'pipelines and does not read'(port, random) {
    await pipelineUnread(port, random.pick([10, 2000, 4000]), [50_000]);
  },

  /** In two parts, because the engine cuts a client that needs too many answers in one turn of the loop. */
  async 'pipelines requests for large answers and does not read'(port) {
    const half = Math.ceil(MOST_UNREAD / 60_000 / 2);
    await pipelineUnread(port, 60_000, [half, half]);
  },

  async 'sends a body that is too large'(port, random) {
    const connection = await RawConnection.open(port);
    const isChunked = random.below(2) === 0;
    const frame = isChunked ? 'Transfer-Encoding: chunked' : 'Content-Length: 8000000';
    connection.send(
      formatHead('POST', random.pick(['/notes', '/hash', '/form', '/follow', '/nothing']), frame),
    );
    const body = Buffer.alloc(64 * KIBIBYTE, 'x');
    await flood(
      connection,
      isChunked ? Buffer.concat([Buffer.from('10000\r\n'), body, Buffer.from('\r\n')]) : body,
      4 * MEBIBYTE,
    );
    await leave(connection);
  },

  async 'sends a head that is too large'(port, random) {
    const connection = await RawConnection.open(port);
    connection.send(formatHead('GET', '/', `X-Long: ${'x'.repeat(20_000 + random.below(100_000))}`));
    await leave(connection);
  },

  /** Valid, but expensive: the answers are checked. */
  async 'uploads in chunks of one byte'(port) {
    const upload = async (target: string): Promise<void> => {
      const connection = await RawConnection.open(port);
      connection.send(formatHead('POST', target, 'Transfer-Encoding: chunked'), TINY_CHUNKS);
      const { status, body } = await connection.readResponse();
      connection.cut();
      if (!body.toString().includes(`"size":${TINY_COUNT}`)) throw new Error(`${status} ${body.toString()}`);
    };
    await Promise.all(['/hash', '/hash', '/follow'].map(upload));
  },

  async 'leaves an upload that has to wait'(port, random) {
    const connection = await RawConnection.open(port);
    connection.send(formatHead('POST', '/hold', 'Content-Length: 8000000'));
    await flood(connection, Buffer.alloc(64 * KIBIBYTE), (1 + random.below(7)) * MEBIBYTE, PATIENCE_MS);
    await wait(PATIENCE_MS);
    connection.cut();
  },
};
