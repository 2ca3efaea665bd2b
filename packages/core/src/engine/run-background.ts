import { setImmediate } from 'node:timers/promises';
import type { BackgroundTask } from '../http/context';
import type { Logger } from '../http/logger';

/** Runs the background tasks of a request, one after another, once the response is on its way. Never rejects. */
export async function runBackground(
  tasks: readonly BackgroundTask[],
  routeName: string,
  logger: Logger,
): Promise<void> {
  // The engine flushes when its callback returns: a task that computes must not stand before that.
  await setImmediate();
  for (const task of tasks) {
    try {
      await task();
    } catch (error) {
      logger.error(error, `A background task of ${routeName} failed`);
    }
  }
}
