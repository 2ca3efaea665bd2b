/** The requests that wait for something, and the background tasks: what is waited for before an engine closes. */
export class InFlight {
  private count = 0;
  private whenIdle: (() => void) | undefined;

  /** Counts something that runs until `leave`. */
  enter(): void {
    this.count++;
  }

  leave(): void {
    this.count--;
    if (this.count === 0) this.whenIdle?.();
  }

  /** Counts work until it is done. It must not reject. */
  track(work: Promise<void>): void {
    this.enter();
    void work.then(() => this.leave());
  }

  /** Resolves when nothing runs any more, or after so many milliseconds. */
  waitUntilIdle(timeoutMs: number): Promise<void> {
    if (this.count === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const deadline = setTimeout(resolve, timeoutMs);
      this.whenIdle = () => {
        clearTimeout(deadline);
        resolve();
      };
    });
  }
}
