/** Milliseconds of one slot: a time is over at most so much later than asked. */
const TICK_MS = 10;
const SLOTS = 512;

/** A time that runs. */
export interface Alarm {
  readonly ring: () => void;
  /** The tick of the process's clock at which it is over. */
  readonly tick: number;
}

/** Many times with one timer, which runs only while there are any. Arming and disarming cost the same for any number. */
export class TimerWheel {
  private readonly slots = Array.from({ length: SLOTS }, () => new Set<Alarm>());
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The last tick whose alarms have rung. */
  private reached = 0;
  private count = 0;

  /** How many times run. */
  get size(): number {
    return this.count;
  }

  /** Calls `ring` once after the time, unless it is disarmed before. `ring` must not throw. */
  arm(ms: number, ring: () => void): Alarm {
    const now = performance.now();
    if (this.count === 0) this.reached = Math.floor(now / TICK_MS);
    const tick = Math.ceil((now + ms) / TICK_MS);
    const alarm = { ring, tick };
    this.slots[tick % SLOTS]!.add(alarm);
    this.count += 1;
    this.timer ??= setTimeout(() => this.turn(), TICK_MS);
    return alarm;
  }

  disarm(alarm: Alarm): void {
    if (this.slots[alarm.tick % SLOTS]!.delete(alarm)) this.count -= 1;
  }

  /** Lets every alarm ring whose tick has come. After a long block of the process each slot is looked at once. */
  private turn(): void {
    this.timer = undefined;
    const now = Math.floor(performance.now() / TICK_MS);
    const first = Math.max(this.reached + 1, now - SLOTS + 1);
    this.reached = now;
    for (let tick = first; tick <= now; tick += 1) this.ringSlot(this.slots[tick % SLOTS]!, now);
    if (this.count > 0) this.timer ??= setTimeout(() => this.turn(), TICK_MS);
  }

  private ringSlot(slot: Set<Alarm>, now: number): void {
    for (const alarm of slot) {
      if (alarm.tick > now) continue;
      this.disarm(alarm);
      alarm.ring();
    }
  }
}
