import {
  checkOptions,
  isBooleanOption,
  isIntegerOption,
  type OptionRule,
} from '../configuration/check-options';

/** Where to listen. */
export interface ListenOptions {
  /** 0 to 65535; 0 takes any free one. Default 8000. */
  readonly port?: number;
  /** Default 127.0.0.1, this machine only; `0.0.0.0` or `::` for all its addresses. */
  readonly host?: string;
  /** The path of a Unix socket, in place of port and host. */
  readonly socket?: string;
  /** Closes the application on SIGINT and SIGTERM and ends the process; default true. */
  readonly handleSignals?: boolean;
}

/** Where an application listens. */
export interface Address {
  /** 0 for a Unix socket. */
  readonly port: number;
  /** As it was asked for; of a Unix socket its path. */
  readonly host: string;
  /** `http://127.0.0.1:8000`; for a Unix socket `unix:/path`. */
  readonly url: string;
}

const isText: OptionRule = (value) =>
  typeof value === 'string' && value !== '' ? undefined : 'must be text';

/** Fills in the defaults. Throws ConfigurationError for what can not be listened on. */
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
