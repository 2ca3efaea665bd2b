/** Counts work that has begun, such as requests, for which an engine waits before it closes. */
export class InFlight {
  /** The work that has not ended. */
  count = 0;
  private whenIdle: (() => void) | undefined;

  /** Counts one more until `leave`. */
  enter(): void {
    this.count++;
  }

  leave(): void {
    this.count--;
    if (this.count === 0) this.whenIdle?.();
  }

  /** Counts one more until the promise resolves. It must not reject. */
  track(work: Promise<void>): void {
    this.enter();
    void work.then(() => this.leave());
  }

  /** Resolves when the count is zero, or after the timeout. */
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
