import { describeRequest } from './describe-request';
import type { EngineTable } from './engine';

/** What is told of promises that nobody waited for, of one application. */
type Listener = Pick<EngineTable, 'logger' | 'trace'>;

/** One listener of the process for all applications. */
const listeners = new Set<Listener>();

function logRejection(reason: unknown): void {
  const owner = [...listeners].find(({ trace }) => trace.context !== undefined);
  for (const listener of owner === undefined ? listeners : [owner]) tell(listener, reason);
}

function tell({ logger, trace }: Listener, reason: unknown): void {
  const { context } = trace;
  const whose = context === undefined ? '' : ` of ${describeRequest(context)}`;
  const message = `A promise${whose} was rejected and nobody waited for it: await it, or catch what it rejects with.`;
  if (trace.isOn || trace.isWanted === false) {
    logger.error(reason, message);
    return;
  }
  trace.begin();
  const news = 'From now on requests are traced: the next time this is said, it is said of which.';
  logger.error(reason, `${message} ${news}`);
}

/**
 * Lets a promise that a handler forgot (`void save()`) be an entry in the log and not the end of the process, for as
 * long as somebody listens, and names the request where it is traced. Does nothing where the program has a listener of
 * its own: it decides. Exceptions outside of promises are left alone. Gives back a function that ends it.
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
