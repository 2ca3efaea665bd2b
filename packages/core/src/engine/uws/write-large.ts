import { formatThrown } from '../../configuration/format-thrown';
import { cork } from './cork';
import type { UwsExchange } from './uws-exchange';

/**
 * Sends bytes as fast as the client takes them, without a copy in the engine: it begins when the socket has taken all
 * earlier answers. Call it inside a cork, and while the request can still be detached. The promise rejects if the bytes
 * cannot be read any more, because their buffer was transferred.
 *
 * @param close no other request is read from the connection
 */
export function writeLarge(
  exchange: UwsExchange,
  bytes: Uint8Array,
  close: boolean,
): Promise<void> | undefined {
  const { res } = exchange;
  const total = bytes.byteLength;
  const send = (rest: Uint8Array): boolean => {
    // After the last byte the engine cannot be paused any more.
    if (close) res.pause();
    const [isTaken, isDone] = res.tryEnd(rest, total);
    exchange.isFinished = isDone;
    if (close && !isDone) res.resume();
    return isTaken;
  };
  send(bytes);
  if (exchange.isFinished) return undefined;
  return continueWhenWritable(exchange, (offset) => {
    if (bytes.byteLength !== total) throw new TypeError('The buffer of the body was transferred.');
    return send(bytes.subarray(offset));
  });
}

/** Sends the end of a head, with the length of the body that it describes, when the socket has taken all earlier answers. */
export function writeHeadInTurn(exchange: UwsExchange, length: number): Promise<void> | undefined {
  const { res } = exchange;
  const [isTaken, isDone] = res.tryEnd('', length);
  exchange.isFinished = isDone;
  if (isDone) return undefined;
  const end = (): boolean => {
    exchange.isFinished = true;
    res.endWithoutBody();
    return true;
  };
  if (!isTaken) return continueWhenWritable(exchange, end);
  end();
  return undefined;
}

/** Calls `write` whenever the socket takes more, until the response is finished or the client has gone. */
function continueWhenWritable(exchange: UwsExchange, write: (offset: number) => boolean): Promise<void> {
  const { res } = exchange;
  exchange.detach();
  return new Promise((resolve, reject) => {
    exchange.onAbort(resolve);
    res.onWritable((offset) => {
      if (!exchange.isOpen) return true;
      try {
        const isTaken = cork(res, () => write(offset));
        if (exchange.isFinished) resolve();
        return isTaken;
      } catch (error) {
        reject(error instanceof Error ? error : new Error(formatThrown(error)));
        return true;
      }
    });
  });
}
