import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';

/**
 * Starts the program once more. Without memory, processes or files left, the system refuses: Node throws some of these
 * errors and emits others, and neither of them is followed by an exit.
 *
 * @param env what the process gets besides the environment of this one
 * @returns the worker, or the error that will be known soon
 */
export function forkProcess(env: Readonly<Record<string, string>>): Worker | Promise<Error> {
  try {
    const worker = cluster.fork(env);
    if (worker.process.pid !== undefined) return worker;
    // It emits the error too, which would end this process.
    worker.on('error', () => undefined);
    return once(worker.process, 'error').then(([error]) => error as Error);
  } catch (error) {
    return Promise.resolve(error as Error);
  }
}
