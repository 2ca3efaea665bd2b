import { isPromise, type Context, type MaybePromise } from '@sluice/core';
import type { StoreErrorPolicy } from '../rate-limit-options';
import { BoundedTimes } from './bounded-times';
import type { LimitState, LimitStore, LimitTake } from './limit-store';
import { memoryLimits, type MemoryLimits } from './memory-limits';

/** The states of the policies; or, while the store fails, that the request passes or is refused without being counted. */
export type LimitOutcome = readonly (LimitState | undefined)[] | 'open' | 'closed';

const MOST_REFUSED = 100_000;

/**
 * A store that several processes share. It may fail: then `onStoreError` decides. A client that it has refused is
 * refused here until its time has come, because no other request can bring that forward, so a flood does not reach it.
 */
export class GuardedLimits {
  private readonly refused = new BoundedTimes(MOST_REFUSED);
  /** It counts all the time, so that it knows the clients when the store fails. */
  private readonly local: MemoryLimits | undefined;
  private isDown = false;

  constructor(
    private readonly store: LimitStore,
    private readonly onStoreError: StoreErrorPolicy,
  ) {
    this.local = onStoreError === 'local' ? memoryLimits() : undefined;
  }

  take(takes: readonly LimitTake[], context: Context): MaybePromise<LimitOutcome> {
    const known = this.findRefused(takes);
    if (known !== undefined) return known;
    try {
      const states = this.store.take(takes);
      if (!isPromise(states)) return this.accept(takes, states, context);
      return states.then(
        (settled) => this.accept(takes, settled, context),
        (error: unknown) => this.fail(takes, error, context),
      );
    } catch (error) {
      return this.fail(takes, error, context);
    }
  }

  private findRefused(takes: readonly LimitTake[]): LimitOutcome | undefined {
    const now = performance.now();
    const waits = takes.map((take) => (this.refused.get(nameRefusal(take)) ?? 0) - now);
    if (!waits.some((wait) => wait > 0)) return undefined;
    return waits.map((wait) =>
      wait > 0 ? { isAllowed: false, remaining: 0, retryAfterMs: wait, resetMs: wait } : undefined,
    );
  }

  private accept(
    takes: readonly LimitTake[],
    states: readonly (LimitState | undefined)[],
    { app: { logger } }: Context,
  ): LimitOutcome {
    if (this.isDown) logger.info('The store of the rate limits works again.');
    this.isDown = false;
    const now = performance.now();
    for (const [index, state] of states.entries())
      if (state?.isAllowed === false)
        this.refused.set(nameRefusal(takes[index]!), now + state.retryAfterMs, now);
    this.local?.take(takes);
    return states;
  }

  private fail(takes: readonly LimitTake[], error: unknown, { app: { logger } }: Context): LimitOutcome {
    if (!this.isDown)
      logger.error(error, `The store of the rate limits failed; ${CONSEQUENCES[this.onStoreError]}`);
    this.isDown = true;
    return this.local?.take(takes) ?? (this.onStoreError === 'open' ? 'open' : 'closed');
  }
}

const CONSEQUENCES: Readonly<Record<StoreErrorPolicy, string>> = {
  local: 'requests are counted in this process only',
  open: 'requests are not counted',
  closed: 'requests are refused with 503',
};

/** A refusal holds for requests of that cost. */
function nameRefusal({ policy, key, cost }: LimitTake): string {
  return `${key} ${policy.id} ${cost}`;
}
