import { lstat } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';

/**
 * What stands in the way of a Unix socket, as the operating system would call it. µWebSockets does not ask: it
 * deletes whatever has that path, also the socket of a server that listens.
 */
export async function findSocketFault(socket: string): Promise<string | undefined> {
  const entry = await lstat(socket).catch(() => undefined);
  if (entry !== undefined && !entry.isSocket()) return 'EEXIST';
  if (entry !== undefined) return (await isListenedOn(socket)) ? 'EADDRINUSE' : undefined;
  const folder = await lstat(path.dirname(socket)).catch(() => undefined);
  return folder === undefined ? 'ENOENT' : undefined;
}

function isListenedOn(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ path: socket });
    probe.once('error', () => resolve(false));
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
  });
}
