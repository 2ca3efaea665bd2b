import { checkOptions } from '@sluice/core/kit';
import { isKeyPrefix, redis, REDIS_RULES, type RedisOptions } from '@sluice/redis';
import type { SessionRecord, UserSessionStore } from '@sluice/session';
import { DESTROY, RAISE_EPOCH, READ, READ_EPOCH, TOUCH, WRITE } from './session-scripts';

/** Options of `redisStore`: those of `redis`, and the prefix of the keys. */
export interface RedisStoreOptions extends RedisOptions {
  /** The beginning of every key. Default: `session:`. */
  readonly prefix?: string;
}

/** Sessions that processes and machines share. */
export interface RedisSessionStore extends UserSessionStore {
  /** Calls that Redis has not answered. */
  readonly pending: number;
}

const DESTROYED_MS = 60_000;
/** A day longer than a session can live. */
const EPOCH_MS = 401 * 24 * 60 * 60 * 1000;

/**
 * Keeps sessions in Redis or Valkey, a cluster included. Each call is one script on one key, with a timeout; an error
 * of it becomes a 503.
 *
 * @throws ConfigurationError when an option is unknown or invalid, or the client would send commands again
 * @example session({ secretKey: process.env.SESSION_SECRET, store: redisStore({ client }) })
 */
export function redisStore(options: RedisStoreOptions): RedisSessionStore {
  checkOptions('redisStore', options, { ...REDIS_RULES, prefix: isKeyPrefix });
  const { prefix = 'session:', ...others } = options;
  const calls = redis(others, 'redisStore');
  const keyOf = (idHash: string) => [`${prefix}{${idHash}}`];
  const epochKeyOf = (userHash: string) => [`${prefix}user:{${userHash}}`];

  return {
    get pending() {
      return calls.pending;
    },
    async get(idHash) {
      return readRecord(await calls.run(READ, keyOf(idHash)));
    },
    async set(idHash, data, { ttlSeconds, ifVersion }) {
      return (await calls.run(WRITE, keyOf(idHash), [ifVersion, data, ttlSeconds * 1000])) === 1;
    },
    async touch(idHash, { ttlSeconds, ifVersion }) {
      return (await calls.run(TOUCH, keyOf(idHash), [ifVersion, ttlSeconds * 1000])) === 1;
    },
    async destroy(idHash) {
      const data = await calls.run(DESTROY, keyOf(idHash), [DESTROYED_MS]);
      return typeof data === 'string' ? data : undefined;
    },
    async readEpoch(userHash) {
      return Number((await calls.run(READ_EPOCH, epochKeyOf(userHash))) ?? 0);
    },
    async raiseEpoch(userHash) {
      await calls.run(RAISE_EPOCH, epochKeyOf(userHash), [EPOCH_MS]);
    },
  };
}

/** @throws TypeError for an answer that is not a record: it must not be taken for a session that does not exist */
function readRecord(reply: unknown): SessionRecord | undefined {
  const [version, data] = Array.isArray(reply) ? (reply as unknown[]) : [];
  if (version === null) return undefined;
  if (typeof data !== 'string' || !Number.isSafeInteger(Number(version)))
    throw new TypeError('Redis answered with something other than a session.');
  return { data, version: Number(version) };
}
