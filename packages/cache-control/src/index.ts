export { CacheControl } from './cache-control-decorator';
export { cacheControl } from './cache-control';
export type { CacheControlOptions } from './cache-control';
