const SHARE = 1 / 5;
const MOST_MS = 1000;

/**
 * Finds the time at which a service that stops aborts its work: a fifth of the time before the deadline, and at most a
 * second, so that work that hears its signal can end in time.
 *
 * @param deadline a time as that of `Date.now()`
 */
export function findAbortTime(deadline: number): number {
  return deadline - Math.min(MOST_MS, Math.max(0, deadline - Date.now()) * SHARE);
}
