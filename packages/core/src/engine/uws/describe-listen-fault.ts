import { createServer } from 'node:net';
import type { ConfigurationProblem } from '../../http/configuration-error';

/** Finds out why µWebSockets could not listen, which it does not say: asks the operating system by trying the same. */
export async function describeListenFault(target: {
  readonly host: string;
  readonly port: number;
  readonly socket: string | undefined;
}): Promise<ConfigurationProblem> {
  const where = target.socket ?? `${target.host}:${target.port}`;
  const code = await tryToListen(target);
  if (code === 'EADDRINUSE') {
    const cure = 'Stop the other process, or listen on another port (port: 0 takes any free one).';
    return { code: 'PORT_IN_USE', place: 'app.listen', fault: `Another process listens on ${where}.`, cure };
  }
  const faults: Readonly<Record<string, string>> = {
    EACCES: 'this user may not listen there (ports below 1024 are for root)',
    EADDRNOTAVAIL: 'this machine does not have that address',
    ENOTFOUND: 'the host name is not known',
    ENOENT: 'the folder of the socket does not exist',
  };
  const fault = `It is not possible to listen on ${where}: ${faults[code ?? ''] ?? code ?? 'the engine refused'}.`;
  return { code: 'LISTEN_FAILED', place: 'app.listen', fault, cure: 'Listen on another host or port.' };
}

function tryToListen({
  host,
  port,
  socket,
}: {
  readonly host: string;
  readonly port: number;
  readonly socket: string | undefined;
}): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    server.listen(socket === undefined ? { host, port } : { path: socket }, () =>
      server.close(() => resolve(undefined)),
    );
  });
}
