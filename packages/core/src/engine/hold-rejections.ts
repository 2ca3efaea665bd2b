import { describeRequest } from '../http/describe-request';
import type { EngineTable } from './engine';

/** The part of an application that reports unhandled rejections. */
type Listener = Pick<EngineTable, 'logger' | 'trace'>;

/** All applications that listen share one listener of the process. */
const listeners = new Set<Listener>();

function logRejection(reason: unknown): void {
  const owner = [...listeners].find(({ trace }) => trace.context !== undefined);
  for (const listener of owner === undefined ? listeners : [owner]) report(listener, reason);
}

function report({ logger, trace }: Listener, reason: unknown): void {
  const { context } = trace;
  const owner = context === undefined ? '' : ` of ${describeRequest(context)}`;
  const message = `A promise${owner} was rejected, and no code handled it. Await it, or catch its rejection.`;
  if (trace.isOn || trace.isWanted === false) {
    logger.error(reason, message);
    return;
  }
  trace.begin();
  logger.error(reason, `${message} From now on requests are traced, so the next report names the request.`);
}

/**
 * Logs an unhandled rejection (`void save()`) instead of letting it end the process, and names its request if requests
 * are traced. Does nothing if the program has a listener of its own, and never touches exceptions outside of promises.
 * Returns a function that stops it.
 */
export function holdRejections({ logger, trace }: Listener): () => void {
  if (listeners.size === 0 && process.listenerCount('unhandledRejection') > 0) return () => undefined;
  process.off('unhandledRejection', logRejection).on('unhandledRejection', logRejection);
  const listener = { logger, trace };
  listeners.add(listener);
  if (trace.isWanted === true) trace.begin();
  return () => {
    listeners.delete(listener);
    trace.end();
    if (listeners.size === 0) process.off('unhandledRejection', logRejection);
  };
}
