import type { Logger } from '@sluice/core';
import type { RedisClient } from './redis-client';

/** The events that clients emit, of which a duck type needs none. */
interface Events {
  listenerCount?(event: string): number;
  on(event: string, listener: (value: unknown) => void): unknown;
}

/**
 * Listens to the errors of a client that has no listener: an `error` event without one ends the process. An outage is
 * logged once, however often the client tries to connect, and so is its end.
 */
export function watchErrors(client: RedisClient, logger: Pick<Logger, 'info' | 'error'>): void {
  const events = client as Events;
  if ((events.listenerCount?.('error') ?? 0) > 0) return;
  let isDown = false;
  events.on('error', (error) => {
    if (!isDown) logger.error(error, 'Redis cannot be reached');
    isDown = true;
  });
  events.on('ready', () => {
    if (isDown) logger.info('Redis can be reached again.');
    isDown = false;
  });
}
