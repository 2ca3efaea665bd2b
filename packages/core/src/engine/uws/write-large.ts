import { cork } from './cork';
import type { UwsExchange } from './uws-exchange';

/**
 * Sends bytes as fast as the client takes them, without a copy in the engine. Call it inside a cork, and while the
 * request can still be detached.
 */
export function writeLarge(exchange: UwsExchange, bytes: Uint8Array): Promise<void> | undefined {
  const { res } = exchange;
  const total = bytes.byteLength;
  const [, isDone] = res.tryEnd(bytes, total);
  if (isDone) {
    exchange.isFinished = true;
    return undefined;
  }
  exchange.detach();
  return new Promise((resolve) => {
    exchange.onAbort(resolve);
    res.onWritable((offset) => {
      if (!exchange.isOpen) return true;
      const [isTaken, isComplete] = cork(res, () => res.tryEnd(bytes.subarray(offset), total));
      if (isComplete) {
        exchange.isFinished = true;
        resolve();
      }
      return isTaken;
    });
  });
}
