import { createHash } from 'node:crypto';

/** A Lua script, and the SHA-1 by which Redis knows it. */
export interface RedisScript {
  readonly source: string;
  readonly sha1: string;
}

/**
 * Makes a script, once, at start-up.
 *
 * @example const INCREMENT = redisScript(`return redis.call('INCRBY', KEYS[1], ARGV[1])`);
 */
export function redisScript(source: string): RedisScript {
  return Object.freeze({ source, sha1: createHash('sha1').update(source).digest('hex') });
}
