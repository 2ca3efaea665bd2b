import { Injectable, OnStart, OnStop } from '@sluice/core';
import { RedisConnection, Worker } from 'bullmq';
import type { ReportOrder } from './report-order';
import { REPORTS } from './report-queue';
import { ReportWriter, type Report } from './report-writer';
import { SharedRedis } from './shared-redis';

const RETRY_AFTER_MS = 1000;

/** Processes orders, two at a time. A process has a worker if its application has this provider. */
@Injectable()
export class ReportWorker {
  private worker: Worker<ReportOrder, Report> | undefined;

  constructor(
    private readonly redis: SharedRedis,
    private readonly writer: ReportWriter,
  ) {}

  @OnStart()
  open(): void {
    // Its own connections, on which BullMQ waits for orders and for Redis. Requests, which must not wait, do not use them.
    const connection = { url: this.redis.url, retryStrategy: () => RETRY_AFTER_MS };
    const worker = new Worker<ReportOrder, Report>(REPORTS, ({ data }) => this.writer.write(data.text), {
      connection,
      concurrency: 2,
    });
    worker.on('failed', (job, { message }) =>
      console.error(`Report ${job?.id ?? '?'}, attempt ${job?.attemptsMade ?? '?'}: ${message}`),
    );
    worker.on('error', (error) => this.report(error));
    this.worker = worker;
  }

  /** Waits for the orders in progress. Without Redis they cannot finish, and another worker takes them when their lock expires. */
  @OnStop()
  async close(): Promise<void> {
    if (this.worker === undefined) return;
    const canFinish = await this.redis.isAnswering();
    if (canFinish) await waitForConnections(this.worker);
    await this.worker.close(!canFinish);
  }

  /** SharedRedis reports once that Redis is down, so this reports only other errors. */
  private report({ message }: Error): void {
    if (this.redis.client.status === 'ready') console.error(`Report worker: ${message}`);
  }
}

/** BullMQ never finishes closing a connection that is reconnecting. */
async function waitForConnections(worker: Worker): Promise<void> {
  const { client, blockingClient } = worker.getBackend();
  for (const one of [client, blockingClient]) if (one) await RedisConnection.waitUntilReady(await one);
}
