import { Injectable } from '@sluice/core';
import { Jobs } from '@sluice/queue';
import { Cron, Interval, type TaskRun } from '@sluice/scheduler';
import { INVOICES } from './invoice-jobs';

const { REMIND_EVERY = '1m' } = process.env;

/** Tasks by the calendar. Every process has them, and one of them runs each. */
@Injectable()
export class Reminders {
  constructor(private readonly jobs: Jobs) {}

  /** A task only adds a job: the job is tried again if it fails, and a task is not. Its id keeps it from being added twice. */
  @Interval(REMIND_EVERY)
  async remind({ scheduledAt, logger }: TaskRun) {
    const id = `reminder-${scheduledAt.getTime()}`;
    await this.jobs.add(INVOICES, { to: 'late@example.org', cents: 4200 }, { id });
    logger.info(`added ${id}`);
  }

  @Cron('0 3 * * *', { timeZone: 'Europe/Berlin' })
  async count({ logger }: TaskRun) {
    const counts = await this.jobs.bull(INVOICES).getJobCounts('completed', 'failed');
    logger.info(`invoices: ${JSON.stringify(counts)}`);
  }
}
