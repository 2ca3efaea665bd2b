/** Those who want to know when the client goes away. */
export class AbortListeners {
  private listeners: (() => void)[] | undefined;

  add(listener: () => void): void {
    (this.listeners ??= []).push(listener);
  }

  /** Calls each of them once. An error would end the process if it reached the engine, and must not stop the others. */
  call(): void {
    const { listeners = [] } = this;
    this.listeners = undefined;
    for (const listener of listeners) {
      try {
        listener();
      } catch {
        // It is the listener's own.
      }
    }
  }
}
