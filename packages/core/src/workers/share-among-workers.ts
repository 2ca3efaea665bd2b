import { describeWorker, findWorker } from '../configuration/worker-info';
import type { MaybePromise } from '../http/maybe-promise';
import { NumberDesk } from './number-desk';
import type { SharedNumbers, WorkerNumbers } from './shared-numbers';

/** Process-wide, so that the workers of one copy of this package hand over the numbers of another copy too. */
const DESK = Symbol.for('sluice:number-desk');
const kept = globalThis as typeof globalThis & { [DESK]?: NumberDesk };

/**
 * Makes the numbers of all workers of a program one: the function that it returns answers, in any of them, with the sums
 * of all. Call it once for each topic, in every worker. A worker that is killed takes with it what it has counted since
 * its numbers were read; they are read for each answer, and every 10 seconds while answers are asked for. Where the
 * program is one process, nothing but `read` is called.
 *
 * @param read the numbers of this process; it is never called while an earlier call of it is running
 * @returns rejects when `read` fails, and when the supervisor does not answer
 * @throws Error when the topic is taken
 * @example const readAll = shareAmongWorkers('jobs', () => ({ counters: { done: [done] }, gauges: {} }));
 */
export function shareAmongWorkers(
  topic: string,
  read: () => MaybePromise<WorkerNumbers>,
): () => Promise<SharedNumbers> {
  if (findWorker() !== undefined) return (kept[DESK] ??= new NumberDesk()).open(topic, read);
  return async () => {
    const { counters, gauges } = await read();
    return { counters, gauges: [{ worker: describeWorker().id, values: gauges }] };
  };
}

/** Reports all numbers once more, before the worker ends. Never rejects. */
export async function reportLastNumbers(): Promise<void> {
  await kept[DESK]?.reportAll();
}
