export { keySlot } from './key-slot';
export { isKeyPrefix, redis, REDIS_RULES, type GuardedRedis, type RedisOptions } from './redis';
export type { IoredisClient, NodeRedisClient, RedisClient } from './redis-client';
export { redisScript, type RedisScript } from './redis-script';
export { RedisUnavailable } from './redis-unavailable';
