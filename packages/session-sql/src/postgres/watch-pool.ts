import type { Logger } from '@sluice/core';
import type { PostgresPool } from './postgres-pool';

/** The events that pools emit, of which a duck type needs one. */
interface Events {
  listenerCount?(event: string): number;
  on(event: string, listener: (value: unknown) => void): unknown;
}

/**
 * Listens to the errors of a pool that has no listener: an idle connection that breaks would end the
 * process. An outage is logged once, however many connections break, and so is its end.
 */
export function watchPool(pool: PostgresPool, logger: Pick<Logger, 'info' | 'error'>): void {
  const events = pool as Events;
  if ((events.listenerCount?.('error') ?? 0) > 0) return;
  let isDown = false;
  events.on('error', (error) => {
    if (!isDown) logger.error(error, 'PostgreSQL has closed a connection');
    isDown = true;
  });
  events.on('connect', () => {
    if (isDown) logger.info('PostgreSQL can be reached again.');
    isDown = false;
  });
}
