import { randomUUID } from 'node:crypto';
import { Injectable, OnStop, serviceUnavailable } from '@sluice/core';
import { Queue } from 'bullmq';
import type { ReportOrder } from './report-order';
import type { Report } from './report-writer';
import { SharedRedis } from './shared-redis';

/** The name of the queue, which its workers share. */
export const REPORTS = 'reports';

const DAY_IN_SECONDS = 24 * 60 * 60;

/** Accepts orders for reports, and finds the state of each. */
@Injectable()
export class ReportQueue {
  private readonly queue: Queue<ReportOrder, Report>;

  constructor(redis: SharedRedis) {
    this.queue = new Queue(REPORTS, {
      connection: redis.client,
      // Commands must fail at once if Redis is down, and none may be sent before the first request.
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
    // SharedRedis reports the errors of the connection, and a failed command fails its request.
    this.queue.on('error', () => undefined);
  }

  @OnStop()
  close(): Promise<void> {
    return this.queue.close();
  }

  /**
   * Puts the order into the queue. When this resolves, Redis has it.
   *
   * @returns the id of the report, which cannot be guessed
   * @throws HttpError 503 if Redis is down
   */
  async add(order: ReportOrder): Promise<string> {
    const id = randomUUID();
    await send(() => this.queue.add('write', order, { jobId: id }));
    return id;
  }

  /**
   * The state of a report; undefined for an unknown id.
   *
   * @throws HttpError 503 if Redis is down
   */
  find(id: string) {
    return send(async () => {
      // The state comes first: if it is `completed`, the job that is read after it has the report.
      const state = await this.queue.getJobState(id);
      const job = await this.queue.getJob(id);
      return job && { id, state, attempts: job.attemptsMade, report: job.returnvalue ?? undefined };
    });
  }
}

async function send<Result>(command: () => Promise<Result>): Promise<Result> {
  try {
    return await command();
  } catch (cause) {
    const detail = 'Reports cannot be ordered or read at the moment.';
    throw serviceUnavailable({ code: 'queue_unavailable', detail, headers: { 'Retry-After': 5 }, cause });
  }
}
