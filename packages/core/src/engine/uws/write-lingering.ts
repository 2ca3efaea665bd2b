import { findAnnouncedLength } from '../../http/body/body-length';
import { OpenedStream } from '../../http/body/opened-stream';
import { streamBytes } from '../../http/body/stream-body';
import type { HttpResponse } from '../../http/response';
import type { UwsExchange } from './uws-exchange';
import { formatHead } from './head/format-head';
import { passesHeadsOn, writeHead } from './head/write-head';
import { writeStream } from './write-stream';

/** A part of a longer body could still wait in the engine when the connection is closed. */
const MOST_BYTES = 4096;
/** A client that has been quiet for so many milliseconds had the time to read its answer. */
const QUIET = 5000;

/**
 * Writes the last answer of a connection to a client that still sends its request body. A connection that is closed
 * while bytes arrive is reset, and the reset can overtake the answer (RFC 9112 §9.6), so the rest is received first,
 * within bounds. Meanwhile the engine must consider the response unfinished: it closes the connection then, where it
 * would otherwise run another request.
 */
export function writeLingering(
  exchange: UwsExchange,
  response: HttpResponse,
  isHead: boolean,
): Promise<void> | undefined {
  const { res } = exchange;
  const bytes = isHead ? EMPTY : encode(response);
  if (bytes.byteLength > MOST_BYTES || !passesHeadsOn()) {
    writeHead(res, response);
    res.writeHeader('Connection', 'close');
    return writeStream(exchange, new OpenedStream(streamBytes(bytes)), { total: undefined, close: true });
  }
  exchange.isFinished = true;
  res.writeStatus(formatWhole(exchange.readMethod(), response, bytes));
  exchange.lingering = closeAfterRest(exchange);
  return undefined;
}

/**
 * Formats a whole answer, to be sent in the place of its status: the client gets all of it, and the engine still waits
 * for headers. The engine adds a line break.
 */
function formatWhole(method: string, response: HttpResponse, bytes: Uint8Array): Buffer {
  const head = `${formatHead(response)}\r\nDate: ${new Date().toUTCString()}\r\nConnection: close\r\n`;
  if (bytes.byteLength === 0) {
    const length = findAnnouncedLength(method, response);
    return Buffer.from(length === undefined ? head : `${head}Content-Length: ${length}\r\n`);
  }
  // The added line break is the end of a chunked body, and would be a byte too many behind a counted one.
  const start = `${head}Transfer-Encoding: chunked\r\n\r\n${bytes.byteLength.toString(16)}\r\n`;
  return Buffer.concat([Buffer.from(start), bytes, Buffer.from('\r\n0\r\n')]);
}

async function closeAfterRest(exchange: UwsExchange): Promise<void> {
  await exchange.knownBody?.linger(QUIET);
  if (!exchange.isAborted) exchange.res.close();
}

function encode({ body }: HttpResponse): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body) : ((body as Uint8Array | undefined) ?? EMPTY);
}

const EMPTY = new Uint8Array(0);
