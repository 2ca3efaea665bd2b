import { hash } from 'node:crypto';
import { checkOptions } from '@sluice/core/kit';
import { isKeyPrefix, redis, REDIS_RULES, type GuardedRedis, type RedisOptions } from '@sluice/redis';
import { keepForMs, type CacheEntry } from '../reply/cache-entry';
import type { CacheStore, PurgeRequest } from './cache-store';
import { formatEntry, parseEntry } from './entry-text';
import { namePurged } from './purged-names';
import { Purges } from './purges';
import { PURGE, READ, READ_PURGES, REMOVE, SAVE } from './redis-scripts';

/** Options of `redisCache`: those of `redis`, and the prefix of the keys. */
export interface RedisCacheOptions extends RedisOptions {
  /** The beginning of every key. Default: `cache:`. */
  readonly prefix?: string;
  /** Milliseconds after which Redis counts as failed for a request. Default: 100. */
  readonly timeoutMs?: number;
}

/** A cache that processes and machines share. */
export interface RedisCache extends CacheStore {
  /** Calls that Redis has not answered. */
  readonly pending: number;
  purge(request: PurgeRequest): Promise<void>;
}

/**
 * Keeps entries in Redis or Valkey, a cluster included. With every entry it reads what was purged in the meantime, so all
 * processes see a purge at once. While Redis fails, requests are answered as without a cache.
 *
 * @throws ConfigurationError when an option is unknown or invalid, or the client would send commands again
 * @example responseCache({ ttl: 60, store: redisCache({ client }) })
 */
export function redisCache(options: RedisCacheOptions): RedisCache {
  checkOptions('redisCache', options, { ...REDIS_RULES, prefix: isKeyPrefix });
  const { prefix = 'cache:', timeoutMs = 100, ...others } = options;
  return new RedisEntries(redis({ ...others, timeoutMs }, 'redisCache'), prefix);
}

class RedisEntries implements RedisCache {
  readonly name = 'redis';
  readonly isShared = true;
  private readonly purges = new Purges();
  private readonly purgesKey: string;
  /** The reading of purges that the next turn begins. */
  private nextReading: Promise<void> | undefined;

  constructor(
    private readonly calls: GuardedRedis,
    private readonly prefix: string,
  ) {
    this.purgesKey = `${prefix}{purges}`;
  }

  get pending(): number {
    return this.calls.pending;
  }

  get version(): number {
    return this.purges.version;
  }

  async find(key: string): Promise<CacheEntry | undefined> {
    const [reply] = await Promise.all([this.calls.run(READ, [this.nameEntry(key)]), this.readPurges()]);
    if (!Array.isArray(reply)) throw new TypeError('Redis answered with something other than an entry.');
    const [text, leftMs] = reply as readonly unknown[];
    if (typeof text !== 'string') return undefined;
    const entry = parseEntry(
      text,
      (lifetime) => performance.now() - keepForMs(lifetime) + Math.max(0, Number(leftMs)),
    );
    return entry !== undefined && this.isKnownCurrent(entry) ? entry : undefined;
  }

  async save(key: string, entry: CacheEntry): Promise<void> {
    const leftMs = Math.ceil(keepForMs(entry.lifetime) - (performance.now() - entry.bornAt));
    if (leftMs > 0) await this.calls.run(SAVE, [this.nameEntry(key)], [formatEntry(entry), leftMs]);
  }

  async remove(key: string): Promise<void> {
    await this.calls.run(REMOVE, [this.nameEntry(key)]);
  }

  async isCurrent(entry: CacheEntry): Promise<boolean> {
    await this.readPurges();
    return this.isKnownCurrent(entry);
  }

  async purge(request: PurgeRequest): Promise<void> {
    const names = namePurged(request);
    if (names.length === 0) return;
    this.purges.add(names, readNumber(await this.calls.run(PURGE, [this.purgesKey], names)));
  }

  private isKnownCurrent({ names, since }: CacheEntry): boolean {
    return !this.purges.isPurged(names, since);
  }

  /** Keys have credentials in them where a reply depends on those. */
  private nameEntry(key: string): string {
    return `${this.prefix}${hash('sha256', key, 'base64url')}`;
  }

  /** Reads the purges, once for all who ask in this turn: who asks later must see later purges. */
  private readPurges(): Promise<void> {
    return (this.nextReading ??= Promise.resolve().then(() => {
      this.nextReading = undefined;
      return this.readPurgesNow();
    }));
  }

  private async readPurgesNow(): Promise<void> {
    const reply = await this.calls.run(READ_PURGES, [this.purgesKey], [this.purges.version]);
    if (!Array.isArray(reply)) throw new TypeError('Redis answered with something other than purges.');
    const [latest, floor, changes] = reply as readonly unknown[];
    if (Array.isArray(changes)) {
      for (let index = 0; index < changes.length; index += 2) {
        const name = String(changes[index]);
        if (!name.startsWith('!')) this.purges.add([name], readNumber(changes[index + 1]));
      }
      this.purges.forgetBefore(readNumber(floor));
    }
    this.purges.advance(readNumber(latest));
  }
}

function readNumber(value: unknown): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new TypeError('Redis answered with something other than the number of a purge.');
}
