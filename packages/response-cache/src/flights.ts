import type { CacheEntry } from './reply/cache-entry';

/** The most requests that wait for one; others do their own work. */
const MOST_WAITING = 10_000;

/** The entry that others get from a flight. */
export interface Landing {
  readonly entry: CacheEntry;
  /** The store had it already. */
  readonly isHit: boolean;
}

/** Work on one key, whose result others wait for. */
export class Flight {
  /** Resolves with an entry; undefined if there is none for others, or it takes too long. Never rejects. */
  readonly result: Promise<Landing | undefined>;
  private waiting = 0;
  private resolve!: (landing: Landing | undefined) => void;
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
  join(): Promise<Landing | undefined> | undefined {
    if (this.waiting === MOST_WAITING) return undefined;
    this.waiting++;
    this.timer ??= setTimeout(() => this.finish(undefined), this.maxWaitMs);
    return this.result;
  }

  /** Ends the waiting. Later requests begin anew. */
  finish(entry: CacheEntry | undefined, isHit = false): void {
    clearTimeout(this.timer);
    if (this.flights.get(this.key) === this) this.flights.delete(this.key);
    this.resolve(entry && { entry, isHit });
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
