import type { Address, ListenOptions } from './listen-options';

/** Describes the address of a port, with the scheme that clients use there. */
export function formatPlace(host: string, port: number, { tls }: ListenOptions): Address {
  const scheme = tls === undefined ? 'http' : 'https';
  return { port, host, url: `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}` };
}
