import { lstat } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';

/** The operating system would cut a longer path off, and µWebSockets writes it over other memory. */
const LONGEST_PATH = process.platform === 'linux' ? 107 : 103;

/**
 * Finds the error code of the operating system for a Unix socket that cannot be made. µWebSockets does not check: it
 * deletes any file with that path, even the socket of a server that is listening.
 */
export async function findSocketFault(socket: string): Promise<string | undefined> {
  if (Buffer.byteLength(socket) > LONGEST_PATH) return 'ENAMETOOLONG';
  const entry = await lstat(socket).catch(() => undefined);
  if (entry !== undefined) return entry.isSocket() ? findServer(socket) : 'EEXIST';
  const folder = await lstat(path.dirname(socket)).catch(() => undefined);
  return folder === undefined ? 'ENOENT' : undefined;
}

/** Only a refused connection proves that no process listens: a busy or guarded server gives other errors. */
function findServer(socket: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = connect({ path: socket });
    probe.once('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => {
      if (code === 'ECONNREFUSED' || code === 'ENOENT') resolve(undefined);
      // EAGAIN: its queue is full. EPROTOTYPE: it takes no streams.
      else resolve(code === 'EAGAIN' || code === 'EPROTOTYPE' ? 'EADDRINUSE' : code);
    });
    probe.once('connect', () => {
      probe.destroy();
      resolve('EADDRINUSE');
    });
  });
}
