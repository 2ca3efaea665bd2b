import type { Context } from '../../http/context';
import { OpenedStream } from '../../http/body/opened-stream';
import { findAnnouncedLength, isHeadOnly } from '../../http/body/body-length';
import type { UwsExchange } from './uws-exchange';
import { asksToClose, passesHeadsOn, writeHead } from './head/write-head';
import { writeHeadInTurn, writeLarge } from './write-large';
import { writeLingering } from './write-lingering';
import { writeStream } from './write-stream';

/**
 * A longer body waits while the socket does not take it; the engine buffers the rest of a shorter one. Longer text is
 * encoded first, too, because the engine encodes long strings more slowly.
 */
const SHORT_BODY = 4_096;
/** One of so many short answers waits for the socket like a long one, so a client that does not read is noticed. */
const SHORT_ANSWERS = 16;
let shortAnswers = 0;
/** Up to this size a body that ends its connection goes to the engine whole, because only then the engine closes it. */
const MOST_CLOSING_BYTES = 65_536;

/**
 * Writes a complete response, once. Call it inside the route's callback or a cork. If the body continues after this call,
 * it returns a promise, which ends when the last byte has been handed over or the client has gone.
 */
export function writeResponse(
  exchange: UwsExchange,
  { response }: Context,
  isDraining: boolean,
): Promise<void> | undefined {
  const { res, knownBody } = exchange;
  const { status, body } = response;
  const isStream = body instanceof OpenedStream;
  const isHead = isHeadOnly(exchange.readMethod(), status);
  // A stream may pass on the body of its request, so that is dropped only before the last byte.
  if (!isStream || isHead) knownBody?.discard();
  const isReading = isStream && !isHead && knownBody?.isRead === true;
  const mustClose = isReading ? knownBody.endsConnection : knownBody?.mustClose === true;
  const close = isDraining || mustClose || asksToClose(response.headers);
  if (close && knownBody?.isArriving === true && (isHead ? passesHeadsOn() : !isStream))
    return writeLingering(exchange, response, isHead);
  writeHead(res, response);
  if (isHead) return writeHeadEnd(exchange, findAnnouncedLength(exchange.readMethod(), response), close);
  if (isStream) {
    if (close) res.writeHeader('Connection', 'close');
    // Only the end of a chunked body can be sent alone, after the rest of the request body.
    const isChunked = close && knownBody?.isArriving === true && !isReading;
    const total = isChunked ? undefined : findAnnouncedLength(exchange.readMethod(), response);
    return writeStream(exchange, body, { total, close });
  }
  const bytes = encodeBody(body as string | Uint8Array | undefined);
  const isWhole = close ? bytes.length <= MOST_CLOSING_BYTES : bytes.length <= SHORT_BODY && !isSampled();
  if (!isWhole) {
    if (close) res.writeHeader('Connection', 'close');
    return writeLarge(exchange, typeof bytes === 'string' ? Buffer.from(bytes) : bytes, close);
  }
  exchange.isFinished = true;
  res.end(bytes, close);
  return undefined;
}

/** Ends a response without a body. */
function writeHeadEnd(
  exchange: UwsExchange,
  length: number | undefined,
  close: boolean,
): Promise<void> | undefined {
  const { res } = exchange;
  if (close) {
    res.writeHeader('Connection', 'close');
    // The engine closes only after a length, which a 204 must not have. It reads no other request while it is paused.
    res.pause();
  } else if (length !== undefined && isSampled()) return writeHeadInTurn(exchange, length);
  exchange.isFinished = true;
  // As an argument, the length would make the engine drop the connection, and undefined would be a length (2^63).
  if (length !== undefined) res.writeHeader('Content-Length', String(length));
  res.endWithoutBody();
  return undefined;
}

function isSampled(): boolean {
  shortAnswers = (shortAnswers + 1) % SHORT_ANSWERS;
  return shortAnswers === 0;
}

/** Short text goes to the engine as a string, unless it has lone surrogates, which the engine would send as invalid UTF-8. */
function encodeBody(body: string | Uint8Array | undefined): string | Uint8Array {
  if (typeof body !== 'string') return body ?? '';
  return body.length > SHORT_BODY || !body.isWellFormed() ? Buffer.from(body) : body;
}
