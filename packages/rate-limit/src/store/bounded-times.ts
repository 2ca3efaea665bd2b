/** Entries that are compared when one must go. */
const CANDIDATES = 8;

/**
 * Times by key, a bounded number of them, without a timer: a time that has passed means the same as none. Above the
 * bound, a new key replaces one that has passed, else the nearest of a few, so a client that must wait long cannot free
 * itself with a flood of other keys.
 */
export class BoundedTimes {
  private readonly times = new Map<string, number>();
  /** It goes round: an iterator from the beginning would pass all entries that were deleted there. */
  private hand = this.times.entries();

  constructor(private readonly most: number) {}

  get size(): number {
    return this.times.size;
  }

  get(key: string): number | undefined {
    return this.times.get(key);
  }

  set(key: string, time: number, now: number): void {
    this.times.set(key, time);
    if (this.times.size > this.most) this.evict(key, now);
  }

  private evict(kept: string, now: number): void {
    let nearest: string | undefined;
    let nearestTime = Infinity;
    for (let seen = 0; seen < CANDIDATES; seen++) {
      const entry = this.advance();
      if (entry === undefined) break;
      const [key, time] = entry;
      if (key === kept || time >= nearestTime) continue;
      nearest = key;
      nearestTime = time;
      if (time <= now) break;
    }
    this.times.delete(nearest ?? kept);
  }

  private advance(): [string, number] | undefined {
    const next = this.hand.next();
    if (next.done !== true) return next.value;
    this.hand = this.times.entries();
    return this.hand.next().value;
  }
}
