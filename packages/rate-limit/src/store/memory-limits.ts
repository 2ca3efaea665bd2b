import { checkOptions, isIntegerOption } from '@sluice/core/kit';
import { BoundedTimes } from './bounded-times';
import { describeState, usedAfter, waitFor } from './gcra';
import type { LimitState, LimitStore, LimitTake } from './limit-store';

/** Options of `memoryLimits`. */
export interface MemoryLimitsOptions {
  /** Clients kept at once, for each policy one. Default: 100000, some 10 MB. */
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
  private readonly times: BoundedTimes;

  constructor(maxKeys: number) {
    this.times = new BoundedTimes(maxKeys);
  }

  take(takes: readonly LimitTake[]): readonly LimitState[] {
    // Not the time of day, which can be set back.
    const now = performance.now();
    const names = takes.map(nameEntry);
    const used = names.map((name) => Math.max(0, (this.times.get(name) ?? 0) - now));
    const after = takes.map(({ policy, cost }, index) => usedAfter(policy, used[index]!, cost));
    const waits = takes.map(({ policy }, index) => waitFor(policy, after[index]!));
    const isTaken = waits.every((wait) => wait === 0);
    return takes.map(({ policy, cost }, index) => {
      if (!isTaken) return describeState(policy, used[index]!, waits[index]!);
      if (cost > 0) this.times.set(names[index]!, now + after[index]!, now);
      return describeState(policy, after[index]!, 0);
    });
  }
}

/** The name of a client's count for a policy. */
export function nameEntry({ policy, key }: LimitTake): string {
  return `${key} ${policy.id}`;
}
