/** Receives the messages and errors that no client may see. `console` fits, and so does a pino instance. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(error: unknown, message?: string): void;
}

/** Makes a logger that never throws, for places where an exception would end the process. */
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
    error: (error, message) => guard(() => logger.error(error, message)),
  };
}
