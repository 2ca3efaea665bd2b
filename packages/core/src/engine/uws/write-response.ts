import type { Context } from '../../http/context';
import type { HttpResponse } from '../../http/response';
import { readChunks, type ChunkReader } from '../../http/body/stream-body';
import { findAnnouncedLength, isHeadOnly } from '../body-length';
import type { UwsExchange } from './uws-exchange';
import { writeHead } from './write-head';
import { writeLarge } from './write-large';
import { writeStream } from './write-stream';

/** Up to here a body goes out in one call, the engine buffering what the socket does not take. */
const MOST_BYTES_AT_ONCE = 65_536;
/** From here on text is encoded first: the engine's own encoding of long strings is slower. */
const LONG_TEXT = 4_096;

/**
 * Writes a complete response, once; call it inside the route's callback or a cork. Gives back a promise where the
 * body goes on after this call: it settles when the last byte was handed over or the client has gone.
 */
export function writeResponse(
  exchange: UwsExchange,
  { response }: Context,
  isDraining: boolean,
): Promise<void> | undefined {
  const { res } = exchange;
  const { status, body } = response;
  // Opened first: a source that can not be is told before a head is on its way.
  const reader = findReader(response);
  exchange.discardBody();
  const isHead = isHeadOnly(exchange.readMethod(), status);
  if (isHead) exchange.listenForAbort();
  const close = writeHead(res, response) || isDraining || exchange.mustClose;
  if (isHead) {
    void reader?.return();
    writeHeadEnd(exchange, findAnnouncedLength(exchange.readMethod(), response), close);
    return undefined;
  }
  if (reader !== undefined) {
    // Only in chunks does the engine close after the last byte.
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

/** Ends a response that is a head only. */
function writeHeadEnd(exchange: UwsExchange, length: number | undefined, close: boolean): void {
  const { res } = exchange;
  exchange.isFinished = true;
  if (exchange.mustClose) {
    // The one way in which the engine closes after a head; it writes Connection: close and the length itself.
    res.endWithoutBody(0, true);
    return;
  }
  // With a length the engine drops the connection, and it takes undefined for one (2^63). So closing is left to the client.
  if (length !== undefined) res.writeHeader('Content-Length', String(length));
  if (close) res.writeHeader('Connection', 'close');
  res.endWithoutBody();
}

/** Text that is short goes to the engine as it is; one that is no Unicode would leave it as no UTF-8. */
function encodeBody(body: string | Uint8Array | undefined): string | Uint8Array {
  if (typeof body !== 'string') return body ?? '';
  return body.length > LONG_TEXT || !body.isWellFormed() ? Buffer.from(body) : body;
}

/** Opens a streamed body; undefined for all others. Throws where it can not be opened. */
function findReader({ body }: HttpResponse): ChunkReader | undefined {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return undefined;
  return readChunks(body);
}
