import { checkOptions, isIntegerOption } from '@sluice/core/kit';
import type { CacheEntry } from '../reply/cache-entry';
import type { CacheStore, PurgeRequest } from './cache-store';
import { namePurged } from './purged-names';
import { Purges } from './purges';

/** Options of `memoryCache`. */
export interface MemoryCacheOptions {
  /** The most bytes of all entries together, about. Default: 67108864 (64 MiB). */
  readonly maxBytes?: number;
}

/** A cache in the memory of the process. */
export interface MemoryCache extends CacheStore {
  /** Bytes of its entries, about. */
  readonly bytes: number;
  /** Number of its entries, stale ones included. */
  readonly size: number;
  find(key: string): CacheEntry | undefined;
  save(key: string, entry: CacheEntry): void;
  remove(key: string): void;
  isCurrent(entry: CacheEntry): boolean;
  purge(request: PurgeRequest): void;
}

/**
 * Keeps entries in the memory of the process, in a bounded number of bytes. When it is full, it removes those that were
 * not used for long.
 *
 * @throws ConfigurationError when an option is unknown or invalid
 * @example const store = memoryCache({ maxBytes: 16 * 1024 * 1024 });
 */
export function memoryCache(options: MemoryCacheOptions = {}): MemoryCache {
  checkOptions('memoryCache', options, { maxBytes: isIntegerOption(1) });
  return new MemoryEntries(options.maxBytes ?? 64 * 1024 * 1024);
}

/** Entries that are looked at when one must go. */
const CANDIDATES = 32;

class MemoryEntries implements MemoryCache {
  readonly name = 'memory';
  readonly isShared = false;
  bytes = 0;
  private readonly entries = new Map<string, CacheEntry>();
  private readonly purges = new Purges();
  /** The hand of the clock algorithm (second chance): an entry that was used since its last round may stay for another one. */
  private hand = this.entries.entries();

  constructor(readonly maxBytes: number) {}

  get size(): number {
    return this.entries.size;
  }

  get version(): number {
    return this.purges.version;
  }

  find(key: string): CacheEntry | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    if (!this.isCurrent(entry)) {
      this.drop(key, entry);
      return undefined;
    }
    entry.isUsed = true;
    return entry;
  }

  save(key: string, entry: CacheEntry): void {
    // One that was begun before a purge must not take the place of one that was made after it.
    if (!this.isCurrent(entry)) return;
    const former = this.entries.get(key);
    if (former !== undefined) {
      // A request that began earlier may end later.
      if (former.bornAt > entry.bornAt && this.isCurrent(former)) return;
      this.drop(key, former);
    }
    if (countBytes(key, entry) > this.maxBytes) return;
    this.entries.set(key, entry);
    this.bytes += countBytes(key, entry);
    while (this.bytes > this.maxBytes) this.evict(key);
  }

  remove(key: string): void {
    const entry = this.entries.get(key);
    if (entry !== undefined) this.drop(key, entry);
  }

  isCurrent(entry: CacheEntry): boolean {
    const { version } = this.purges;
    if (entry.checkedAt === version) return true;
    if (this.purges.isPurged(entry.names, entry.since)) return false;
    entry.checkedAt = version;
    return true;
  }

  purge(request: PurgeRequest): void {
    const version = this.purges.version + 1;
    this.purges.add(namePurged(request), version);
    this.purges.advance(version);
  }

  private drop(key: string, entry: CacheEntry): void {
    this.entries.delete(key);
    this.bytes -= countBytes(key, entry);
  }

  private evict(kept: string): void {
    for (let seen = 0; ; seen++) {
      const [key, entry] = this.advance();
      if (key === kept && this.entries.size > 1) continue;
      const mayStay = entry.isUsed && seen < CANDIDATES;
      entry.isUsed = false;
      if (!mayStay) return this.drop(key, entry);
    }
  }

  private advance(): [string, CacheEntry] {
    const next = this.hand.next();
    if (next.done !== true) return next.value;
    this.hand = this.entries.entries();
    return this.hand.next().value!;
  }
}

function countBytes(key: string, entry: CacheEntry): number {
  return entry.bytes + 2 * key.length;
}
