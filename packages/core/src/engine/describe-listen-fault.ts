import cluster from 'node:cluster';
import { createServer } from 'node:net';
import type { ConfigurationProblem } from '../configuration/configuration-error';
import { findWorker } from '../configuration/worker-info';
import type { ListenTarget } from './listen-options';

const FAULTS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not listen there (ports below 1024 are for root)',
  EADDRNOTAVAIL: 'this machine does not have that address',
  EEXIST: 'a file that is not a socket has that path',
  ENOTFOUND: 'the host name is not known',
  ENOENT: 'the folder of the socket does not exist',
};

const SOCKET_FAULTS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not make a socket there, or connect to the one that is there',
  ENAMETOOLONG: 'the path is too long for a socket',
};

/**
 * Finds out why an engine could not listen. µWebSockets gives no reason, so this tries the same and asks the operating
 * system.
 *
 * @param known the error code, if it is known already
 */
export async function describeListenFault(
  target: ListenTarget,
  known?: string,
): Promise<ConfigurationProblem> {
  const { host, port, socket, fd } = target;
  const where = fd !== undefined ? `the descriptor ${fd}` : (socket ?? `${host}:${port}`);
  const code = known ?? (await tryToListen(target));
  const place = 'app.listen';
  if (code === 'EADDRINUSE') {
    const cure = socket === undefined ? `${findPortCure()} ${SHARE_PORT}` : stopOrMove('path');
    return { code: 'PORT_IN_USE', place, fault: `Another process listens on ${where}.`, cure };
  }
  const reason = (socket !== undefined && SOCKET_FAULTS[code ?? '']) || FAULTS[code ?? ''];
  const fault = `The application cannot listen on ${where}: ${reason ?? code ?? 'the engine refused'}.`;
  return { code: 'LISTEN_FAILED', place, fault, cure: 'Listen on another host, port or path.' };
}

const SHARE_PORT = "For several processes on one port, let serve(…, { workers: 'auto' }) start them.";

/** A program that something else starts several times meets itself on the port. */
function findPortCure(): string {
  if (findWorker() !== undefined) return 'Listen on a port for each worker: app.worker.id is its number.';
  const { pm_id: pm2, NODE_APP_INSTANCE: instance } = process.env;
  if ((pm2 ?? instance) !== undefined)
    return 'PM2 has started this process: start one instance in fork mode.';
  if (cluster.isWorker) return 'node:cluster has started this process: start it once.';
  return stopOrMove('port (port: 0 takes any free one)');
}

function stopOrMove(where: string): string {
  return `Stop the other process, or listen on another ${where}.`;
}

function tryToListen({ host, port, socket }: ListenTarget): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    server.listen(socket === undefined ? { host, port } : { path: socket }, () =>
      server.close(() => resolve(undefined)),
    );
  });
}
