import type { UwsExchange } from './uws-exchange';

/** Lets a writer wait while the socket is full. */
export class WritableGate {
  private pass: (() => void) | undefined;

  constructor(private readonly exchange: UwsExchange) {
    exchange.res.onWritable(() => {
      this.open();
      return true;
    });
  }

  /** Resolves when the socket takes more, and at once if the client has gone. */
  wait(): Promise<void> {
    if (!this.exchange.isOpen) return Promise.resolve();
    return new Promise((resolve) => (this.pass = resolve));
  }

  open(): void {
    this.pass?.();
    this.pass = undefined;
  }
}
