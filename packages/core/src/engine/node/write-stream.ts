import { checkStreamLength } from '../../http/body/body-length';
import { encodeChunk } from '../../http/body/encode-chunk';
import { GatheredChunks } from '../../http/body/gathered-chunks';
import { LoopShare } from '../../http/body/loop-share';
import type { OpenedStream } from '../../http/body/opened-stream';
import { DrainGate } from './drain-gate';
import type { NodeExchange } from './node-exchange';

/** A client that still sends its request body and is quiet for so many milliseconds gets the end of the response. */
const QUIET = 500;

/**
 * Sends a stream as fast as the client takes it, after its head. If the client goes away, it resolves. If the source
 * fails, or its length differs from the announced one, it rejects, and the caller cuts the connection, so that the
 * client cannot mistake the part for the whole.
 *
 * @param total the announced length in bytes; undefined for a chunked body
 */
export function writeStream(
  exchange: NodeExchange,
  stream: OpenedStream,
  total: number | undefined,
): Promise<void> {
  const gate = new DrainGate(exchange);
  // Without a listener, bytes that are written too late would end the process.
  exchange.res.on('error', ignore);
  return new Promise((resolve, reject) => {
    // An idle source may take long to notice, so nothing waits for it here.
    exchange.onAbort(resolve);
    pump(exchange, stream, gate, total).then(resolve, (error: Error) => {
      if (exchange.isAborted) resolve();
      else reject(error);
    });
  });
}

async function pump(
  exchange: NodeExchange,
  stream: OpenedStream,
  gate: DrainGate,
  total: number | undefined,
): Promise<void> {
  const { res, connection, knownBody } = exchange;
  const share = new LoopShare();
  connection.isStreaming = total === undefined;
  const blocks = new GatheredChunks(stream);
  let sent = 0;
  for (
    // The first chunk leaves with the head, so it does not wait for others.
    let next = stream.takeFirst() ?? (await blocks.next());
    !next.done && !exchange.isAborted;
    next = await blocks.next()
  ) {
    const bytes = encodeChunk(next.value);
    sent += bytes.byteLength;
    checkStreamLength(sent, false, total);
    if (bytes.byteLength > 0 && !res.write(bytes)) await gate.wait();
    exchange.isDelivered = sent === total;
    await share.take(bytes.byteLength);
  }
  if (!exchange.isOpen) return;
  checkStreamLength(sent, true, total);
  knownBody?.discard();
  connection.isClosing ||= knownBody?.mustClose === true;
  if (connection.isClosing) await knownBody?.linger(QUIET);
  exchange.isFinished = true;
  connection.isStreaming = false;
  await new Promise<void>((resolve) => {
    res.once('close', resolve);
    res.end();
  });
  // The head may have promised that the connection stays.
  if (connection.isClosing) exchange.req.socket.destroySoon();
}

function ignore(): void {}
