import type { UwsExchange } from './uws-exchange';

/** Closed while the socket takes no more. */
export class WritableGate {
  private pass: (() => void) | undefined;

  constructor(private readonly exchange: UwsExchange) {
    exchange.res.onWritable(() => {
      this.open();
      return true;
    });
  }

  /** Resolves when the socket takes more, at once when the client has gone. */
  wait(): Promise<void> {
    if (!this.exchange.isOpen) return Promise.resolve();
    return new Promise((resolve) => (this.pass = resolve));
  }

  open(): void {
    this.pass?.();
    this.pass = undefined;
  }
}
