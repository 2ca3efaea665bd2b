import type { MaybePromise } from '@sluice/core';
import type { CacheEntry } from '../reply/cache-entry';

/** The entries to purge: those of paths, those with a tag, or both. */
export interface PurgeRequest {
  /** Paths as the application gets them, without its `basePath`: `/notes/7`. Every query, host, user and variant of them is purged. */
  readonly url?: string | readonly string[];
  /** Entries that have one of these tags. */
  readonly tags?: string | readonly string[];
}

/** A place for entries. `memoryCache` and `redisCache` make one. */
export interface CacheStore {
  /** The name in the plan. */
  readonly name: string;
  /** Whether several processes use it, so that it may fail, and answers later. One that is not shared answers at once. */
  readonly isShared: boolean;
  /** The most bytes that it holds; undefined: it has no limit of its own. A longer body is not kept. */
  readonly maxBytes?: number;
  /** The number of the latest purge that is known. An entry keeps the one from before the work on it began. */
  readonly version: number;
  /** The entry under a key, whether fresh or stale; undefined if there is none, or it was purged. */
  find(key: string): MaybePromise<CacheEntry | undefined>;
  /** Keeps an entry, at most for its lifetime. */
  save(key: string, entry: CacheEntry): MaybePromise<void>;
  /** Removes the entry under a key, if there is one. */
  remove(key: string): MaybePromise<void>;
  /** Whether an entry that is at hand has not been purged in the meantime. */
  isCurrent(entry: CacheEntry): MaybePromise<boolean>;
  /**
   * Purges entries. When it has returned, or its promise has resolved, no request that comes later gets one of them.
   *
   * @throws TypeError for a URL that is not a path, and for a tag that is empty or too long
   */
  purge(request: PurgeRequest): MaybePromise<void>;
}
