import { withDependencies } from '@sluice/core';
import { rateLimit, type RateLimitOptions } from '@sluice/rate-limit';
import { SharedRedis } from './shared-redis';

/** A limit that the processes count together. Processes count what has the same name, limit and window as one. */
export function sharedLimit(options: RateLimitOptions) {
  return withDependencies([SharedRedis], ({ limits }) => rateLimit({ ...options, store: limits }));
}
