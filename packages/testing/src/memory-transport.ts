import type { App } from '@sluice/core';
import type { Transport, WireRequest, WireResponse } from './transport';

/** Hands requests to the in-memory engine. */
export class MemoryTransport implements Transport {
  readonly url = undefined;

  private constructor(private readonly app: App) {}

  static async open(app: App): Promise<MemoryTransport> {
    await app.start();
    return new MemoryTransport(app);
  }

  send({ method, target, headers, body, signal }: WireRequest): Promise<WireResponse> {
    return new Promise((resolve, reject) => {
      const leave = (): void => reject(signal.reason as Error);
      if (signal.aborted) return leave();
      // In memory the handler goes on and answers: the client must not wait for that.
      signal.addEventListener('abort', leave, { once: true });
      this.app
        .injectStream({ method, url: target, headers, ...(body && { body }), signal })
        .then(resolve, reject)
        .finally(() => signal.removeEventListener('abort', leave));
    });
  }

  close(): void {
    // Nothing is held: who closes aborts the signals of what still runs.
  }
}
