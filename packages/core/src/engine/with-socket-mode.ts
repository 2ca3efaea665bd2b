import { chmodSync } from 'node:fs';

/**
 * Makes a Unix socket that has the permissions of the mode, if there is one, and never others: to take them away
 * afterwards would leave a moment in which anybody can connect.
 *
 * @param make makes the socket before it returns; what it returns is false if it cannot
 */
export function withSocketMode<T>(socket: string, mode: number | undefined, make: () => T): T {
  if (mode === undefined) return make();
  const before = process.umask(0o777 & ~mode);
  try {
    const made = make();
    // µWebSockets makes it for the owner alone.
    if (made !== false) chmodSync(socket, mode);
    return made;
  } finally {
    process.umask(before);
  }
}
