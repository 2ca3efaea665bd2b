import { setImmediate } from 'node:timers/promises';
import type { AfterResponse } from '../http/after-response';
import { describeRequest } from '../http/describe-request';
import type { Logger } from '../http/logger';
import { InFlight } from './in-flight';

/** Milliseconds that clean-ups have when the time for closing is over. */
const LAST_MS = 5_000;

/**
 * The clean-ups of all requests of an application. They run when their request has ended, and at the latest when the
 * application closes, even if the request still runs.
 */
export class CleanUps {
  /** The deadline for closing has passed. */
  isCut = false;

  /** Counts the clean-ups that have not run to their end. */
  private readonly inFlight = new InFlight();
  private readonly waiting = new Set<AfterResponse>();
  /** End the waits for streams. */
  private readonly hurries = new Set<() => void>();

  /**
   * @param streamStopTimeoutMs how long clean-ups wait for the end of a stream that was stopped
   * @param onCut is called when the deadline for closing has passed
   */
  constructor(
    private readonly logger: Logger,
    private readonly streamStopTimeoutMs: number,
    private readonly onCut?: () => void,
  ) {}

  /** Clean-ups were added to a request that had none. */
  expect(after: AfterResponse): void {
    this.waiting.add(after);
    this.inFlight.enter();
  }

  /** Runs the clean-ups of a request, one after another, when its streams have ended. Never rejects. */
  async run(after: AfterResponse, streamsEnd?: Promise<unknown>): Promise<void> {
    if (streamsEnd !== undefined && (after.hasCleanups || after.isHeld))
      await this.waitFor(streamsEnd, after);
    for (let cleanups = after.takeCleanups(); cleanups; cleanups = after.takeCleanups()) {
      this.waiting.delete(after);
      for (const cleanup of cleanups) {
        try {
          await cleanup();
        } catch (error) {
          this.logger.error(error, `A clean-up of ${describeRequest(after.request)} failed`);
        }
      }
      this.inFlight.leave();
    }
  }

  /** The deadline for closing: requests without a whole response have failed, and nothing waits for a stream any more. */
  cut(): void {
    this.isCut = true;
    for (const after of this.waiting)
      after.fail(new Error('The application closed before the request had ended.'));
    for (const hurry of [...this.hurries]) hurry();
    this.onCut?.();
  }

  /** Waits for all clean-ups until the deadline, then runs those that are left. Resolves when they have run, or take too long. */
  async close(timeoutMs: number): Promise<void> {
    if (!this.isCut) await this.inFlight.waitUntilIdle(timeoutMs);
    this.cut();
    // Requests whose connection was cut end in this turn.
    await setImmediate();
    for (const after of this.waiting) void this.run(after);
    await this.inFlight.waitUntilIdle(LAST_MS);
    const { count } = this.inFlight;
    if (count > 0) this.logger.warn(`Clean-ups did not finish in time (requests: ${count})`);
  }

  private waitFor(streamsEnd: Promise<unknown>, { request, isHeld }: AfterResponse): Promise<void> {
    const { streamStopTimeoutMs, hurries } = this;
    if (this.isCut) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        hurries.delete(end);
        resolve();
      };
      const timer = setTimeout(() => {
        this.logger.warn(
          `The ${isHeld ? 'handler' : 'stream'} of ${describeRequest(request)} did not end within ${streamStopTimeoutMs} ms after it was stopped, so the clean-ups run before its end`,
        );
        end();
      }, streamStopTimeoutMs).unref();
      hurries.add(end);
      void streamsEnd.then(end);
    });
  }
}
