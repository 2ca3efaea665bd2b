import type { Context, MaybePromise } from '@sluice/core';
import type { CacheEntry } from '../reply/cache-entry';
import type { CacheStore } from './cache-store';
import { FAILED, Outage } from './outage';

type Found = CacheEntry | undefined | typeof FAILED;

/**
 * A store that may fail: then there is no cache for a moment. One that only refuses writes, as a full Redis does, still
 * gives what it has.
 */
export class GuardedStore {
  private readonly reading = new Outage(
    'The store of the response cache failed; requests are answered without it',
    'The store of the response cache works again.',
  );
  private readonly writing = new Outage(
    'The store of the response cache keeps no replies',
    'The store of the response cache keeps replies again.',
  );

  constructor(readonly inner: CacheStore) {}

  get isShared(): boolean {
    return this.inner.isShared;
  }

  get version(): number {
    return this.inner.version;
  }

  /** Answers at once, with FAILED, while the store rests after a failure. */
  find(key: string, context: Context): MaybePromise<Found> {
    if (!this.inner.isShared) return this.inner.find(key);
    if (this.reading.isPaused) return FAILED;
    return this.reading.attempt(() => this.inner.find(key), context);
  }

  /** Keeps an entry in the background. */
  save(key: string, entry: CacheEntry, context: Context): void {
    this.write(() => this.inner.save(key, entry), context);
  }

  /** Removes an entry in the background. */
  remove(key: string, context: Context): void {
    this.write(() => this.inner.remove(key), context);
  }

  async isCurrent(entry: CacheEntry, context: Context): Promise<boolean> {
    return (await this.reading.attempt(() => this.inner.isCurrent(entry), context)) === true;
  }

  private write(call: () => MaybePromise<void>, context: Context): void {
    if (!this.inner.isShared) void call();
    else if (!this.reading.isPaused && !this.writing.isPaused) void this.writing.attempt(call, context);
  }
}
