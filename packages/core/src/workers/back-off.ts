const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 30_000;
const LOOP_DEATHS = 5;
const LOOP_MS = 30_000;

/** How long the next worker waits after the deaths of others, and when there were too many. Times are in milliseconds. */
export class BackOff {
  private delayMs = FIRST_DELAY_MS;
  private deaths: number[] = [];

  /** Whether five workers have died within 30 seconds. */
  isLoop(now: number): boolean {
    return this.deaths.filter((at) => now - at < LOOP_MS).length >= LOOP_DEATHS;
  }

  /**
   * Counts a death, and returns the milliseconds to wait: twice as many as after the one before, unless that is long ago.
   */
  countDeath(now: number): number {
    const last = this.deaths.at(-1);
    if (last !== undefined && now - last > LONGEST_DELAY_MS * 2) this.delayMs = FIRST_DELAY_MS;
    this.deaths = [...this.deaths, now].slice(-LOOP_DEATHS);
    const delay = this.delayMs;
    this.delayMs = Math.min(LONGEST_DELAY_MS, delay * 2);
    return delay;
  }
}
