import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';

/**
 * Starts the program once more. Without memory, processes or files left, the system refuses: Node throws some of these
 * errors and emits others, and neither of them is followed by an exit.
 *
 * @param env what the process gets besides the environment of this one
 * @returns the worker, or a promise of the error
 */
export function forkProcess(env: Readonly<Record<string, string>>): Worker | Promise<Error> {
  try {
    const worker = cluster.fork(env);
    if (worker.process.pid !== undefined) return worker;
    // The worker emits the error too. Without a listener, that would end this process.
    worker.on('error', () => undefined);
    return once(worker.process, 'error').then(([error]) => error as Error);
  } catch (error) {
    return Promise.resolve(error as Error);
  }
}
