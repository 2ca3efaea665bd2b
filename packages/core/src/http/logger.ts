/** Where Sluice tells what no client may see. `console` is one, and so is a pino instance. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(error: unknown, message?: string): void;
}

/** The same logger, but one that never throws: it is called where an exception would end the process. */
export function guardLogger(logger: Logger): Logger {
  const guard = (log: () => void): void => {
    try {
      log();
    } catch {
      // There is no other place to tell it.
    }
  };
  return {
    info: (message) => guard(() => logger.info(message)),
    warn: (message) => guard(() => logger.warn(message)),
    error: (error, message) => guard(() => logger.error(error, message)),
  };
}
