import type { RequestSource } from '../request-source';
import { parseCookieValues } from './cookies';

/** Makes something of the value of a cookie; undefined if it is not wanted. */
export type Accept<T> = (value: string) => T | undefined;

/** Whether a result is better than the best one before it. */
export type IsBetter<T> = (result: T, best: T) => boolean;

/**
 * Finds the first result of `accept` for the values of one cookie, or with `isBetter` the best. Lines behind the first,
 * which browsers do not send, are searched only without a result.
 */
export function findCookie<T>(
  source: Pick<RequestSource, 'readFirstLine' | 'readHeader'>,
  name: string,
  accept: Accept<T>,
  isBetter?: IsBetter<T>,
): T | undefined {
  const first = source.readFirstLine('cookie');
  if (first === undefined) return undefined;
  const values = parseCookieValues(first, name);
  const accepted = findAccepted(values, accept, isBetter);
  if (accepted !== undefined) return accepted;
  const all = parseCookieValues(source.readHeader('cookie') ?? '', name);
  return findAccepted(all.slice(values.length), accept, isBetter);
}

/** The first result of `accept` that is not undefined; with `isBetter`, the best of all results. */
function findAccepted<T>(
  values: readonly string[],
  accept: Accept<T>,
  isBetter?: IsBetter<T>,
): T | undefined {
  let best: T | undefined;
  for (const value of values) {
    const accepted = accept(value);
    if (accepted === undefined || (best !== undefined && isBetter?.(accepted, best) !== true)) continue;
    best = accepted;
    if (isBetter === undefined) break;
  }
  return best;
}
