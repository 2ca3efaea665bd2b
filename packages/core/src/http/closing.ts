/** Announces once that the application closes, so that endless responses such as event streams can end. */
export class Closing {
  private readonly listeners = new Set<() => void>();
  private hasBegun = false;

  /** Calls `listener` when closing begins, or now if it already has. Returns a function that stops listening. */
  listen(listener: () => void): () => void {
    if (this.hasBegun) listener();
    else this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  begin(): void {
    this.hasBegun = true;
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }
}
