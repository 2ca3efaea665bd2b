import type { CacheEntry } from './reply/cache-entry';

/** The most requests that wait for one; others do their own work. */
const MOST_WAITING = 10_000;

/** Work on one key, whose result others wait for. */
export class Flight {
  /** Resolves with the entry; undefined if there is none for others, or it takes too long. Never rejects. */
  readonly result: Promise<CacheEntry | undefined>;
  private waiting = 0;
  private resolve!: (entry: CacheEntry | undefined) => void;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly flights: Map<string, Flight>,
    private readonly key: string,
    private readonly maxWaitMs: number,
  ) {
    flights.set(key, this);
    this.result = new Promise((resolve) => (this.resolve = resolve));
  }

  /** Waits for the result; undefined if too many do. The time counts from the first one on. */
  join(): Promise<CacheEntry | undefined> | undefined {
    if (this.waiting === MOST_WAITING) return undefined;
    this.waiting++;
    this.timer ??= setTimeout(() => this.finish(undefined), this.maxWaitMs);
    return this.result;
  }

  /** Ends the waiting. Later requests begin anew. */
  finish(entry: CacheEntry | undefined): void {
    clearTimeout(this.timer);
    if (this.flights.get(this.key) === this) this.flights.delete(this.key);
    this.resolve(entry);
  }
}

/** Lets requests for one key wait for the first of them. */
export class Flights {
  private readonly flights = new Map<string, Flight>();

  constructor(private readonly maxWaitMs: number) {}

  find(key: string): Flight | undefined {
    return this.flights.size === 0 ? undefined : this.flights.get(key);
  }

  begin(key: string): Flight {
    return new Flight(this.flights, key, this.maxWaitMs);
  }
}
