import type { Logger } from '../logger';

/** The events of a client or a pool. A client made by hand may not count its listeners. */
interface Events {
  listenerCount?(event: string): number;
  on(event: string, listener: (value: unknown) => void): unknown;
}

/** The lines of the log about an outage, and the event that ends it. */
export interface OutageReport {
  /** The event by which the client says that it is connected. */
  readonly upEvent: string;
  /** Logged with the first error. */
  readonly down: string;
  /** Logged when the client is connected again. */
  readonly up: string;
}

/**
 * Listens to the errors of a client that has no listener: an `error` event without one ends the process. An outage is
 * logged once, however many errors there are, and so is its end.
 */
export function watchOutage(
  client: object,
  { upEvent, down, up }: OutageReport,
  logger: Pick<Logger, 'info' | 'error'>,
): void {
  const events = client as Events;
  if ((events.listenerCount?.('error') ?? 0) > 0) return;
  let isDown = false;
  events.on('error', (error) => {
    if (!isDown) logger.error(error, down);
    isDown = true;
  });
  events.on(upEvent, () => {
    if (isDown) logger.info(up);
    isDown = false;
  });
}
