import { createApp, type AppOptions } from '@sluice/core';
import { ReportWorker } from './report-worker';
import { ReportsController } from './reports-controller';
import { REDIS_URL } from './shared-redis';
import { SignupsController } from './signups-controller';

/** What the application is told from outside. */
export interface BackgroundWorkOptions {
  readonly redisUrl: string;
  /** Whether this process works the orders off too, and not others alone; default true. */
  readonly withWorker?: boolean;
  readonly overrides?: AppOptions['overrides'];
}

/** The application. Nothing listens yet, so that tests can use it as it is. */
export function createBackgroundWork({ redisUrl, withWorker = true, overrides }: BackgroundWorkOptions) {
  return createApp({
    controllers: [SignupsController, ReportsController],
    providers: [{ token: REDIS_URL, useValue: redisUrl }, ...(withWorker ? [ReportWorker] : [])],
    ...(overrides && { overrides }),
  });
}
