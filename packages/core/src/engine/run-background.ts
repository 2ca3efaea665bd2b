import { setImmediate } from 'node:timers/promises';
import type { BackgroundTask, Context } from '../http/context';
import type { Logger } from '../http/logger';
import { describeRequest } from './describe-request';

/**
 * Runs background tasks one after another when the response has been sent, then those that they have added. As soon as
 * `isCut` returns true, the rest is dropped and their number is logged; clean-ups always run. Never rejects.
 */
export async function runBackground(
  first: readonly BackgroundTask[],
  context: Context,
  logger: Logger,
  isCut: () => boolean = () => false,
): Promise<void> {
  // The engine sends the response when its callback returns, and a task that computes must not delay that.
  await setImmediate();
  for (let tasks: typeof first | undefined = first; tasks; tasks = context.takeBackgroundTasks()) {
    for (const [index, task] of tasks.entries()) {
      if (isCut() && !context.isCleaningUp) {
        const dropped = `${tasks.length - index} of the background tasks of ${describeRequest(context)}`;
        logger.error(new Error(`${dropped} did not run, because the application has closed`));
        break;
      }
      try {
        await task();
      } catch (error) {
        logger.error(error, `A background task of ${describeRequest(context)} failed`);
      }
    }
  }
}
