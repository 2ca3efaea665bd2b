import { createApp, Injectable, type App, type Provider } from '@sluice/core';
import {
  DeadLetter,
  Job,
  jobQueue,
  Jobs,
  queue,
  UnrecoverableError,
  type JobInfo,
  type QueueOptions,
} from '@sluice/queue';
import { Length } from 'class-validator';

export class Order {
  @Length(1, 1000) text!: string;
}

/** The settings of the job, which a process without the worker knows too. */
export const ORDERS = jobQueue<Order, string>('orders', {
  payload: Order,
  attempts: 3,
  backoff: 10,
  deadLetter: 'dead-orders',
});

/** Does what each test says. */
@Injectable()
export class Worker {
  readonly letters: DeadLetter[] = [];
  readonly runs: { readonly text: string; readonly job: JobInfo }[] = [];
  work: (text: string, job: JobInfo) => unknown = (text) => text.toUpperCase();

  @Job(ORDERS, { concurrency: 2 })
  async write(order: Order, job: JobInfo): Promise<string> {
    this.runs.push({ text: order.text, job });
    return (await this.work(order.text, job)) as string;
  }

  @Job('dead-orders')
  bury(letter: DeadLetter): void {
    this.letters.push(letter);
  }
}

/** Its jobs are taken by another worker soon after its process has died. */
@Injectable()
export class BriefWorker extends Worker {
  @Job(ORDERS, { concurrency: 2, lockMs: 1000 })
  override write(order: Order, job: JobInfo): Promise<string> {
    return super.write(order, job);
  }
}

/** A logger that keeps its lines. */
export class Lines {
  readonly lines: string[] = [];
  info(message: string) {
    this.lines.push(message);
  }
  warn(message: string) {
    this.lines.push(message);
  }
  error(error: unknown, message = '') {
    this.lines.push(`${message}: ${error instanceof Error ? error.message : String(error)}`);
  }

  count(part: string): number {
    return this.lines.filter((line) => line.includes(part)).length;
  }
}

export interface Started {
  readonly app: App;
  readonly jobs: Jobs;
  readonly worker: Worker;
  readonly log: Lines;
}

/** Starts an application with a worker, or with `work: false` without one. */
export async function startWork(
  url: string,
  options: Partial<QueueOptions> = {},
  providers: readonly Provider[] = [],
  type: typeof Worker = Worker,
): Promise<Started> {
  const log = new Lines();
  const app = await createApp({
    logger: log,
    providers: [type, ...providers],
    services: [queue({ connection: url, timeoutMs: 500, ...options })],
  });
  await app.start();
  return { app, jobs: app.get(Jobs), worker: app.get(type), log };
}

/** Work that ends when the test calls `finish`. `begun` resolves when it has begun. */
export function holdWork() {
  let begin = (): void => {};
  let finish = (): void => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const held = new Promise<void>((resolve) => (finish = resolve));
  const work = async () => {
    begin();
    await held;
    return 'done';
  };
  return { work, begun, finish };
}

export const fail = (message: string) => () => {
  throw new Error(message);
};

export const giveUp = (message: string) => () => {
  throw new UnrecoverableError(message);
};
