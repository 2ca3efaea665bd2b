import { ConfigurationError, contextKey, type App } from '@sluice/core';
import type { Scheduling } from './scheduling';
import { TaskBusy } from './task-run';

/** The place of the scheduler in the state of an application. */
export const SCHEDULING = contextKey<Scheduling>('scheduler');

/** The methods of an instance, by name. */
type MethodOf<T> = keyof { [K in keyof T as T[K] extends (...values: never[]) => unknown ? K : never]: T[K] };
type ResultOf<F> = F extends (...values: never[]) => infer R ? Awaited<R> : never;

/**
 * Runs a task at once, as by its schedule: with its lock, and not beside another run of it, unless it allows overlaps. It
 * starts the application if it has not started. Resolves with what the method returns.
 *
 * @throws TaskBusy when another run is under way or the application closes, what the method throws, and Error when the
 * method is not a task
 * @example await runNow(app, Reports, 'nightly');
 */
export async function runNow<T extends object, M extends MethodOf<T>>(
  app: App,
  type: abstract new (...values: never[]) => T,
  method: M & string,
): Promise<ResultOf<T[M]>> {
  const place = `${type.name}.${method}`;
  try {
    await findOutermost(app).start();
  } catch (error) {
    if (!isClosed(error)) throw error;
    throw new TaskBusy(`The application is closing, so ${place} does not run.`);
  }
  const runner = app.state.get(SCHEDULING)?.find(type, method);
  if (runner === undefined)
    throw new Error(`${place} is not a task of this application. Give it @Cron or @Interval.`);
  return (await runner.runNow()) as ResultOf<T[M]>;
}

/** A mounted application cannot start by itself. */
function findOutermost(app: App): App {
  return app.mountedIn === undefined ? app : findOutermost(app.mountedIn);
}

function isClosed(error: unknown): boolean {
  return error instanceof ConfigurationError && error.problems.some(({ code }) => code === 'APP_CLOSED');
}
