import type { LimitPolicy } from '../limit-policy';
import type { LimitState } from './limit-store';

/** Rounding errors of floating point, as a part of a unit. */
const ROUNDING = 1e-6;

/**
 * The generic cell rate algorithm: a client is one number, the time when all its units are back. Each unit that it takes
 * moves that time by an interval, a part of the window; it may not be further away than the window. `used` is its
 * distance from now, in milliseconds.
 */
export function usedAfter({ limit, window }: LimitPolicy, used: number, cost: number): number {
  return used + (cost * window * 1000) / limit;
}

/** Milliseconds until a client can have used so much; 0 if it can now. */
export function waitFor({ limit, window }: LimitPolicy, usedThen: number): number {
  const wait = usedThen - window * 1000;
  return wait > (ROUNDING * window * 1000) / limit ? wait : 0;
}

export function describeState(policy: LimitPolicy, used: number, wait: number): LimitState {
  const free = ((policy.window * 1000 - used) * policy.limit) / (policy.window * 1000);
  const remaining = Math.max(0, Math.floor(free + ROUNDING));
  return { isAllowed: wait === 0, remaining, retryAfterMs: wait, resetMs: used };
}
