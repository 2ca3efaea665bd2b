import { toError } from './to-error';

/** Receives the messages and errors that no client may see. `console` fits, and so does a pino instance. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(error: unknown, message?: string): void;
}

/** Makes a logger that never throws and gets an Error for every error, for places where an exception would end the process. */
export function guardLogger(logger: Logger): Logger {
  const guard = (log: () => void): void => {
    try {
      log();
    } catch {
      // There is no other place to report it.
    }
  };
  return {
    info: (message) => guard(() => logger.info(message)),
    warn: (message) => guard(() => logger.warn(message)),
    error: (error, message) => guard(() => logger.error(toLoggedError(error), message)),
  };
}

/** The error itself, or one that shows the value that was thrown, whatever that is. Never throws. */
export function toLoggedError(thrown: unknown): Error {
  try {
    return toError(thrown);
  } catch {
    return new Error('The thrown value cannot be read: one of its properties, or its Proxy, throws.');
  }
}
