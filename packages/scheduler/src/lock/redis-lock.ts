import { checkOptions, isIntegerOption } from '@sluice/core/kit';
import { isKeyPrefix, redis, REDIS_RULES, type RedisOptions } from '@sluice/redis';
import { CLAIM, REFUSALS, RELEASE, RENEW } from './lock-scripts';
import type { TaskLock } from './task-lock';

/** Options of `redisLock`: those of `redis`, the prefix of the keys, and the time of a lock. */
export interface RedisLockOptions extends RedisOptions {
  /** The beginning of every key. Default: `tasks:`. */
  readonly prefix?: string;
  /** Milliseconds after which the lock of a process that is dead or frozen is free. Default: 30000. */
  readonly holdMs?: number;
  /** Milliseconds after which Redis counts as failed for a call. Default: 2000. */
  readonly timeoutMs?: number;
}

const DAY_MS = 86_400_000;
/** Longer than a year, for tasks that run once a year. */
const KEEP_MS = 400 * DAY_MS;
/** The clocks of machines that NTP keeps differ by less. */
const MOST_AHEAD_MS = 60_000;

/**
 * One runner among all processes that share a Redis or Valkey, a cluster included. Whichever process comes first holds
 * the task while it runs, and renews that; an instant that one has claimed is refused to all others.
 *
 * @throws ConfigurationError when an option is unknown or invalid, or the client would send commands again
 * @example scheduler({ lock: redisLock({ client }) })
 */
export function redisLock(options: RedisLockOptions): TaskLock {
  checkOptions('redisLock', options, {
    ...REDIS_RULES,
    prefix: isKeyPrefix,
    holdMs: isIntegerOption(1000, DAY_MS),
  });
  const { prefix = 'tasks:', holdMs = 30_000, timeoutMs = 2000, ...others } = options;
  const calls = redis({ ...others, timeoutMs }, 'redisLock');
  const nameKey = (task: string, part: string): string => `${prefix}{${task}}:${part}`;
  return {
    name: 'redis',
    holdMs,
    async claim({ task, instant, token, isExclusive }) {
      const keys = ['holder', 'fence', 'instant'].map((part) => nameKey(task, part));
      const values = [token, holdMs, instant, isExclusive ? 1 : 0, KEEP_MS, MOST_AHEAD_MS];
      const fence = Number(await calls.run(CLAIM, keys, values));
      if (fence > 0) return { fence };
      const refused = REFUSALS[String(fence) as keyof typeof REFUSALS];
      if (refused === undefined) throw new TypeError('Redis answered with something other than a number.');
      return { refused };
    },
    async renew({ task, token }) {
      return Number(await calls.run(RENEW, [nameKey(task, 'holder')], [token, holdMs])) === 1;
    },
    async release({ task, token }) {
      await calls.run(RELEASE, [nameKey(task, 'holder')], [token]);
    },
  };
}
