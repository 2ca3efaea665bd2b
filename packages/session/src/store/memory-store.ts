import { checkOptions, isIntegerOption } from '@sluice/core/kit';
import { LRUCache } from 'lru-cache';
import type { SessionRecord, SessionStore } from './session-store';

/** Options of `memoryStore`. */
export interface MemoryStoreOptions {
  /** Sessions kept at once; beyond that, the least recently used one is dropped. Default: 10000. */
  readonly maxEntries?: number;
}

interface Entry extends SessionRecord {
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Keeps sessions in the memory of this process, so they are lost when it restarts. For tests, development, and servers
 * of one process.
 *
 * @throws ConfigurationError when an option is unknown or invalid
 */
export function memoryStore(options: MemoryStoreOptions = {}): SessionStore {
  checkOptions('memoryStore', options, { maxEntries: isIntegerOption(1, 10_000_000) });
  const entries = new LRUCache<string, Entry>({ max: options.maxEntries ?? 10_000 });

  function find(idHash: string): Entry | undefined {
    const entry = entries.get(idHash);
    if (entry === undefined || entry.expiresAt > Date.now()) return entry;
    entries.delete(idHash);
    return undefined;
  }

  return {
    keepsInProcess: true,
    get(idHash) {
      const entry = find(idHash);
      return entry && { data: entry.data, version: entry.version };
    },
    set(idHash, data, { ttlSeconds, ifVersion }) {
      if ((find(idHash)?.version ?? 0) !== ifVersion) return false;
      entries.set(idHash, { data, version: ifVersion + 1, expiresAt: Date.now() + ttlSeconds * 1000 });
      return true;
    },
    touch(idHash, ttlSeconds) {
      const entry = find(idHash);
      if (entry === undefined) return false;
      entries.set(idHash, { ...entry, expiresAt: Date.now() + ttlSeconds * 1000 });
      return true;
    },
    destroy(idHash) {
      entries.delete(idHash);
    },
  };
}
