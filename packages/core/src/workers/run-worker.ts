import cluster from 'node:cluster';
import { ConfigurationError } from '../configuration/configuration-error';
import type { Address, ListenOptions } from '../engine/listen-options';
import { hasReusePort, sharePort } from '../engine/port-sharing';
import type { StartedInfo } from '../configuration/worker-info';
import { reportLastNumbers } from './share-among-workers';
import { isWorkerMessage, type WorkerReport } from './worker-message';

const CHECK_MEMORY_EVERY_MS = 5000;
const LEAVE_WITHIN_MS = 1000;

/** An application, as far as a worker needs it. */
export interface ServedApp {
  readonly engine: 'uws' | 'node' | undefined;
  listen(options: ListenOptions): Promise<Address>;
  close(options: { readonly keepAliveMs: number }): Promise<void>;
}

/** Runs the application in this worker, and does what its supervisor asks. The promise stays open if it cannot start. */
export async function runWorker(
  { port }: StartedInfo,
  make: () => ServedApp | PromiseLike<ServedApp>,
  options: ListenOptions,
  maxMemoryMb: number | undefined,
): Promise<Address> {
  let app: ServedApp | undefined;
  let isEnding = false;
  const end = (keepAliveMs: number): void => {
    if (isEnding) return;
    isEnding = true;
    if (app?.engine === undefined) process.exit(0);
    const reportAndLeave = (code: number): void => void reportLastNumbers().then(() => leave(code));
    app.close({ keepAliveMs }).then(
      () => reportAndLeave(0),
      () => reportAndLeave(1),
    );
  };
  obeySupervisor(end);
  try {
    app = await make();
    const address = await app.listen(
      sharePort({ ...options, ...(options.port === 0 && { port }), handleSignals: false }),
    );
    report({ sluice: 'ready', address, usesReusePort: hasReusePort(app.engine ?? 'uws') });
    // From now on, only the application keeps the process alive.
    process.channel?.unref();
    if (maxMemoryMb !== undefined) watchMemory(maxMemoryMb);
    return address;
  } catch (error) {
    const problems = error instanceof ConfigurationError ? error.problems : undefined;
    report({ sluice: 'failed', problems, text: describeFailure(error) }, () => process.exit(1));
    // The supervisor reports it, for all workers.
    return new Promise(() => undefined);
  }
}

/** Ends when the supervisor says so, or has ended itself. Signals of a terminal reach the supervisor too, so it decides. */
function obeySupervisor(end: (keepAliveMs: number) => void): void {
  // node:cluster would end the process at once.
  if (cluster.worker !== undefined) cluster.worker.exitedAfterDisconnect = true;
  // When the supervisor has died, its end of the log is closed.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  process.on('message', (message) => {
    if (isWorkerMessage(message) && message.sluice === 'end') end(message.keepAliveMs);
  });
  process.once('disconnect', () => end(0));
  process.on('SIGTERM', () => end(0));
  process.on('SIGINT', () => undefined);
  process.on('SIGHUP', () => undefined);
}

/**
 * Ends the process when everything that its supervisor has sent is received. Where the supervisor accepts the
 * connections, one may still be on its way, and goes back to it.
 */
function leave(code: number): void {
  const { worker } = cluster;
  const exit = (): never => process.exit(code);
  if (worker === undefined || !process.connected) return exit();
  process.once('disconnect', exit);
  setTimeout(exit, LEAVE_WITHIN_MS);
  worker.disconnect();
}

/** Reports once that the process takes more memory than it may. */
function watchMemory(maxMemoryMb: number): void {
  const timer = setInterval(() => {
    const megabytes = Math.round(process.memoryUsage.rss() / 2 ** 20);
    if (megabytes <= maxMemoryMb) return;
    clearInterval(timer);
    report({ sluice: 'large', megabytes });
  }, CHECK_MEMORY_EVERY_MS).unref();
}

function report(message: WorkerReport, then?: () => void): void {
  if (process.connected) process.send!(message, undefined, undefined, () => then?.());
  else then?.();
}

function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof ConfigurationError ? error.message : (error.stack ?? error.message);
}
