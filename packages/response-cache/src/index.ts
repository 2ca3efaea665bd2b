export { addCacheTags, CACHE_TAGS, CacheTags } from './cache-tags';
export { Immutable, immutable } from './immutable';
export type { CacheEntry, Lifetime } from './reply/cache-entry';
export type { StoredReply } from './reply/stored-reply';
export { responseCache, type ResponseCache } from './response-cache';
export type { ResponseCacheOptions } from './response-cache-options';
export type { CacheStore, PurgeRequest } from './store/cache-store';
export { memoryCache, type MemoryCache, type MemoryCacheOptions } from './store/memory-cache';
export { redisCache, type RedisCache, type RedisCacheOptions } from './store/redis-cache';
