import type { Context } from '@sluice/core';
import { parseDirectives, readSeconds } from './reply/directives';

/** The directives of a request to the cache, in its Cache-Control (RFC 9111 §5.2.1). */
export interface RequestDirectives {
  /** The reply must not be kept. */
  readonly isUnstored: boolean;
  /** There must be an answer without the handler. */
  readonly isOnlyCached: boolean;
  /** Whether an entry of so many seconds is new enough. None is, if the handler must run. */
  accepts(age: number): boolean;
}

/** Reads the directives of a request; undefined without any, and for a malformed header. */
export function readDirectives({ request }: Context): RequestDirectives | undefined {
  const value = request.header('cache-control');
  if (value === undefined) return undefined;
  const directives = parseDirectives(value);
  if (directives === undefined || directives.size === 0) return undefined;
  const maxAge = directives.has('no-cache') ? 0 : readSeconds(directives, 'max-age');
  return {
    isUnstored: directives.has('no-store'),
    isOnlyCached: directives.has('only-if-cached'),
    accepts: (age) => maxAge === undefined || (maxAge > 0 && age <= maxAge),
  };
}
