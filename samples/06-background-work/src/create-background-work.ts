import { createApp, type AppOptions } from '@sluice/core';
import { queue } from '@sluice/queue';
import { ReportWriter } from './report-writer';
import { ReportsController } from './reports-controller';
import { SignupsController } from './signups-controller';

/** The settings of the application. */
export interface BackgroundWorkOptions {
  readonly redisUrl: string;
  /** Whether this process has a worker. Default: true. */
  readonly withWorker?: boolean;
  readonly overrides?: AppOptions['overrides'];
}

/** Creates the application without listening, so that tests can use it too. */
export function createBackgroundWork({ redisUrl, withWorker = true, overrides }: BackgroundWorkOptions) {
  return createApp({
    controllers: [SignupsController, ReportsController],
    providers: [ReportWriter],
    services: [queue({ connection: redisUrl, work: withWorker })],
    ...(overrides && { overrides }),
  });
}
