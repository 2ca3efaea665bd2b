import type { Logger } from '../http/logger';

/** Told of what nobody waited for: one listener for all applications of the process. */
const loggers = new Set<Logger>();

function logRejection(reason: unknown): void {
  for (const logger of loggers)
    logger.error(
      reason,
      'A promise was rejected and nobody waited for it: await it, or catch what it rejects with',
    );
}

/**
 * Lets a promise that a handler forgot (`void save()`) be an entry in the log and not the end of the process, for as
 * long as somebody listens. Does nothing where the program has a listener of its own: it decides. Exceptions outside of
 * promises are left alone. Gives back a function that ends it.
 */
export function holdRejections(logger: Logger): () => void {
  if (loggers.size === 0 && process.listenerCount('unhandledRejection') > 0) return () => undefined;
  process.off('unhandledRejection', logRejection).on('unhandledRejection', logRejection);
  loggers.add(logger);
  return () => {
    loggers.delete(logger);
    if (loggers.size === 0) process.off('unhandledRejection', logRejection);
  };
}
