import { readChunks, type StreamSource } from '../../http/stream-body';
import type { UwsExchange } from './uws-exchange';

/** A chunk is handed over in pieces of this many bytes, so that the engine never buffers more than one beyond the socket. */
const PIECE_BYTES = 65_536;

/**
 * Sends a stream as fast as the client takes it. The head has been written. The source is stopped when the
 * client goes; when the source breaks off, or gives fewer bytes than were announced, the connection is cut, so that
 * the client can not take the part for the whole.
 *
 * @param total bytes announced; undefined: sent in chunks
 */
export async function writeStream(
  exchange: UwsExchange,
  source: StreamSource,
  total: number | undefined,
): Promise<void> {
  const reader = readChunks(source);
  const gate = new WritableGate(exchange);
  exchange.onAbort(() => {
    gate.open();
    void reader.return();
  });
  let sent = 0;
  try {
    for (let next = await reader.next(); !next.done && exchange.isOpen; next = await reader.next()) {
      const bytes = typeof next.value === 'string' ? Buffer.from(next.value) : next.value;
      if (total !== undefined && sent + bytes.byteLength > total)
        throw new RangeError(`The stream has more than the ${total} bytes its Content-Length announced.`);
      for (let start = 0; start < bytes.byteLength && exchange.isOpen; start += PIECE_BYTES) {
        const piece = bytes.subarray(start, start + PIECE_BYTES);
        await (total === undefined
          ? writePiece(exchange, gate, piece)
          : writeCounted(exchange, gate, piece, sent + start, total));
      }
      sent += bytes.byteLength;
    }
    if (total !== undefined && sent < total && exchange.isOpen)
      throw new RangeError(`The stream ended after ${sent} of ${total} bytes.`);
    finish(exchange, total);
  } catch (error) {
    const wasOpen = exchange.isOpen;
    if (wasOpen) exchange.res.close();
    void reader.return();
    if (wasOpen) throw error;
  }
}

/** Ends a chunked response; one with an announced length ended with its last byte. */
function finish(exchange: UwsExchange, total: number | undefined): void {
  if (!exchange.isOpen) return;
  exchange.isFinished = true;
  exchange.res.cork(() => {
    if (total === undefined) exchange.res.end();
    else if (total === 0) exchange.res.endWithoutBody(0);
  });
}

/** The engine keeps what the socket does not take, so a piece is never sent again: only waited for. */
async function writePiece(exchange: UwsExchange, gate: WritableGate, piece: Uint8Array): Promise<void> {
  let isTaken = true;
  exchange.res.cork(() => (isTaken = exchange.res.write(piece)));
  if (!isTaken) await gate.wait();
}

/** Here the engine keeps nothing: what the socket did not take is sent again from where it stopped. */
async function writeCounted(
  exchange: UwsExchange,
  gate: WritableGate,
  piece: Uint8Array,
  at: number,
  total: number,
): Promise<void> {
  let rest = piece;
  while (rest.byteLength > 0 && exchange.isOpen) {
    let isTaken = true;
    let isComplete = false;
    exchange.res.cork(() => ([isTaken, isComplete] = exchange.res.tryEnd(rest, total)));
    if (isComplete) {
      exchange.isFinished = true;
      return;
    }
    if (isTaken) return;
    rest = piece.subarray(exchange.res.getWriteOffset() - at);
    await gate.wait();
    if (exchange.isOpen) rest = piece.subarray(exchange.res.getWriteOffset() - at);
  }
}

/** Closed while the socket takes no more. */
class WritableGate {
  private pass: (() => void) | undefined;

  constructor(private readonly exchange: UwsExchange) {
    exchange.res.onWritable(() => {
      this.open();
      return true;
    });
  }

  wait(): Promise<void> {
    if (!this.exchange.isOpen) return Promise.resolve();
    return new Promise((resolve) => (this.pass = resolve));
  }

  open(): void {
    this.pass?.();
    this.pass = undefined;
  }
}
