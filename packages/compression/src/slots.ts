/** A fixed number of slots. A caller waits while all are taken; first come, first served. */
export class Slots {
  private taken = 0;
  /** In the order of arrival. A Set, so that a caller that gives up is removed at once. */
  private readonly waiting = new Set<() => void>();

  constructor(private readonly most: number) {}

  /**
   * Takes a slot, or waits for one. True: the slot is the caller's until `release()`. False: the signal aborted first.
   *
   * @param readSignal called only when waiting is necessary
   */
  take(readSignal: () => AbortSignal): true | Promise<boolean> {
    if (this.taken >= this.most) return this.wait(readSignal());
    this.taken += 1;
    return true;
  }

  /** Passes the slot to the caller that has waited longest, if any. */
  release(): void {
    const [first] = this.waiting;
    if (first === undefined) this.taken -= 1;
    else first();
  }

  private wait(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const leave = (isGranted: boolean): void => {
        this.waiting.delete(enter);
        signal.removeEventListener('abort', giveUp);
        resolve(isGranted);
      };
      const enter = (): void => leave(true);
      const giveUp = (): void => leave(false);
      this.waiting.add(enter);
      signal.addEventListener('abort', giveUp);
    });
  }
}
