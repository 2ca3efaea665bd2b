import { ConfigurationError } from '@sluice/core';
import { formatThrown } from '@sluice/core/kit';

/** The libraries that do the work. */
export interface Libraries {
  readonly bullmq: typeof import('bullmq');
  readonly ioredis: typeof import('ioredis');
}

/**
 * Loads BullMQ and ioredis, which are peers, when a program has a queue.
 *
 * @throws ConfigurationError LIBRARY_UNFIT that says what to install
 */
export function loadLibraries(): Libraries {
  try {
    return {
      bullmq: require('bullmq') as typeof import('bullmq'),
      ioredis: require('ioredis') as typeof import('ioredis'),
    };
  } catch (error) {
    throw new ConfigurationError([
      {
        code: 'LIBRARY_UNFIT',
        place: 'queue()',
        fault: `BullMQ and ioredis are needed, and do not load: ${formatThrown(error).split('\n')[0]}`,
        cure: 'Run: npm install bullmq ioredis',
      },
    ]);
  }
}
