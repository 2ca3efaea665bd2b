/** The client of one request in memory. It can go away until it has been answered. */
export class MemoryClient {
  private readonly leaving = new AbortController();
  private readonly onAbort = (): void => this.leave(this.outer?.reason);

  /** @param outer aborts when the client goes away */
  constructor(private readonly outer: AbortSignal | undefined) {
    if (outer?.aborted) this.onAbort();
    else outer?.addEventListener('abort', this.onAbort, { once: true });
  }

  /** Aborts if the client goes away before it has been answered. */
  get signal(): AbortSignal {
    return this.leaving.signal;
  }

  /** Goes away. The reader of the response gets the reason as its error. */
  leave(reason?: unknown): void {
    this.leaving.abort(reason);
  }

  /** The client has been answered; going away has no effect from now on. */
  finish(): void {
    this.outer?.removeEventListener('abort', this.onAbort);
  }
}
