/** The most that a process may have of each, a whole number. Default: none; then it is not measured. */
export interface Limits {
  /** Milliseconds by which the event loop is late, the mean between two samples. */
  readonly maxEventLoopDelayMs?: number;
  /** Bytes of the JavaScript heap that are in use. */
  readonly maxHeapBytes?: number;
  /** Bytes of memory of the whole process. */
  readonly maxRssBytes?: number;
  /** Requests that have passed this middleware and whose responses have not ended. */
  readonly maxInFlight?: number;
}

/** The measurements of the process at one time. */
export interface Sample {
  readonly delayMs: number;
  readonly heapBytes: number;
  readonly rssBytes: number;
}

/** Refusing begins at the limit times the factor of the priority, and ends below nine tenths of that. */
const FACTORS = { low: 0.8, normal: 1, high: 1.25 } as const;
const RELEASE = 0.9;

/** The priorities that can be refused. */
export type Level = keyof typeof FACTORS;

const LEVELS = Object.keys(FACTORS) as Level[];

/** Decides from samples which priorities are refused, with hysteresis. Pure but for its memory of the last decision. */
export class Pressure {
  /** The requests in flight. */
  inFlight = 0;
  private readonly refused: Record<Level, boolean> = { low: false, normal: false, high: false };
  private readonly isFull: Record<Level, boolean> = { low: false, normal: false, high: false };

  constructor(private readonly limits: Limits) {}

  /** Takes a sample, and decides for the time until the next one. */
  take({ delayMs, heapBytes, rssBytes }: Sample): void {
    const { maxEventLoopDelayMs, maxHeapBytes, maxRssBytes } = this.limits;
    const share = Math.max(
      divide(delayMs, maxEventLoopDelayMs),
      divide(heapBytes, maxHeapBytes),
      divide(rssBytes, maxRssBytes),
    );
    for (const level of LEVELS) this.refused[level] = isOver(share, level, this.refused[level]);
  }

  /** Forgets the last sample, because nothing is measured any more. */
  forget(): void {
    for (const level of LEVELS) this.refused[level] = false;
  }

  /** Whether a request of this priority is refused now. */
  refuses(level: Level): boolean {
    const { maxInFlight } = this.limits;
    if (maxInFlight !== undefined)
      this.isFull[level] = isOver(this.inFlight / maxInFlight, level, this.isFull[level]);
    return this.refused[level] || this.isFull[level];
  }
}

function isOver(share: number, level: Level, wasOver: boolean): boolean {
  return share >= FACTORS[level] * (wasOver ? RELEASE : 1);
}

function divide(value: number, limit: number | undefined): number {
  return limit === undefined ? 0 : value / limit;
}
