import { checkOptions, isIntegerOption } from '@sluice/core/kit';
import { LRUCache } from 'lru-cache';
import type { SessionRecord, UserSessionStore } from './session-store';

/** Options of `memoryStore`. */
export interface MemoryStoreOptions {
  /** Sessions kept at once; beyond that, the least recently used one is dropped. Default: 10000. */
  readonly maxEntries?: number;
}

interface Entry {
  /** undefined for a record that was destroyed: nothing is created in its place before `expiresAt`. */
  readonly record: SessionRecord | undefined;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const DESTROYED_MS = 60_000;

/**
 * Keeps sessions in the memory of this process, so they are lost when it restarts. For tests, development, and servers
 * of one process.
 *
 * @throws ConfigurationError when an option is unknown or invalid
 */
export function memoryStore(options: MemoryStoreOptions = {}): UserSessionStore {
  checkOptions('memoryStore', options, { maxEntries: isIntegerOption(1, 10_000_000) });
  const max = options.maxEntries ?? 10_000;
  const entries = new LRUCache<string, Entry>({ max });
  let leastEpoch = 0;
  const epochs = new LRUCache<string, number>({
    max,
    // A forgotten epoch must not bring sessions back, so it becomes that of every user.
    dispose: (epoch, _user, reason) => {
      if (reason === 'evict') leastEpoch = Math.max(leastEpoch, epoch);
    },
  });

  function find(idHash: string): Entry | undefined {
    const entry = entries.get(idHash);
    if (entry === undefined || entry.expiresAt > Date.now()) return entry;
    entries.delete(idHash);
    return undefined;
  }

  const readEpoch = (userHash: string) => Math.max(epochs.get(userHash) ?? 0, leastEpoch);

  return {
    keepsInProcess: true,
    get(idHash) {
      return find(idHash)?.record;
    },
    set(idHash, data, { ttlSeconds, ifVersion }) {
      const entry = find(idHash);
      const isExpected = entry === undefined ? ifVersion === 0 : entry.record?.version === ifVersion;
      if (!isExpected) return false;
      const record = { data, version: ifVersion + 1 };
      entries.set(idHash, { record, expiresAt: Date.now() + ttlSeconds * 1000 });
      return true;
    },
    touch(idHash, { ttlSeconds, ifVersion }) {
      const record = find(idHash)?.record;
      if (record?.version !== ifVersion) return false;
      entries.set(idHash, { record, expiresAt: Date.now() + ttlSeconds * 1000 });
      return true;
    },
    destroy(idHash) {
      const data = find(idHash)?.record?.data;
      entries.set(idHash, { record: undefined, expiresAt: Date.now() + DESTROYED_MS });
      return data;
    },
    readEpoch,
    raiseEpoch(userHash) {
      epochs.set(userHash, Math.max(readEpoch(userHash) + 1, Date.now()));
    },
  };
}
