import { lstat } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';

/**
 * Finds the error code of the operating system for a Unix socket that cannot be made. µWebSockets does not check: it
 * deletes any file with that path, even the socket of a server that is listening.
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
