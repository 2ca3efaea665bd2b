export { keySlot } from './key-slot';
export { redis, type GuardedRedis, type RedisOptions } from './redis';
export type { IoredisClient, NodeRedisClient, RedisClient } from './redis-client';
export { redisScript, type RedisScript } from './redis-script';
export { RedisUnavailable } from './redis-unavailable';
