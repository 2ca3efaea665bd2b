import { createServer } from 'node:net';
import type { ConfigurationProblem } from '../configuration/configuration-error';
import type { ListenTarget } from './listen-options';

const FAULTS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not listen there (ports below 1024 are for root)',
  EADDRNOTAVAIL: 'this machine does not have that address',
  EEXIST: 'a file that is not a socket has that path',
  ENOTFOUND: 'the host name is not known',
  ENOENT: 'the folder of the socket does not exist',
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
    const elsewhere =
      socket === undefined ? 'on another port (port: 0 takes any free one)' : 'on another path';
    const cure = `Stop the other process, or listen ${elsewhere}.`;
    return { code: 'PORT_IN_USE', place, fault: `Another process listens on ${where}.`, cure };
  }
  const fault = `The application cannot listen on ${where}: ${FAULTS[code ?? ''] ?? code ?? 'the engine refused'}.`;
  return { code: 'LISTEN_FAILED', place, fault, cure: 'Listen on another host, port or path.' };
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
