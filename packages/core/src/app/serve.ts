import type { App } from './app';
import { isObserved } from './app-observer';
import { ConfigurationError } from '../configuration/configuration-error';
import { checkIsObject, checkListenOptions, type Address } from '../engine/listen-options';
import { countWorkers } from '../workers/count-workers';
import { splitServeOptions, type ServeOptions } from '../workers/serve-options';
import { findWorker } from '../configuration/worker-info';

/**
 * Listens with one process, or with several that share the port. With several, the program runs once more for each of
 * them; the process that was started supervises them, and never calls `make`. It resolves when all of them listen, and
 * in each worker when that one listens. See docs/workers.md.
 *
 * @throws ConfigurationError as `createApp` and `app.listen` do, WORKERS_IMPOSSIBLE
 * @example await serve(() => createApp({ controllers: [NotesController] }), { port: 8000, workers: 'auto' });
 */
export async function serve(
  make: () => App | PromiseLike<App>,
  options: ServeOptions = {},
): Promise<Address> {
  checkMakes(make);
  checkIsObject(options, PLACE, `serve(${MAKE}, `);
  const { forWorkers, forListen } = splitServeOptions(options);
  if (isObserved()) return (await make()).listen(forListen);
  const worker = findWorker();
  if (worker !== undefined) {
    const { runWorker } = require('../workers/run-worker') as typeof import('../workers/run-worker');
    return runWorker(worker, make, forListen, forWorkers.maxMemoryMb);
  }
  const count = countWorkers(forWorkers.workers);
  if (count === 1) {
    // Before anything of the application runs, as with several workers.
    checkListenOptions(forListen);
    return (await make()).listen(forListen);
  }
  const { runSupervisor } =
    require('../workers/run-supervisor') as typeof import('../workers/run-supervisor');
  return runSupervisor(count, forWorkers, forListen);
}

const PLACE = 'serve()';
const MAKE = '() => createApp({ … })';

/** An application exists once, but each worker makes one of its own. */
function checkMakes(make: unknown): void {
  if (typeof make === 'function') return;
  const fault = 'The first argument is not a function that makes the application.';
  const cure = `Write serve(${MAKE}, { port: 8000 }).`;
  throw new ConfigurationError([{ code: 'OPTION_INVALID', place: PLACE, fault, cure }]);
}
