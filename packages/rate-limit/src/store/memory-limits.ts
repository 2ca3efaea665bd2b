import { checkOptions, isIntegerOption } from '@sluice/core/kit';
import type { LimitPolicy } from '../limit-policy';
import { BoundedTimes } from './bounded-times';
import { describeState, usedAfter, waitFor } from './gcra';
import type { LimitState, LimitStore, LimitTake } from './limit-store';

/** Options of `memoryLimits`. */
export interface MemoryLimitsOptions {
  /** Clients kept at once, for each policy. Default: 100000, some 10 MB. */
  readonly maxKeys?: number;
}

/**
 * Counts in the memory of this process, synchronously, without timers, and with a bounded number of clients.
 *
 * @throws ConfigurationError when an option is unknown or invalid
 */
export function memoryLimits(options: MemoryLimitsOptions = {}): MemoryLimits {
  checkOptions('memoryLimits', options, { maxKeys: isIntegerOption(1, 10_000_000) });
  return new MemoryLimits(options.maxKeys ?? 100_000);
}

/** Limits that are counted in this process. */
export class MemoryLimits implements LimitStore {
  readonly name = 'memory';
  /** By the id of the policy. With the key of the client alone, an address that came before is found without hashing. */
  private readonly timesOf = new Map<string, BoundedTimes>();

  constructor(private readonly maxKeys: number) {}

  take(takes: readonly LimitTake[]): readonly LimitState[] {
    // Not the time of day, which can be set back.
    const now = performance.now();
    if (takes.length === 1) return [this.takeOne(takes[0]!, now)];
    const used = takes.map((take) => this.readUsed(take, now));
    const after = takes.map(({ policy, cost }, index) => usedAfter(policy, used[index]!, cost));
    const waits = takes.map(({ policy }, index) => waitFor(policy, after[index]!));
    const isTaken = waits.every((wait) => wait === 0);
    return takes.map((take, index) => {
      if (!isTaken) return describeState(take.policy, used[index]!, waits[index]!);
      this.write(take, after[index]!, now);
      return describeState(take.policy, after[index]!, 0);
    });
  }

  /** The same without the lists: most routes have one limit. */
  private takeOne(take: LimitTake, now: number): LimitState {
    const { policy, cost } = take;
    const used = this.readUsed(take, now);
    const after = usedAfter(policy, used, cost);
    const wait = waitFor(policy, after);
    if (wait > 0) return describeState(policy, used, wait);
    this.write(take, after, now);
    return describeState(policy, after, 0);
  }

  private readUsed({ policy, key }: LimitTake, now: number): number {
    return Math.max(0, (this.findTimes(policy).get(key) ?? 0) - now);
  }

  private write({ policy, key, cost }: LimitTake, used: number, now: number): void {
    if (cost > 0) this.findTimes(policy).set(key, now + used, now);
  }

  private findTimes({ id }: LimitPolicy): BoundedTimes {
    let times = this.timesOf.get(id);
    if (times === undefined) this.timesOf.set(id, (times = new BoundedTimes(this.maxKeys)));
    return times;
  }
}
