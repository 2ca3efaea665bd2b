import type { AfterResponse } from '../http/after-response';
import type { Context } from '../http/context';
import { describeRequest } from '../http/describe-request';
import { isPromise } from '../http/maybe-promise';
import type { EngineTable } from './engine';

type Finishing = Pick<EngineTable, 'logger' | 'cleanUps' | 'background'>;

/**
 * Does what remains when a response has ended, whole or not: stops its streams, runs the background tasks, and then the
 * clean-ups. Returns undefined if nothing has to wait for that. The promise never rejects.
 */
export function finishRequest(context: Context, table: Finishing): Promise<void> | undefined {
  const after = context.endResponse();
  if (after === undefined) return undefined;
  const streamsEnd = after.endResponse();
  if (after.hasWork) return runRest(after, table, streamsEnd);
  // Steps that were left may still add clean-ups, which close waits for once they are there.
  if (after.isHeld) void runRest(after, table, streamsEnd);
  return undefined;
}

/** A request whose response breaks off has failed. Logs the error. */
export function failRequest(context: Context, error: unknown, { logger }: Finishing): void {
  const failure = error ?? new Error('The response broke off without an error.');
  context.breakOff(failure);
  logger.error(failure, `The response of ${describeRequest(context)} broke off`);
}

async function runRest(
  after: AfterResponse,
  table: Finishing,
  streamsEnd: Promise<unknown> | undefined,
): Promise<void> {
  // The engine sends the response when its callback returns, and a task that computes must not delay that.
  await waitForNextTurn();
  if (after.hasTasks) {
    const turn = table.background.enter();
    if (turn !== undefined) await turn;
    for (let tasks = after.takeTasks(); tasks; tasks = after.takeTasks()) await runTasks(tasks, after, table);
    table.background.leave();
  } else after.takeTasks();
  await table.cleanUps.run(after, streamsEnd);
}

/** Read when the process starts: the fake timers of a test would stop the tasks. */
const afterOthers = setImmediate;
let nextTurn: Promise<void> | undefined;

/** One promise for all requests that end in this turn of the event loop: a timer for each would cost more than most tasks. */
function waitForNextTurn(): Promise<void> {
  return (nextTurn ??= new Promise((resolve) => {
    afterOthers(() => {
      nextTurn = undefined;
      resolve();
    });
  }));
}

/** Runs the tasks one after another. When the application has closed, the rest is dropped and their number is logged. */
async function runTasks(
  tasks: NonNullable<ReturnType<AfterResponse['takeTasks']>>,
  after: AfterResponse,
  { logger, cleanUps }: Finishing,
): Promise<void> {
  for (const [index, task] of tasks.entries()) {
    if (cleanUps.isCut) {
      const left = tasks.length - index;
      const dropped = `${left} of the background tasks of ${describeRequest(after.request)}`;
      logger.error(new Error(`${dropped} did not run, because the application has closed`));
      after.endTasks(left);
      return;
    }
    try {
      const running = task();
      if (isPromise(running)) await running;
    } catch (error) {
      logger.error(error, `A background task of ${describeRequest(after.request)} failed`);
    }
    after.endTasks(1);
  }
}
