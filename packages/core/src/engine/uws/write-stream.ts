import type { ChunkReader } from '../../http/body/stream-body';
import { encodeChunk } from '../encode-chunk';
import { LoopShare } from '../loop-share';
import { cork } from './cork';
import type { UwsExchange } from './uws-exchange';
import { WritableGate } from './writable-gate';

/** Chunks are written in pieces of this size, so that the engine never buffers more than one piece. */
const PIECE_BYTES = 65_536;

/** How a stream is sent. */
export interface StreamOptions {
  /** The announced length in bytes; undefined for a chunked body. */
  readonly total: number | undefined;
  /** Closes the connection afterwards; if the length was announced, the client does. */
  readonly close: boolean;
}

/**
 * Sends a stream as fast as the client takes it, after its head has been written. If the client goes away, the source is
 * stopped. If the source fails, or its length differs from the announced one, the connection is cut, so that the client
 * cannot mistake the part for the whole.
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
      // An idle source may take long to notice, so nothing waits for it.
      resolve();
    });
    pump(exchange, reader, gate, options).then(resolve, (error: Error) => {
      // Rejected before the connection is cut, because that calls the abort listener above, which resolves.
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
      throw new RangeError(`The stream has more bytes than its Content-Length, which is ${total}.`);
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
    throw new RangeError(`The stream ended after ${sent} bytes, but its Content-Length is ${total}.`);
  // A response with an announced length has ended with its last byte, but an empty one has not.
  exchange.isFinished = true;
  cork(exchange.res, () => exchange.res.end(undefined, close));
}

/** Writes a chunked piece. The engine buffers the bytes that the socket does not take, so this only waits. */
async function writePiece(exchange: UwsExchange, gate: WritableGate, piece: Uint8Array): Promise<void> {
  const isTaken = cork(exchange.res, () => exchange.res.write(piece));
  if (!isTaken) await gate.wait();
}

/** Writes a piece of an announced length. The engine buffers nothing here, so the rest is sent again from its offset. */
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
