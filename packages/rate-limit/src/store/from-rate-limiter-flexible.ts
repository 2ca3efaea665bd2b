import type { LimitPolicy } from '../limit-policy';
import type { LimitState, LimitStore, LimitTake } from './limit-store';

/** The part of a limiter of `rate-limiter-flexible` that is used. */
export interface FlexibleLimiter {
  consume(key: string, points?: number): Promise<FlexibleResult>;
}

/** A result of `consume`, which rejects with it where the limit is reached. */
export interface FlexibleResult {
  readonly remainingPoints: number;
  readonly msBeforeNext: number;
}

/**
 * Makes a store of limiters of `rate-limiter-flexible`, for its stores: Memcached, PostgreSQL, MongoDB, DynamoDB and
 * others. Its windows are fixed, and several policies are counted one after the other.
 *
 * @param makeLimiter is called once for each policy, at its first request
 * @example fromRateLimiterFlexible(({ id, limit, window }) =>
 *   new RateLimiterMemcache({ storeClient, keyPrefix: id, points: limit, duration: window }))
 */
export function fromRateLimiterFlexible(makeLimiter: (policy: LimitPolicy) => FlexibleLimiter): LimitStore {
  const limiters = new Map<string, FlexibleLimiter>();

  function findLimiter(policy: LimitPolicy): FlexibleLimiter {
    const known = limiters.get(policy.id) ?? makeLimiter(policy);
    limiters.set(policy.id, known);
    return known;
  }

  return {
    name: 'rate-limiter-flexible',
    async take(takes) {
      const states: (LimitState | undefined)[] = takes.map(() => undefined);
      for (const [index, take] of takes.entries()) {
        const state = await consume(findLimiter(take.policy), take);
        states[index] = state;
        if (!state.isAllowed) break;
      }
      return states;
    },
  };
}

async function consume(limiter: FlexibleLimiter, { key, cost }: LimitTake): Promise<LimitState> {
  try {
    return describe(await limiter.consume(key, cost), true);
  } catch (refusal) {
    if (refusal instanceof Error || !isResult(refusal)) throw refusal;
    return describe(refusal, false);
  }
}

function isResult(value: unknown): value is FlexibleResult {
  return typeof value === 'object' && value !== null && 'msBeforeNext' in value;
}

function describe({ remainingPoints, msBeforeNext }: FlexibleResult, isAllowed: boolean): LimitState {
  const resetMs = Math.max(0, msBeforeNext);
  return {
    isAllowed,
    remaining: Math.max(0, remainingPoints),
    retryAfterMs: isAllowed ? 0 : Math.max(1, resetMs),
    resetMs,
  };
}
