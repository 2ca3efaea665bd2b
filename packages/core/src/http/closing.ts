/** Tells whoever answers without an end that the application closes, once. */
export class Closing {
  private readonly listeners = new Set<() => void>();
  private hasBegun = false;

  /** Calls `listener` when closing begins, at once if it has; gives back how to stop listening. */
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
