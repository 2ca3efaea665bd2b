import type { MaybePromise } from '@sluice/core';
import type { LimitPolicy } from '../limit-policy';

/** One request, as it counts for one policy. */
export interface LimitTake {
  readonly policy: LimitPolicy;
  /** The client: its address, or a text that is not longer than 100 characters, without braces and spaces. */
  readonly key: string;
  /** Units that the request takes; 0 only looks. */
  readonly cost: number;
}

/** The state of a policy for a client after a request. */
export interface LimitState {
  /** Whether this policy lets the request pass. */
  readonly isAllowed: boolean;
  /** Units that the client can take at once. */
  readonly remaining: number;
  /** Milliseconds until the same request would pass; 0 if it does. */
  readonly retryAfterMs: number;
  /** Milliseconds until the client has all units again. */
  readonly resetMs: number;
}

/**
 * Counts requests. A store may answer synchronously or asynchronously. An error of it is handled as `onStoreError` says.
 * `limitStoreContract` of `@sluice/testing/stores` tests a store.
 */
export interface LimitStore {
  /** The name in the plan. */
  readonly name: string;
  /**
   * Takes units from every policy, or from none of them if one has too few. Returns a state for each, in order;
   * undefined for one that was not asked, because another had refused.
   */
  take(takes: readonly LimitTake[]): MaybePromise<readonly (LimitState | undefined)[]>;
}
