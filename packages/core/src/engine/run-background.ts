import type { Context } from '../http/context';
import type { Logger } from '../http/logger';

/** Runs a request's background tasks, one after another; undefined where there are none. Never rejects. */
export function runBackground(context: Context, logger: Logger): Promise<void> | undefined {
  const tasks = context.takeBackgroundTasks();
  if (tasks === undefined) return undefined;
  return (async () => {
    for (const task of tasks) {
      try {
        await task();
      } catch (error) {
        logger.error(error, `A background task of ${context.route.name} failed`);
      }
    }
  })();
}
