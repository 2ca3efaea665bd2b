/**
 * The part of its life that an application is in: `starting` until it listens or answers in memory, then `serving`; `closing` from
 * the call of `app.close()` on, and for ever.
 */
export type AppPhase = 'starting' | 'serving' | 'closing';

/** Announces once that the application closes, so that endless responses such as event streams can end. */
export class Closing {
  private readonly listeners = new Set<() => void>();
  private current: AppPhase = 'starting';

  /** The part of its life that the application is in. */
  get phase(): AppPhase {
    return this.current;
  }

  /** The application answers requests now, unless it closes. */
  serve(): void {
    if (this.current === 'starting') this.current = 'serving';
  }

  /** Calls `listener` when closing begins, or now if it already has. Returns a function that stops listening. */
  listen(listener: () => void): () => void {
    if (this.current === 'closing') listener();
    else this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  begin(): void {
    this.current = 'closing';
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }
}
