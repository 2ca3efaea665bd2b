import type { Context } from '../../http/context';
import type { HttpResponse } from '../../http/response';
import { describeStatus, forbidsBody } from '../../http/status';
import { readChunks, type StreamSource } from '../../http/stream-body';
import { findBodyLength } from '../body-length';
import { ENGINE_HEADERS } from '../engine';
import type { UwsExchange } from './uws-exchange';
import { writeLarge } from './write-large';
import { writeStream } from './write-stream';

/** Up to here a body goes out in one call, the engine buffering what the socket does not take. */
const MOST_BYTES_AT_ONCE = 65_536;
/** From here on text is encoded first: the engine's own encoding of long strings is slower. */
const LONG_TEXT = 4_096;

/** Answers whether the whole response is written in one call, without waiting for the client. */
export function isImmediate({ body }: HttpResponse): boolean {
  if (typeof body === 'string')
    return body.length <= MOST_BYTES_AT_ONCE / 3 || Buffer.byteLength(body) <= MOST_BYTES_AT_ONCE;
  return body === undefined || (body instanceof Uint8Array && body.byteLength <= MOST_BYTES_AT_ONCE);
}

/**
 * Writes a complete response, once; call it inside the route's callback or a cork. Gives back a promise where the
 * body goes on after this call: it settles when the last byte was handed over or the client has gone.
 */
export function writeResponse(
  exchange: UwsExchange,
  { request, response }: Context,
  isDraining: boolean,
): Promise<void> | undefined {
  const { res } = exchange;
  const { body } = response;
  const isStream = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);
  exchange.discardBody();
  if (forbidsBody(response.status) || request.method === 'HEAD') {
    exchange.listenForAbort();
    const close = writeHead(exchange, response) || isDraining;
    exchange.isFinished = true;
    const length = forbidsBody(response.status) ? undefined : findHeadLength(response, isStream);
    // With a length the engine drops the connection, and it takes undefined for one (2^63). So closing is left to the client.
    if (length !== undefined) res.writeHeader('Content-Length', String(length));
    if (close) res.writeHeader('Connection', 'close');
    res.endWithoutBody();
    return isStream
      ? readChunks(body as StreamSource)
          .return()
          .then(ignore)
      : undefined;
  }
  const close = writeHead(exchange, response) || isDraining;
  if (isStream) return writeStream(exchange, body as StreamSource, findBodyLength(response));
  if (!isImmediate(response)) return writeLarge(exchange, Buffer.from(body as string | Uint8Array));
  exchange.isFinished = true;
  res.end(
    typeof body === 'string' && body.length > LONG_TEXT
      ? Buffer.from(body)
      : ((body as string | Uint8Array | undefined) ?? ''),
    close,
  );
  return undefined;
}

/** Writes status line and headers; answers whether the connection is to close. */
function writeHead({ res }: UwsExchange, { status, headers }: HttpResponse): boolean {
  let close = false;
  if (status !== 200) res.writeStatus(describeStatus(status));
  headers.forEach((name, value, lower) => {
    if (!ENGINE_HEADERS.has(lower)) res.writeHeader(name, value);
    else if (lower === 'connection') close = value.toLowerCase().includes('close');
  });
  return close;
}

/** What a GET would have announced; unknown for a stream that did not say. */
function findHeadLength(response: HttpResponse, isStream: boolean): number | undefined {
  return findBodyLength(response) ?? (isStream ? undefined : 0);
}

function ignore(): void {}

/** The client went before anything was written: a stream that nobody will read is stopped. */
export async function stopUnsentStream({ response }: Context): Promise<void> {
  const { body } = response;
  if (body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array))
    await readChunks(body).return();
}
