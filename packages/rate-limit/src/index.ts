export type { KeyOption } from './client-key';
export type { LimitPolicy } from './limit-policy';
export { rateLimit } from './rate-limit';
export { RateLimit } from './rate-limit-decorator';
export type { LimitOptions, RateLimitOptions, StoreErrorPolicy } from './rate-limit-options';
export {
  fromRateLimiterFlexible,
  type FlexibleLimiter,
  type FlexibleResult,
} from './store/from-rate-limiter-flexible';
export type { LimitState, LimitStore, LimitTake } from './store/limit-store';
export { memoryLimits, type MemoryLimitsOptions } from './store/memory-limits';
export { redisLimits, type RedisLimits, type RedisLimitsOptions } from './store/redis-limits';
