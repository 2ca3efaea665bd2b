import type { UwsExchange } from './uws-exchange';

/** A handler that awaits once takes four turns, and an async middleware around it three more. */
const READY_TURNS = 10;
const READY = Promise.resolve();

/**
 * Detaches a request, but not before the promises that are ready have run. They run inside the engine's callback, too,
 * so a handler that waits for no others answers there, and nothing has to be copied.
 */
export async function detachSoon(exchange: UwsExchange): Promise<void> {
  exchange.listenForAbort();
  for (let turn = 0; turn < READY_TURNS; turn++) {
    await READY;
    if (!exchange.isAttached) return;
  }
  exchange.detach();
}
