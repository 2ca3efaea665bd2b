import type { ChunkReader } from '../../http/body/stream-body';
import { encodeChunk } from '../encode-chunk';
import { LoopShare } from '../loop-share';
import { cork } from './cork';
import type { UwsExchange } from './uws-exchange';
import { WritableGate } from './writable-gate';

/** A chunk is handed over in pieces of this many bytes, so that the engine never buffers more than one beyond the socket. */
const PIECE_BYTES = 65_536;

/** How a stream goes out. */
export interface StreamOptions {
  /** Bytes announced; undefined: sent in chunks. */
  readonly total: number | undefined;
  /** Closes the connection after it; one with an announced length leaves that to the client. */
  readonly close: boolean;
}

/**
 * Sends a stream as fast as the client takes it. The head has been written. The source is stopped when the
 * client goes; when the source breaks off, or gives other than the bytes that were announced, the connection is
 * cut, so that the client can not take the part for the whole.
 */
export function writeStream(
  exchange: UwsExchange,
  reader: ChunkReader,
  options: StreamOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const gate = new WritableGate(exchange);
    exchange.onAbort(() => {
      gate.open();
      void reader.return();
      // An idle source may not notice for a long time: nobody waits for it.
      resolve();
    });
    pump(exchange, reader, gate, options).then(resolve, (error: Error) => {
      // Settled before the connection is cut, which is told to the listener above.
      if (exchange.isOpen) reject(error);
      else resolve();
      if (exchange.isOpen) exchange.res.close();
      void reader.return();
    });
  });
}

async function pump(
  exchange: UwsExchange,
  reader: ChunkReader,
  gate: WritableGate,
  { total, close }: StreamOptions,
): Promise<void> {
  const share = new LoopShare();
  let sent = 0;
  for (let next = await reader.next(); !next.done && exchange.isOpen; next = await reader.next()) {
    const bytes = encodeChunk(next.value);
    if (total !== undefined && sent + bytes.byteLength > total)
      throw new RangeError(`The stream has more than the ${total} bytes its Content-Length announced.`);
    for (let start = 0; start < bytes.byteLength && exchange.isOpen; start += PIECE_BYTES) {
      const piece = bytes.subarray(start, start + PIECE_BYTES);
      await (total === undefined
        ? writePiece(exchange, gate, piece)
        : writeCounted(exchange, gate, piece, sent + start, total));
      await share.take(piece.byteLength);
    }
    // An empty chunk has no pieces.
    if (bytes.byteLength === 0) await share.take(0);
    sent += bytes.byteLength;
  }
  if (!exchange.isOpen) return;
  if (total !== undefined && sent < total)
    throw new RangeError(`The stream ended after ${sent} of ${total} bytes.`);
  // One with an announced length ended with its last byte, unless it has none.
  exchange.isFinished = true;
  cork(exchange.res, () => exchange.res.end(undefined, close));
}

/** The engine keeps what the socket does not take, so a piece is never sent again: only waited for. */
async function writePiece(exchange: UwsExchange, gate: WritableGate, piece: Uint8Array): Promise<void> {
  const isTaken = cork(exchange.res, () => exchange.res.write(piece));
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
  const { res } = exchange;
  let rest = piece;
  while (rest.byteLength > 0 && exchange.isOpen) {
    const pending = rest;
    const [isTaken, isComplete] = cork(res, () => res.tryEnd(pending, total));
    if (isComplete) {
      exchange.isFinished = true;
      return;
    }
    if (isTaken) return;
    await gate.wait();
    if (exchange.isOpen) rest = piece.subarray(res.getWriteOffset() - at);
  }
}
