import { randomUUID } from 'node:crypto';
import { Injectable, OnStop, serviceUnavailable } from '@sluice/core';
import { Queue } from 'bullmq';
import type { ReportOrder } from './report-order';
import type { Report } from './report-writer';
import { SharedRedis } from './shared-redis';

/** The name that queue and workers share. */
export const REPORTS = 'reports';

const DAY_IN_SECONDS = 24 * 60 * 60;

/** Takes orders for reports, and knows how each of them is getting on. */
@Injectable()
export class ReportQueue {
  private readonly queue: Queue<ReportOrder, Report>;

  constructor(redis: SharedRedis) {
    this.queue = new Queue(REPORTS, {
      connection: redis.client,
      // The connection decides whether a command waits for Redis, and nothing is asked before there is a command.
      skipWaitingForReady: true,
      skipVersionCheck: true,
      skipMetasUpdate: true,
      defaultJobOptions: {
        attempts: 3,
        backoff: { type: 'exponential', delay: 500 },
        removeOnComplete: { age: DAY_IN_SECONDS },
        removeOnFail: { age: 7 * DAY_IN_SECONDS },
      },
    });
    // The connection tells what is wrong with it, and a command that fails its request.
    this.queue.on('error', () => undefined);
  }

  @OnStop()
  close(): Promise<void> {
    return this.queue.close();
  }

  /**
   * Puts the order into the queue: once this resolves, Redis has it.
   *
   * @returns the id of the report, which nobody can guess
   * @throws HttpError 503 when Redis is away
   */
  async add(order: ReportOrder): Promise<string> {
    const id = randomUUID();
    await ask(() => this.queue.add('write', order, { jobId: id }));
    return id;
  }

  /**
   * How a report is getting on; undefined where there is none of that id.
   *
   * @throws HttpError 503 when Redis is away
   */
  find(id: string) {
    return ask(async () => {
      // The state first: a report that was completed by then has been written.
      const state = await this.queue.getJobState(id);
      const job = await this.queue.getJob(id);
      return job && { id, state, attempts: job.attemptsMade, report: job.returnvalue ?? undefined };
    });
  }
}

async function ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question();
  } catch (cause) {
    const detail = 'Reports cannot be ordered or read at the moment.';
    throw serviceUnavailable({ code: 'queue_unavailable', detail, headers: { 'Retry-After': 5 }, cause });
  }
}
