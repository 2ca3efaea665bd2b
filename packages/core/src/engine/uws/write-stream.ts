import { checkStreamLength } from '../../http/body/body-length';
import { encodeChunk } from '../../http/body/encode-chunk';
import { GatheredChunks } from '../../http/body/gathered-chunks';
import { LoopShare } from '../../http/body/loop-share';
import type { OpenedStream } from '../../http/body/opened-stream';
import { cork } from './cork';
import type { UwsExchange } from './uws-exchange';
import { WritableGate } from './writable-gate';

/** Chunks are written in pieces of this size, so that the engine never buffers more than one piece. */
const PIECE_BYTES = 65_536;

/** Read when the process starts: the fake timers of a test would stop the stream. */
const afterTurn = setImmediate;

/** A client that still sends its request body and is quiet for so many milliseconds gets the end of the response. */
const QUIET = 500;

/** How a stream is sent. */
export interface StreamOptions {
  /** The announced length in bytes; undefined for a chunked body. */
  readonly total: number | undefined;
  /** No other request is read from the connection. */
  readonly close: boolean;
}

/**
 * Sends a stream as fast as the client takes it, after its head has been written. Call it in the same cork as that, so
 * that the head leaves with the first chunk. If the client goes away, it resolves. If the source fails, or its length
 * differs from the announced one, it rejects, and the connection is cut, so that the client cannot mistake the part for
 * the whole.
 */
export function writeStream(
  exchange: UwsExchange,
  stream: OpenedStream,
  options: StreamOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const gate = new WritableGate(exchange);
    exchange.onAbort(() => {
      gate.open();
      // An idle source may take long to notice, so nothing waits for it here.
      resolve();
    });
    const breakOff = (error: Error): void => {
      // Rejected before the connection is cut, because that calls the abort listener above, which resolves.
      if (exchange.isAborted) resolve();
      else reject(error);
      if (exchange.isOpen) exchange.res.close();
    };
    // The engine sends what was written in this turn at its end, and would drop it here.
    pump(exchange, stream, gate, options).then(resolve, (error: Error) => afterTurn(breakOff, error));
  });
}

async function pump(
  exchange: UwsExchange,
  stream: OpenedStream,
  gate: WritableGate,
  { total, close }: StreamOptions,
): Promise<void> {
  const share = new LoopShare();
  const blocks = new GatheredChunks(stream);
  let sent = 0;
  for (
    // The first chunk leaves with the head, so it does not wait for others.
    let next = stream.takeFirst() ?? (await blocks.next());
    !next.done && !exchange.isAborted;
    next = await blocks.next()
  ) {
    const bytes = encodeChunk(next.value);
    checkStreamLength(sent + bytes.byteLength, false, total);
    // The response ends with its last byte, and after that the rest of an unread body cannot be dropped.
    if (sent + bytes.byteLength === total) await endReading(exchange, close);
    for (let start = 0; start < bytes.byteLength && exchange.isOpen; start += PIECE_BYTES) {
      const piece = bytes.subarray(start, start + PIECE_BYTES);
      await (total === undefined
        ? writePiece(exchange, gate, piece)
        : writeCounted(exchange, gate, piece, sent + start, total));
      await share.take(piece.byteLength);
    }
    sent += bytes.byteLength;
  }
  if (!exchange.isOpen) return;
  checkStreamLength(sent, true, total);
  await endReading(exchange, close);
  if (!exchange.isOpen) return;
  // A response with an announced length has ended with its last byte, but an empty one has not.
  exchange.isFinished = true;
  // Asked to close the connection, the engine would write a header into the body.
  cork(exchange.res, () => exchange.res.end());
}

/**
 * Drops the rest of the request body before the last byte of the response. If that is the last response of the
 * connection, the rest is received first, and the connection is paused, so that the engine runs no other request. A
 * packet that it has begun to parse ends with the turn.
 */
async function endReading(exchange: UwsExchange, close: boolean): Promise<void> {
  const { knownBody, res } = exchange;
  knownBody?.discard();
  if (!close && knownBody?.mustClose !== true) return;
  await knownBody?.linger(QUIET);
  await new Promise((resolve) => afterTurn(resolve));
  if (exchange.isOpen) res.pause();
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
