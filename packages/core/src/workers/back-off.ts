const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 30_000;
const LOOP_DEATHS = 5;
const LOOP_MS = 30_000;

/** How long the next worker waits after the deaths of others, and when there were too many. Times are in milliseconds. */
export class BackOff {
  private delayMs = FIRST_DELAY_MS;
  private deaths: number[] = [];
  private lastAt = -Infinity;

  /** Whether five workers have died within 30 seconds. */
  isLoop(now: number): boolean {
    return this.deaths.filter((at) => now - at < LOOP_MS).length >= LOOP_DEATHS;
  }

  /**
   * Counts a death, and returns the milliseconds to wait: twice as many as after the one before, unless that is long ago.
   */
  countDeath(now: number): number {
    this.deaths = [...this.deaths, now].slice(-LOOP_DEATHS);
    return this.nextDelay(now);
  }

  /** The same for a process that the system has refused, which is not the death of a worker. */
  countRefusal(now: number): number {
    return this.nextDelay(now);
  }

  private nextDelay(now: number): number {
    if (now - this.lastAt > LONGEST_DELAY_MS * 2) this.delayMs = FIRST_DELAY_MS;
    this.lastAt = now;
    const delay = this.delayMs;
    this.delayMs = Math.min(LONGEST_DELAY_MS, delay * 2);
    return delay;
  }
}
