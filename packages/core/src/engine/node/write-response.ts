import type { ServerResponse } from 'node:http';
import { findAnnouncedLength, isHeadOnly } from '../../http/body/body-length';
import { OpenedStream } from '../../http/body/opened-stream';
import type { Context } from '../../http/context';
import { findReason } from '../../http/status/status';
import type { NodeExchange } from './node-exchange';
import { formatHead } from './format-head';
import { beginHead, endWithText } from './head-text';
import { writeStream } from './write-stream';

/** Nothing waits until a shorter body has been sent. */
const SHORT_BODY = 4_096;
/** A client that has been quiet for so many milliseconds had the time to read its answer. */
const QUIET = 5000;

/** The connections of an application. */
interface Connections {
  /** Every answer is the last one of its connection. */
  readonly isDraining: boolean;
  /** The line that says how long a client may keep a connection, with its line end; empty if node:http adds it. */
  readonly keepAliveLine: string;
}

/**
 * Writes a complete response, once. If the body continues after this call, it returns a promise, which ends when the
 * last byte has been sent or the client has gone.
 */
export function writeResponse(
  exchange: NodeExchange,
  { response }: Context,
  { isDraining, keepAliveLine }: Connections,
): Promise<void> | undefined {
  const { res, knownBody, connection } = exchange;
  const { body, status } = response;
  const method = exchange.readMethod();
  const isHead = isHeadOnly(method, status);
  const isStream = body instanceof OpenedStream && !isHead;
  // The rest is received, and counted, also if the program has not asked for it.
  if (knownBody?.isArriving === true) exchange.detach();
  // A stream may pass on the body of its request, so that is dropped only before the last byte.
  if (!isStream) knownBody?.discard();
  const isReading = isStream && knownBody?.isRead === true;
  const mustClose = isReading ? knownBody.endsConnection : knownBody?.mustClose === true;
  const length = findAnnouncedLength(method, response);
  const head = formatHead(response, length, isDraining || mustClose);
  connection.isClosing ||= head.closes;
  const stays = !head.closes && res.shouldKeepAlive;
  beginHead(res, status, findReason(status), head.framing, stays ? head.block + keepAliveLine : head.block);
  if (isStream) return writeStream(exchange, body, length);
  const content = isHead ? '' : ((body as string | Uint8Array | undefined) ?? '');
  if (head.closes && knownBody?.isArriving === true) {
    exchange.lingering = endAfterRest(exchange, Buffer.from(content as string));
    return undefined;
  }
  exchange.isFinished = true;
  if (content.length <= SHORT_BODY) {
    exchange.isHandedOver = true;
    endWithText(res, toBinaryText(content, length));
    return undefined;
  }
  // A text would go through one encoding together with the head.
  res.end(head.isAscii ? content : Buffer.from(content as string));
  exchange.isHandedOver = isTaken(res);
  return exchange.isHandedOver ? undefined : waitUntilSent(exchange);
}

/** Answers whether the system has taken every byte. */
function isTaken({ socket }: ServerResponse): boolean {
  return socket !== null && socket.writableLength === 0;
}

/** Ends when the last byte has been sent, or the client has gone. */
function waitUntilSent(exchange: NodeExchange): Promise<void> {
  exchange.detach();
  return new Promise((resolve) => {
    exchange.res.once('close', resolve);
    // A response without a socket does not notice that the client leaves.
    exchange.onAbort(resolve);
  });
}

/**
 * Ends a response whose client still sends its body. A connection that is closed while bytes arrive is reset, and the
 * reset can overtake the answer (RFC 9112 §9.6), so the rest is received first, within bounds.
 */
async function endAfterRest({ res, knownBody }: NodeExchange, content: Uint8Array): Promise<void> {
  res.flushHeaders();
  if (content.length > 0) res.write(content);
  await knownBody?.linger(QUIET);
  res.end();
}

/** A character for each byte. @param length of the body in bytes */
function toBinaryText(body: string | Uint8Array, length: number | undefined): string {
  if (typeof body !== 'string')
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  // A text of as many bytes as characters is ASCII. Without a body, the length is that of another response.
  return body === '' || body.length === length ? body : Buffer.from(body).toString('latin1');
}
