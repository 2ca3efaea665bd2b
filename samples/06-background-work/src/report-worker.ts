import { Injectable, OnStart, OnStop } from '@sluice/core';
import { RedisConnection, Worker } from 'bullmq';
import type { ReportOrder } from './report-order';
import { REPORTS } from './report-queue';
import { ReportWriter, type Report } from './report-writer';
import { SharedRedis } from './shared-redis';

const RETRY_AFTER_MS = 1000;

/** Works orders off, two at a time, in whichever process it is a provider. */
@Injectable()
export class ReportWorker {
  private worker: Worker<ReportOrder, Report> | undefined;

  constructor(
    private readonly redis: SharedRedis,
    private readonly writer: ReportWriter,
  ) {}

  @OnStart()
  open(): void {
    // Connections of its own, on which BullMQ waits for orders, and for Redis when it is away: no request waits here.
    const connection = { url: this.redis.url, retryStrategy: () => RETRY_AFTER_MS };
    const worker = new Worker<ReportOrder, Report>(REPORTS, ({ data }) => this.writer.write(data.text), {
      connection,
      concurrency: 2,
    });
    worker.on('failed', (job, { message }) =>
      console.error(`Report ${job?.id ?? '?'}, attempt ${job?.attemptsMade ?? '?'}: ${message}`),
    );
    worker.on('error', (error) => this.tell(error));
    this.worker = worker;
  }

  /** Lets the orders in hand be finished. Without Redis that can't be: another worker gets them when their lock ends. */
  @OnStop()
  async close(): Promise<void> {
    if (this.worker === undefined) return;
    const canFinish = await this.redis.isAnswering();
    if (canFinish) await waitForConnections(this.worker);
    await this.worker.close(!canFinish);
  }

  /** What is wrong with Redis itself is told by the connection, once. */
  private tell({ message }: Error): void {
    if (this.redis.client.status === 'ready') console.error(`The worker of reports: ${message}`);
  }
}

/** BullMQ would wait for ever for a connection to end that is just being made again. */
async function waitForConnections(worker: Worker): Promise<void> {
  const { client, blockingClient } = worker.getBackend();
  for (const one of [client, blockingClient]) if (one) await RedisConnection.waitUntilReady(await one);
}
