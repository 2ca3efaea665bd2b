import type { Context, Next } from '@sluice/core';
import type { Flight } from './flights';
import type { CacheEntry } from './reply/cache-entry';
import type { Forward } from './reply/cache-status';

/** A request that found no fresh entry, on its way to the handler. */
export interface Visit {
  readonly context: Context;
  readonly next: Next;
  readonly key: string;
  /** The text of `varyBy`. */
  readonly user: string | undefined;
  /** How often it has waited for others already. */
  readonly round: number;
  /** Others wait for it. */
  flight: Flight | undefined;
  /** An entry that may be used if the handler fails. */
  stale: CacheEntry | undefined;
  forward: Forward;
}

/** Begins a visit. */
export function makeVisit(
  context: Context,
  next: Next,
  key: string,
  user: string | undefined,
  round: number,
): Visit {
  return { context, next, key, user, round, flight: undefined, stale: undefined, forward: 'miss' };
}
