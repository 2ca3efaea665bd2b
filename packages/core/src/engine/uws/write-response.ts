import type { Context } from '../../http/context';
import type { HttpResponse } from '../../http/response';
import { readChunks, type ChunkReader } from '../../http/body/stream-body';
import { findAnnouncedLength, isHeadOnly } from '../body-length';
import type { UwsExchange } from './uws-exchange';
import { writeHead } from './write-head';
import { writeLarge } from './write-large';
import { writeStream } from './write-stream';

/** A body up to this size is written in one call; the engine buffers the bytes that the socket does not take. */
const MOST_BYTES_AT_ONCE = 65_536;
/** Longer text is encoded first, because the engine encodes long strings more slowly. */
const LONG_TEXT = 4_096;

/**
 * Writes a complete response, once. Call it inside the route's callback or a cork. If the body continues after this call,
 * it returns a promise, which ends when the last byte has been handed over or the client has gone.
 */
export function writeResponse(
  exchange: UwsExchange,
  { response }: Context,
  isDraining: boolean,
): Promise<void> | undefined {
  const { res } = exchange;
  const { status, body } = response;
  // The source is opened first: if that fails, the head has not been written.
  const reader = findReader(response);
  exchange.discardBody();
  const isHead = isHeadOnly(exchange.readMethod(), status);
  const close = writeHead(res, response) || isDraining || exchange.mustClose;
  if (isHead) {
    void reader?.return();
    writeHeadEnd(exchange, findAnnouncedLength(exchange.readMethod(), response), close);
    return undefined;
  }
  if (reader !== undefined) {
    // The engine closes after the last byte only if the body is chunked.
    const total = exchange.mustClose ? undefined : findAnnouncedLength(exchange.readMethod(), response);
    if (close) res.writeHeader('Connection', 'close');
    return writeStream(exchange, reader, { total, close });
  }
  const bytes = encodeBody(body as string | Uint8Array | undefined);
  if (typeof bytes !== 'string' && bytes.byteLength > MOST_BYTES_AT_ONCE && !exchange.mustClose) {
    if (close) res.writeHeader('Connection', 'close');
    return writeLarge(exchange, bytes);
  }
  exchange.isFinished = true;
  if (exchange.lingers) res.writeHeader('Connection', 'close').end(bytes);
  else res.end(bytes, close);
  return undefined;
}

/** Ends a response without a body. */
function writeHeadEnd(exchange: UwsExchange, length: number | undefined, close: boolean): void {
  const { res } = exchange;
  exchange.isFinished = true;
  if (exchange.mustClose) {
    // Only this call closes after a head; it writes Connection: close and the length itself.
    res.endWithoutBody(0, true);
    return;
  }
  // With a length argument the engine drops the connection, and it reads undefined as a length (2^63). So the client has to close.
  if (length !== undefined) res.writeHeader('Content-Length', String(length));
  if (close) res.writeHeader('Connection', 'close');
  res.endWithoutBody();
}

/** Short text goes to the engine as a string, unless it has lone surrogates, which the engine would send as invalid UTF-8. */
function encodeBody(body: string | Uint8Array | undefined): string | Uint8Array {
  if (typeof body !== 'string') return body ?? '';
  return body.length > LONG_TEXT || !body.isWellFormed() ? Buffer.from(body) : body;
}

/** Opens a streamed body; undefined for all others. Throws if it cannot be opened. */
function findReader({ body }: HttpResponse): ChunkReader | undefined {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return undefined;
  return readChunks(body);
}
