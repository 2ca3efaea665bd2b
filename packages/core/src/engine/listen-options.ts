import {
  checkOptions,
  invalidOption,
  isBooleanOption,
  isIntegerOption,
  isTextOption,
  type OptionRule,
} from '../configuration/check-options';
import { ConfigurationError, type ConfigurationProblem } from '../configuration/configuration-error';
import { checkTlsOptions, findTlsNeed, type TlsOptions } from './tls/tls-options';

/** The options of `app.listen`. */
export interface ListenOptions {
  /** 0 to 65535; 0 takes any free port. Default 8000. */
  readonly port?: number;
  /** Default 127.0.0.1, for clients on this machine only; `0.0.0.0` or `::` for all its addresses. */
  readonly host?: string;
  /** The path of a Unix socket, instead of port and host. */
  readonly socket?: string;
  /**
   * The permissions of the Unix socket: `0o660` lets its owner and its group connect. Default: for the owner alone, and on
   * node:http those that the umask of the process leaves. A worker thread cannot set it.
   */
  readonly socketMode?: number;
  /** Ends TLS here, instead of at a proxy. See docs/tls.md. */
  readonly tls?: TlsOptions;
  /**
   * A listening socket that the process has inherited, instead of port and host: `3` for the socket activation of
   * systemd. Only node:http supports it.
   */
  readonly fd?: number;
  /** How many connections may wait to be accepted; default 511. Only node:http supports it. */
  readonly backlog?: number;
  /** With the host `::`, takes no IPv4 connections; default false. Only node:http supports it. */
  readonly ipv6Only?: boolean;
  /** Milliseconds that a connection may be idle between two requests; default 10000. Only node:http supports another value. */
  readonly keepAliveTimeoutMs?: number;
  /** Milliseconds in which a request must have arrived with its body, else it is a 408; default: no limit. Only node:http supports it. */
  readonly requestTimeoutMs?: number;
  /** The most connections at once; further ones are closed. Default: no limit. Only node:http supports it. */
  readonly maxConnections?: number;
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

/** 660 without 0o is another number, and too large, as are most such slips. */
const isMode: OptionRule = (value) =>
  isIntegerOption(0, 0o777)(value) === undefined ? undefined : 'must be permissions such as 0o660';

/** The longest time of a timer. */
const LONGEST_MS = 2_147_483_647;

/** The options of `listen` that only the engine on node:http supports. */
const NODE_LISTEN_OPTIONS = [
  'fd',
  'backlog',
  'ipv6Only',
  'keepAliveTimeoutMs',
  'requestTimeoutMs',
  'maxConnections',
] as const satisfies (keyof ListenOptions)[];

/** The option that only node:http supports; undefined if µWebSockets supports all of them. */
export function findNodeOption(options: ListenOptions): string | undefined {
  const { tls } = options;
  return NODE_LISTEN_OPTIONS.find((name) => options[name] !== undefined) ?? (tls && findTlsNeed(tls));
}

/** Users of other frameworks look for it. */
const NO_PROXY_PROTOCOL: ConfigurationProblem = {
  code: 'OPTION_INVALID',
  place: 'app.listen()',
  fault: 'proxyProtocol is not supported.',
  cure: 'Let the proxy send X-Forwarded-For, and set trustProxy of createApp().',
};

/** The place to listen on. */
export interface ListenTarget {
  readonly host: string;
  readonly port: number;
  readonly socket: string | undefined;
  readonly socketMode: number | undefined;
  readonly fd: number | undefined;
}

/**
 * Checks that options are an object: other frameworks take the port alone.
 *
 * @param call the beginning of the call, as it is written: `app.listen(`
 * @throws ConfigurationError OPTION_INVALID
 */
export function checkIsObject(options: unknown, place: string, call: string): void {
  if (typeof options === 'object' && options !== null) return;
  const port = typeof options === 'number' ? options : 8000;
  const cure = `Write ${call}{ port: ${port} }).`;
  throw new ConfigurationError([
    { code: 'OPTION_INVALID', place, fault: 'The options must be an object.', cure },
  ]);
}

/** Checks the options and fills in the defaults. Throws ConfigurationError. */
export function checkListenOptions(options: ListenOptions): ListenTarget {
  checkIsObject(options, 'app.listen()', 'app.listen(');
  if ('proxyProtocol' in options) throw new ConfigurationError([NO_PROXY_PROTOCOL]);
  checkOptions('app.listen', options, {
    port: isIntegerOption(0, 65535),
    host: isTextOption,
    socket: isTextOption,
    socketMode: isMode,
    tls: () => undefined,
    fd: isIntegerOption(0),
    backlog: isIntegerOption(1),
    ipv6Only: isBooleanOption,
    keepAliveTimeoutMs: isIntegerOption(1, LONGEST_MS),
    requestTimeoutMs: isIntegerOption(1, LONGEST_MS),
    maxConnections: isIntegerOption(1),
    handleSignals: isBooleanOption,
  });
  const { port, host, socket, socketMode, fd, tls } = options;
  if (tls !== undefined) checkTlsOptions(tls);
  if (fd !== undefined && (port ?? host ?? socket) !== undefined)
    throw new ConfigurationError([invalidOption('app.listen()', 'fd', 'excludes port, host and socket')]);
  if (socketMode !== undefined) checkSocketMode(socket);
  return { port: port ?? 8000, host: host ?? '127.0.0.1', socket, socketMode, fd };
}

function checkSocketMode(socket: string | undefined): void {
  const { isMainThread } = require('node:worker_threads') as typeof import('node:worker_threads');
  const fault =
    socket === undefined ? 'needs socket' : isMainThread ? undefined : 'cannot be set in a worker thread';
  if (fault !== undefined) throw new ConfigurationError([invalidOption('app.listen()', 'socketMode', fault)]);
}
