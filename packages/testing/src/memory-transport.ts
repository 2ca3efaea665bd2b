import type { App } from '@sluice/core';
import type { Transport, WireRequest, WireResponse } from './transport';

/** Passes requests to the in-memory engine. */
export class MemoryTransport implements Transport {
  readonly url = undefined;

  private constructor(private readonly app: App) {}

  static async open(app: App): Promise<MemoryTransport> {
    await app.start();
    return new MemoryTransport(app);
  }

  send({ method, protocol, target, headers, body, signal }: WireRequest): Promise<WireResponse> {
    return new Promise((resolve, reject) => {
      const disconnect = (): void => reject(signal.reason as Error);
      if (signal.aborted) return disconnect();
      // The handler goes on after a disconnect and answers, but the client must not wait for it.
      signal.addEventListener('abort', disconnect, { once: true });
      this.app
        .injectStream({ method, protocol, url: target, headers, ...(body && { body }), signal })
        .then(resolve, reject)
        .finally(() => signal.removeEventListener('abort', disconnect));
    });
  }

  close(): void {
    // There is nothing to free: the caller aborts the signals of the requests that still run.
  }
}
