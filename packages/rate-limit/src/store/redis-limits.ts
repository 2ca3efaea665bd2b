import { checkOptions } from '@sluice/core/kit';
import { isKeyPrefix, redis, REDIS_RULES, type GuardedRedis, type RedisOptions } from '@sluice/redis';
import { describeState, usedAfter } from './gcra';
import { GCRA_SCRIPT, VALUES_PER_KEY } from './gcra-script';
import type { LimitState, LimitStore, LimitTake } from './limit-store';

/** Options of `redisLimits`: those of `redis`, and the prefix of the keys. */
export interface RedisLimitsOptions extends RedisOptions {
  /** The beginning of every key. Default: `limits:`. */
  readonly prefix?: string;
  /** Milliseconds after which Redis counts as failed for a request. Default: 100. */
  readonly timeoutMs?: number;
}

/** Limits that processes and machines share. */
export interface RedisLimits extends LimitStore {
  /** Calls that Redis has not answered. */
  readonly pending: number;
}

/**
 * Counts in Redis or Valkey, a cluster included, by the clock of Redis. All policies of a request with one key are one
 * script, so they are counted together, or not at all.
 *
 * @throws ConfigurationError when an option is unknown or invalid, or the client would send commands again
 * @example rateLimit({ limit: 100, window: 60, store: redisLimits({ client }) })
 */
export function redisLimits(options: RedisLimitsOptions): RedisLimits {
  checkOptions('redisLimits', options, { ...REDIS_RULES, prefix: isKeyPrefix });
  const { prefix = 'limits:', timeoutMs = 100, ...others } = options;
  const calls = redis({ ...others, timeoutMs }, 'redisLimits');
  return {
    name: 'redis',
    get pending() {
      return calls.pending;
    },
    take(takes) {
      const { key } = takes[0]!;
      return takes.every((take) => take.key === key)
        ? takeTogether(calls, prefix, takes)
        : takeInTurn(calls, prefix, takes);
    },
  };
}

/** Different keys are in different slots of a cluster, so the policies of each key are a script of their own. */
async function takeInTurn(
  calls: GuardedRedis,
  prefix: string,
  takes: readonly LimitTake[],
): Promise<readonly (LimitState | undefined)[]> {
  const states = new Map<LimitTake, LimitState>();
  for (const key of new Set(takes.map((take) => take.key))) {
    const together = takes.filter((take) => take.key === key);
    const found = await takeTogether(calls, prefix, together);
    for (const [index, take] of together.entries()) states.set(take, found[index]!);
    if (!found.every(({ isAllowed }) => isAllowed)) break;
  }
  return takes.map((take) => states.get(take));
}

async function takeTogether(
  calls: GuardedRedis,
  prefix: string,
  takes: readonly LimitTake[],
): Promise<readonly LimitState[]> {
  const keys = takes.map(({ key, policy }) => `${prefix}{${key}}:${policy.id}`);
  const values = takes.flatMap(({ policy, cost }) => [
    policy.window * 1_000_000,
    usedAfter(policy, 0, cost) * 1000,
  ]);
  const reply = await calls.run(GCRA_SCRIPT, keys, values);
  if (!isReply(reply, takes.length)) throw new TypeError('Redis answered with something other than times.');
  return takes.map(({ policy }, index) =>
    describeState(policy, reply[VALUES_PER_KEY * index]! / 1000, reply[VALUES_PER_KEY * index + 1]! / 1000),
  );
}

function isReply(reply: unknown, count: number): reply is readonly number[] {
  return Array.isArray(reply) && reply.length === count * VALUES_PER_KEY && reply.every(Number.isFinite);
}
