import { setImmediate } from 'node:timers/promises';
import type { BackgroundTask, Context } from '../http/context';
import type { Logger } from '../http/logger';
import { describeRequest } from './describe-request';

/**
 * Runs background tasks, one after another, once the response is on its way; then those that they have added. Once
 * `isCut` answers true the rest is given up, and the log has how many; the clean-ups run always. Never rejects.
 */
export async function runBackground(
  first: readonly BackgroundTask[],
  context: Context,
  logger: Logger,
  isCut: () => boolean = () => false,
): Promise<void> {
  // The engine flushes when its callback returns: a task that computes must not stand before that.
  await setImmediate();
  for (let tasks: typeof first | undefined = first; tasks; tasks = context.takeBackgroundTasks()) {
    for (const [index, task] of tasks.entries()) {
      if (isCut() && !context.isCleaningUp) {
        const rest = `${tasks.length - index} of the background tasks of ${describeRequest(context)}`;
        logger.error(new Error(`${rest} were given up: the application has closed`));
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
