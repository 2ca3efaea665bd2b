/** The client of one request in memory: it can go away until it has been answered, not later. */
export class MemoryClient {
  private readonly leaving = new AbortController();
  private readonly onAbort = (): void => this.leave(this.outer?.reason);

  /** @param outer aborts when the client goes */
  constructor(private readonly outer: AbortSignal | undefined) {
    if (outer?.aborted) this.onAbort();
    else outer?.addEventListener('abort', this.onAbort, { once: true });
  }

  /** Aborts when the client goes away before it was answered. */
  get signal(): AbortSignal {
    return this.leaving.signal;
  }

  /** Goes away, for a reason that whoever reads its answer is told. */
  leave(reason?: unknown): void {
    this.leaving.abort(reason);
  }

  /** Was answered: from now on nobody is told that it goes. */
  finish(): void {
    this.outer?.removeEventListener('abort', this.onAbort);
  }
}
