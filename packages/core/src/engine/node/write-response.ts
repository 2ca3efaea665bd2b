import { findAnnouncedLength, isHeadOnly } from '../../http/body/body-length';
import { OpenedStream } from '../../http/body/opened-stream';
import type { Context } from '../../http/context';
import { findReason } from '../../http/status/status';
import type { NodeExchange } from './node-exchange';
import { formatHead } from './format-head';
import { writeStream } from './write-stream';

/** Nothing waits until a shorter body has been sent. */
const SHORT_BODY = 4_096;
/** A client that has been quiet for so many milliseconds had the time to read its answer. */
const QUIET = 5000;

/**
 * Writes a complete response, once. If the body continues after this call, it returns a promise, which ends when the
 * last byte has been sent or the client has gone.
 */
export function writeResponse(
  exchange: NodeExchange,
  { response }: Context,
  isDraining: boolean,
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
  res.writeHead(status, findReason(status), head.lines);
  if (isStream) return writeStream(exchange, body, length);
  const bytes = isHead ? '' : ((body as string | Uint8Array | undefined) ?? '');
  // A text would go through one encoding together with the head.
  const content = head.isAscii ? bytes : Buffer.from(bytes as string);
  if (head.closes && knownBody?.isArriving === true) {
    exchange.lingering = endAfterRest(exchange, content);
    return undefined;
  }
  exchange.isFinished = true;
  if (bytes.length <= SHORT_BODY) {
    exchange.isHandedOver = true;
    res.end(content);
    return undefined;
  }
  exchange.detach();
  return new Promise((resolve) => {
    res.once('close', resolve);
    // A response without a socket does not notice that the client leaves.
    exchange.onAbort(resolve);
    res.end(content);
  });
}

/**
 * Ends a response whose client still sends its body. A connection that is closed while bytes arrive is reset, and the
 * reset can overtake the answer (RFC 9112 §9.6), so the rest is received first, within bounds.
 */
async function endAfterRest({ res, knownBody }: NodeExchange, content: string | Uint8Array): Promise<void> {
  res.flushHeaders();
  if (content.length > 0) res.write(content);
  await knownBody?.linger(QUIET);
  res.end();
}
