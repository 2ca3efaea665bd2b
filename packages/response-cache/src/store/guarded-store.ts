import { isPromise, type Context, type MaybePromise } from '@sluice/core';
import type { CacheEntry } from '../reply/cache-entry';
import type { CacheStore } from './cache-store';

/** The store did not answer, so nothing is known about an entry. */
export const FAILED = Symbol('failed');

/** For so long after a failure a store is not asked, so that few requests wait for it. */
const PAUSE_MS = 1000;

type Found = CacheEntry | undefined | typeof FAILED;

/** A store that may fail. A failure is logged once, and means that there is no cache for a moment. */
export class GuardedStore {
  private isDown = false;
  private pausedUntil = 0;

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
    if (performance.now() < this.pausedUntil) return FAILED;
    return this.attempt(() => this.inner.find(key), context);
  }

  /** Keeps an entry in the background. */
  save(key: string, entry: CacheEntry, context: Context): void {
    if (!this.inner.isShared) void this.inner.save(key, entry);
    else if (performance.now() >= this.pausedUntil)
      void this.attempt(() => this.inner.save(key, entry), context);
  }

  async isCurrent(entry: CacheEntry, context: Context): Promise<boolean> {
    return (await this.attempt(() => this.inner.isCurrent(entry), context)) === true;
  }

  /** Never throws and never rejects. */
  private attempt<T>(ask: () => MaybePromise<T>, context: Context): MaybePromise<T | typeof FAILED> {
    try {
      const answer = ask();
      if (!isPromise(answer)) return answer;
      return Promise.resolve(answer).then(
        (settled) => this.recover(settled, context),
        (error: unknown) => this.fail(error, context),
      );
    } catch (error) {
      return this.fail(error, context);
    }
  }

  private recover<T>(answer: T, { app: { logger } }: Context): T {
    if (this.isDown) logger.info('The store of the response cache works again.');
    this.isDown = false;
    return answer;
  }

  private fail(error: unknown, { app: { logger } }: Context): typeof FAILED {
    if (!this.isDown)
      logger.error(error, 'The store of the response cache failed; requests are answered without it');
    this.isDown = true;
    this.pausedUntil = performance.now() + PAUSE_MS;
    return FAILED;
  }
}
