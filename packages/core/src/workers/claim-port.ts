import { createServer, type AddressInfo } from 'node:net';
import { invalidOption } from '../configuration/check-options';
import { ConfigurationError } from '../configuration/configuration-error';
import { describeListenFault } from '../engine/describe-listen-fault';
import type { ListenTarget } from '../engine/listen-options';

/**
 * Finds out whether workers can listen there. Returns the port, chosen by the operating system for port 0.
 *
 * @throws ConfigurationError OPTION_INVALID, PORT_IN_USE, LISTEN_FAILED
 */
export async function claimPort(target: ListenTarget): Promise<number> {
  const { host, port, socket, fd } = target;
  if (socket !== undefined)
    throw new ConfigurationError([invalidOption('serve()', 'socket', 'is for one worker only')]);
  if (fd !== undefined) return 0;
  const server = createServer();
  const chosen = await new Promise<number | string>((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address() as AddressInfo;
      server.close(() => resolve(address.port));
    });
  });
  if (typeof chosen === 'string') throw new ConfigurationError([await describeListenFault(target, chosen)]);
  return chosen;
}
