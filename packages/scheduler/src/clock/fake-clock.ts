import { parseDuration } from '../calendar/parse-duration';
import type { Clock } from './clock';

interface FakeTimer {
  /** By `elapsed()`. */
  readonly end: number;
  readonly wake: () => void;
}

/** Options of `advance` and `set`. */
export interface FakeClockOptions {
  /** Whether to wait for the runs that begin. Default: true. Pass false when a run waits for something that you do later. */
  readonly wait?: boolean;
}

/**
 * A clock for tests: it only moves when the test says so, and waits for what runs because of it.
 *
 * @example
 * const clock = new FakeClock('2026-03-29T00:59:59Z');
 * const app = await createApp({ providers: [Reports], services: [scheduler({ clock })] });
 * await app.start();
 * await clock.advance('1h');
 */
export class FakeClock implements Clock {
  private time: number;
  private passed = 0;
  private settled = 0;
  private readonly timers = new Set<FakeTimer>();
  private readonly followed = new Set<Promise<unknown>>();

  /** @throws RangeError when the time cannot be read */
  constructor(time: string | number | Date) {
    this.time = readTime(time);
  }

  now(): number {
    return this.time;
  }

  elapsed(): number {
    return this.passed;
  }

  wait(ms: number, wake: () => void): () => void {
    const timer = { end: this.passed + ms, wake };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  follow(work: Promise<unknown>): void {
    const forget = (): void => void this.followed.delete(work);
    this.followed.add(work);
    work.then(forget, forget);
  }

  /**
   * Lets time pass. Runs begin at their moments, one after the other, and have finished when this resolves.
   *
   * @param duration `'90s'`, `'1h30m'`, or milliseconds
   * @throws RangeError when the duration cannot be read
   */
  async advance(duration: string | number, { wait = true }: FakeClockOptions = {}): Promise<void> {
    const ms = parseDuration(duration);
    if (ms === undefined)
      throw new RangeError(`${JSON.stringify(duration)} is not a duration, such as '90s'.`);
    const end = this.passed + ms;
    await this.settle(wait);
    for (let timer = this.findNext(end); timer !== undefined; timer = this.findNext(end)) {
      this.move(timer.end);
      this.timers.delete(timer);
      timer.wake();
      await this.settle(wait);
    }
    this.move(end);
  }

  /** Sets the time of day, as a person or NTP does it: no time passes, and what has become due runs. */
  async set(time: string | number | Date, { wait = true }: FakeClockOptions = {}): Promise<void> {
    this.time = readTime(time);
    // A timer may prevent another one.
    for (const timer of [...this.timers]) if (this.timers.delete(timer)) timer.wake();
    await this.settle(wait);
  }

  private findNext(end: number): FakeTimer | undefined {
    let next: FakeTimer | undefined;
    for (const timer of this.timers)
      if (timer.end <= end && (next === undefined || timer.end < next.end)) next = timer;
    return next;
  }

  private move(end: number): void {
    const ms = Math.max(0, end - this.passed);
    this.passed += ms;
    this.time += ms;
  }

  /** Waits for the runs, and for those that begin when one has ended. */
  private async settle(wait: boolean): Promise<void> {
    // A turn of the loop costs more than most runs, so there are few of them; without any, nothing else could happen.
    if (!wait || ++this.settled % SETTLED_PER_TURN === 0) await turnLoop();
    if (!wait) return;
    do {
      await Promise.allSettled(this.followed);
      for (let turn = 0; turn < TURNS_OF_PROMISES; turn++) await Promise.resolve();
    } while (this.followed.size > 0);
  }
}

const SETTLED_PER_TURN = 100;
const TURNS_OF_PROMISES = 5;

/** Lets everything happen that waits for nothing but its turn. */
async function turnLoop(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

function readTime(time: string | number | Date): number {
  const ms = new Date(time).getTime();
  if (Number.isNaN(ms))
    throw new RangeError(`${JSON.stringify(time)} is not a time, such as 2026-03-29T00:59:59Z.`);
  return ms;
}
