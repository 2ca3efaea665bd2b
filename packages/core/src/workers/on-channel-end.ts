import type { ChildProcess } from 'node:child_process';

/**
 * Calls a function once, when nothing more comes from a worker. `disconnect` alone is not enough: Node does not emit it
 * for a worker that dies with a connection on its way to it.
 */
export function onChannelEnd(child: ChildProcess, then: () => void): void {
  let hasEnded = false;
  const end = (): void => {
    if (hasEnded) return;
    hasEnded = true;
    then();
  };
  child.once('disconnect', end).once('close', end);
  child.once('exit', () => {
    if (!child.connected) end();
  });
}
