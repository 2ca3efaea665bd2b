export { redisStore, type RedisSessionStore, type RedisStoreOptions } from './redis-store';
