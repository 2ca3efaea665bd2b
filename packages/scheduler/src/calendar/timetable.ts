import type { Clock } from '../clock/clock';
import type { Schedule } from './schedule';

/** An instant whose time has come. */
export interface Due {
  readonly instant: number;
  /** Milliseconds since the instant. */
  readonly lateMs: number;
  /** Earlier instants that passed unseen, as the process slept or its loop was blocked; counted up to a hundred. */
  readonly missed: number;
}

/** More missed runs than that are not counted. */
export const MOST_COUNTED = 100;
const NOTICED_CHANGE_MS = 1000;

/** Hands out the instants of a schedule, each once, whatever happens to the time of day. */
export class Timetable {
  private next: number | undefined;
  /** The last instant: when it was handed out, and the milliseconds between it and the next one. */
  private last: { readonly elapsed: number; readonly gap: number } | undefined;
  /** The time of day minus the elapsed time. It changes when somebody sets the time of day. */
  private offset: number;

  constructor(
    private readonly schedule: Schedule,
    private readonly clock: Clock,
  ) {
    this.next = schedule.after(clock.now());
    this.offset = clock.now() - clock.elapsed();
  }

  /** Milliseconds until the next instant. */
  get wait(): number {
    return this.next === undefined ? Infinity : Math.max(0, this.next - this.clock.now());
  }

  /** The last instant that has come since the last call. */
  take(): Due | undefined {
    const now = this.clock.now();
    this.followTime(now);
    if (this.next === undefined || this.next > now) return undefined;
    const { instant, missed, next } = this.findLatest(this.next, now);
    this.next = next;
    this.last = { elapsed: this.clock.elapsed(), gap: (this.next ?? Infinity) - instant };
    return { instant, lateMs: now - instant, missed };
  }

  /**
   * When the time of day was set back, the instants since then come a second time. The next run is the first instant
   * after the usual time between two runs, so that nothing runs twice, and nothing waits until the old time is reached.
   */
  private followTime(now: number): void {
    const elapsed = this.clock.elapsed();
    const change = now - elapsed - this.offset;
    this.offset += change;
    if (change > -NOTICED_CHANGE_MS) return;
    const earliest = this.last === undefined ? now : this.last.elapsed + this.offset + this.last.gap;
    this.next = Number.isFinite(earliest) ? this.schedule.after(Math.max(now, earliest - 1)) : undefined;
  }

  private findLatest(
    first: number,
    now: number,
  ): Pick<Due, 'instant' | 'missed'> & { next?: number | undefined } {
    const next = this.schedule.after(first);
    if (next === undefined || next > now) return { instant: first, missed: 0, next };
    const instant = this.schedule.latest(now) ?? first;
    return { instant, missed: this.countMissed(first, instant), next: this.schedule.after(instant) };
  }

  private countMissed(from: number, to: number): number {
    let count = 0;
    for (let at: number | undefined = from; at !== undefined && at < to; at = this.schedule.after(at))
      if (++count === MOST_COUNTED) break;
    return count;
  }
}
