import type { NodeExchange } from './node-exchange';

/** Makes a writer wait until the socket takes more. */
export class DrainGate {
  private resolve: (() => void) | undefined;
  private readonly open = (): void => this.resolve?.();

  constructor(private readonly exchange: NodeExchange) {
    exchange.res.on('drain', this.open).on('close', this.open);
    // A response that waits behind another one has no socket, so it does not close.
    exchange.onAbort(this.open);
  }

  /** Resolves when the socket takes more, or the client has gone. Call it after a write that filled the buffer. */
  wait(): Promise<void> {
    if (!this.exchange.isOpen) return Promise.resolve();
    return new Promise((resolve) => (this.resolve = resolve));
  }
}
