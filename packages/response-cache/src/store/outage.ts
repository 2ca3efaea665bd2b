import { isPromise, type Context, type MaybePromise } from '@sluice/core';
import { RedisUnavailable } from '@sluice/redis';

/** The store did not answer, so nothing is known. */
export const FAILED = Symbol('failed');

/** After a failure the store is not called for so many milliseconds, so that few requests wait for it. */
const PAUSE_MS = 1000;

/** Watches one kind of calls to a store. Their failure is logged once, and so is its end. */
export class Outage {
  private isDown = false;
  private pausedUntil = 0;

  /**
   * @param down logged with the first error
   * @param up logged when a call succeeds again
   */
  constructor(
    private readonly down: string,
    private readonly up: string,
  ) {}

  get isPaused(): boolean {
    return performance.now() < this.pausedUntil;
  }

  /** Never throws and never rejects. */
  attempt<T>(call: () => MaybePromise<T>, context: Context): MaybePromise<T | typeof FAILED> {
    try {
      const answer = call();
      if (!isPromise(answer)) return this.recover(answer, context);
      return Promise.resolve(answer).then(
        (settled) => this.recover(settled, context),
        (error: unknown) => this.fail(error, context),
      );
    } catch (error) {
      return this.fail(error, context);
    }
  }

  private recover<T>(answer: T, { app: { logger } }: Context): T {
    if (this.isDown) logger.info(this.up);
    this.isDown = false;
    return answer;
  }

  private fail(error: unknown, { app: { logger } }: Context): typeof FAILED {
    // A call too many, which was not sent, says nothing about the others. A pause would send all requests to the handlers.
    if (error instanceof RedisUnavailable && error.reason === 'pending') return FAILED;
    if (!this.isDown) logger.error(error, this.down);
    this.isDown = true;
    this.pausedUntil = performance.now() + PAUSE_MS;
    return FAILED;
  }
}
