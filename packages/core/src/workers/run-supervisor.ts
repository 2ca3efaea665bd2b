import cluster from 'node:cluster';
import { readFileSync } from 'node:fs';
import { ConfigurationError, type ConfigurationProblem } from '../configuration/configuration-error';
import { checkListenOptions, type Address, type ListenOptions } from '../engine/listen-options';
import { guardLogger } from '../http/logger';
import { claimPort } from './claim-port';
import { LogOutput } from './log-output';
import type { WorkerOptions } from './serve-options';
import { Supervisor } from './supervisor';

let isSupervising = false;

/**
 * Runs the program once more for each worker. Resolves when all of them listen. The process ends with the workers.
 *
 * @throws ConfigurationError WORKERS_IMPOSSIBLE, OPTION_INVALID, PORT_IN_USE, LISTEN_FAILED, and those of the workers
 */
export async function runSupervisor(
  count: number,
  options: WorkerOptions,
  listenOptions: ListenOptions,
): Promise<Address> {
  const fault = findFault();
  if (fault !== undefined) throw new ConfigurationError([fault]);
  isSupervising = true;
  const port = await claimPort(checkListenOptions(listenOptions));
  const { info, warn } = guardLogger(options.logger ?? console);
  const attempt = (call: () => void): void => {
    try {
      call();
    } catch (error) {
      warn(`A hook of serve() has thrown an error: ${String(error)}`);
    }
  };
  cluster.setupPrimary({ exec: process.argv[1]!, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const stdout = new LogOutput(process.stdout);
  const stderr = new LogOutput(process.stderr);
  const supervisor = new Supervisor({
    count,
    port,
    log: info,
    warn,
    onLaunch({ id, output }) {
      if (output === undefined) return;
      stdout.include(output.stdout!, id);
      stderr.include(output.stderr!, id);
    },
    onStart: (worker) => attempt(() => options.onWorkerStart?.(worker)),
    onExit: (worker) => attempt(() => options.onWorkerExit?.(worker)),
  });
  obeySignals(supervisor);
  const failed = supervisor.ended.then((end) => {
    if ('code' in end) process.exit(end.code);
    process.exitCode = 1;
    throw end.failure;
  });
  const { address, usesReusePort } = await Promise.race([supervisor.ready, failed]);
  info(`${count} workers listen on ${address.url}.`);
  if (usesReusePort && isMigrationOff()) info(MIGRATION_IS_OFF);
  return address;
}

/** SIGTERM and SIGINT end the workers in good order, a second SIGINT kills them, SIGHUP replaces them. */
function obeySignals(supervisor: Supervisor): void {
  let interrupts = 0;
  process.on('SIGTERM', () => supervisor.stop());
  process.on('SIGINT', () => {
    if (interrupts++ === 0) return supervisor.stop();
    supervisor.kill();
    process.exit(1);
  });
  if (process.platform !== 'win32') process.on('SIGHUP', () => supervisor.reload());
}

function findFault(): ConfigurationProblem | undefined {
  const describe = (fault: string, cure: string): ConfigurationProblem => ({
    code: 'WORKERS_IMPOSSIBLE',
    place: 'serve()',
    fault,
    cure,
  });
  if (isSupervising)
    return describe(
      'serve() was called twice with several workers.',
      'Serve one application; mount the others in it with app.mount().',
    );
  if (cluster.isWorker)
    return describe(
      'node:cluster, or the cluster mode of PM2, has started this process, and serve() starts workers itself.',
      'Start the program once, in the fork mode of PM2 with one instance, or set workers: 1.',
    );
  if (process.argv[1] === undefined)
    return describe(
      'The program has no main file, which the workers would run.',
      'Start it as a file, or set workers: 1.',
    );
  return undefined;
}

/** A setting of Linux: whether connections that wait for a listener move to another one when it closes. */
const MIGRATION_FILE = '/proc/sys/net/ipv4/tcp_migrate_req';
const MIGRATION_IS_OFF =
  'net.ipv4.tcp_migrate_req is 0: when a worker is replaced, the new connections that it has not accepted are lost. ' +
  'To lose none, run: sysctl -w net.ipv4.tcp_migrate_req=1';

function isMigrationOff(): boolean {
  try {
    return readFileSync(MIGRATION_FILE, 'utf8').trim() === '0';
  } catch {
    return false;
  }
}
