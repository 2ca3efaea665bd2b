import { createApp } from '@sluice/core';
import { queue } from '@sluice/queue';
import { redisLock, scheduler } from '@sluice/scheduler';
import { InvoiceWriter } from './invoice-writer';
import { InvoicesController } from './invoices-controller';
import { LockConnection } from './lock-connection';
import { Reminders } from './reminders';

/** The settings of a process. */
export interface ProcessOptions {
  readonly redisUrl: string;
  /** `web` answers requests and adds jobs, `worker` does the jobs. Both run tasks. */
  readonly kind: 'web' | 'worker';
}

/** Creates the application of one process. Any number of each kind may run. */
export function createProcess({ redisUrl, kind }: ProcessOptions) {
  const lock = new LockConnection(redisUrl);
  const isWorker = kind === 'worker';
  return createApp({
    controllers: isWorker ? [] : [InvoicesController],
    providers: [
      { token: LockConnection, useFactory: () => lock },
      Reminders,
      ...(isWorker ? [InvoiceWriter] : []),
    ],
    services: [
      queue({ connection: redisUrl, work: isWorker }),
      scheduler({ lock: redisLock({ client: lock.client }) }),
    ],
  });
}
