import {
  checkOptions,
  isBooleanOption,
  isIntegerOption,
  type OptionRule,
} from '../configuration/check-options';

/** The options of `app.listen`. */
export interface ListenOptions {
  /** 0 to 65535; 0 takes any free port. Default 8000. */
  readonly port?: number;
  /** Default 127.0.0.1, for clients on this machine only; `0.0.0.0` or `::` for all its addresses. */
  readonly host?: string;
  /** The path of a Unix socket, instead of port and host. */
  readonly socket?: string;
  /** Closes the application on SIGINT and SIGTERM and ends the process; default true. */
  readonly handleSignals?: boolean;
}

/** The address that an application listens on. */
export interface Address {
  /** 0 for a Unix socket. */
  readonly port: number;
  /** As given to `listen`; the path of a Unix socket. */
  readonly host: string;
  /** `http://127.0.0.1:8000`; for a Unix socket `unix:/path`. */
  readonly url: string;
}

const isText: OptionRule = (value) =>
  typeof value === 'string' && value !== '' ? undefined : 'must be text';

/** Checks the options and fills in the defaults. Throws ConfigurationError. */
export function checkListenOptions(options: ListenOptions): {
  readonly port: number;
  readonly host: string;
  readonly socket: string | undefined;
} {
  checkOptions('app.listen', options, {
    port: isIntegerOption(0, 65535),
    host: isText,
    socket: isText,
    handleSignals: isBooleanOption,
  });
  return { port: options.port ?? 8000, host: options.host ?? '127.0.0.1', socket: options.socket };
}
