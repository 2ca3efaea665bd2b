import type { ListenOptions } from './listen-options';

/** An option of `listen` that only `serve` sets: the workers of one program listen on one port. */
const SHARES_PORT = Symbol.for('sluice:shares-port');

/** The same options, for a worker. */
export function sharePort(options: ListenOptions): ListenOptions {
  const shared: ListenOptions & { readonly [SHARES_PORT]: true } = { ...options, [SHARES_PORT]: true };
  return shared;
}

export function isPortShared(options: ListenOptions): boolean {
  return SHARES_PORT in options;
}

/** Whether the kernel gives each worker connections of its own (SO_REUSEPORT). Elsewhere one process accepts them for all. */
export function hasReusePort(engine: 'uws' | 'node'): boolean {
  if (process.platform !== 'linux') return false;
  if (engine === 'uws') return true;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major >= 23 ? major > 23 || minor >= 1 : major === 22 && minor >= 12;
}
