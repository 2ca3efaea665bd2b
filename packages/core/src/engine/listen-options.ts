import {
  checkOptions,
  invalidOption,
  isBooleanOption,
  isIntegerOption,
  type OptionRule,
} from '../configuration/check-options';
import { ConfigurationError } from '../configuration/configuration-error';

/** The options of `app.listen`. */
export interface ListenOptions {
  /** 0 to 65535; 0 takes any free port. Default 8000. */
  readonly port?: number;
  /** Default 127.0.0.1, for clients on this machine only; `0.0.0.0` or `::` for all its addresses. */
  readonly host?: string;
  /** The path of a Unix socket, instead of port and host. */
  readonly socket?: string;
  /**
   * A listening socket that the process has inherited, instead of port and host: `3` for the socket activation of
   * systemd. Only node:http supports it.
   */
  readonly fd?: number;
  /** How many connections may wait to be accepted; default 511. Only node:http supports it. */
  readonly backlog?: number;
  /** With the host `::`, takes no IPv4 connections; default false. Only node:http supports it. */
  readonly ipv6Only?: boolean;
  /** Closes the application on SIGINT and SIGTERM and ends the process; default true. */
  readonly handleSignals?: boolean;
}

/** The address that an application listens on. */
export interface Address {
  /** 0 for a Unix socket, and for an inherited socket that has no port. */
  readonly port: number;
  /** As given to `listen`; the path of a Unix socket. */
  readonly host: string;
  /** `http://127.0.0.1:8000`; for a Unix socket `unix:/path`. */
  readonly url: string;
}

const isText: OptionRule = (value) =>
  typeof value === 'string' && value !== '' ? undefined : 'must be text';

/** The options of `listen` that only the engine on node:http supports. */
export const NODE_LISTEN_OPTIONS = ['fd', 'backlog', 'ipv6Only'] as const satisfies (keyof ListenOptions)[];

/** The place to listen on. */
export interface ListenTarget {
  readonly host: string;
  readonly port: number;
  readonly socket: string | undefined;
  readonly fd: number | undefined;
}

/** Checks the options and fills in the defaults. Throws ConfigurationError. */
export function checkListenOptions(options: ListenOptions): ListenTarget {
  checkOptions('app.listen', options, {
    port: isIntegerOption(0, 65535),
    host: isText,
    socket: isText,
    fd: isIntegerOption(0),
    backlog: isIntegerOption(1),
    ipv6Only: isBooleanOption,
    handleSignals: isBooleanOption,
  });
  const { port, host, socket, fd } = options;
  if (fd !== undefined && (port ?? host ?? socket) !== undefined)
    throw new ConfigurationError([invalidOption('app.listen()', 'fd', 'excludes port, host and socket')]);
  return { port: port ?? 8000, host: host ?? '127.0.0.1', socket, fd };
}
