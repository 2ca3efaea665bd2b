import type { Logger } from '@sluice/core';
import { findAbortTime, isInTime, toLoggedError } from '@sluice/core/kit';
import type { Job, Queue, Worker } from 'bullmq';
import type { QueueConnection } from './connection-options';
import { writeDeadLetter } from './dead-letter';
import type { JobDefinition } from './job-definition';
import { JobRun } from './job-run';
import type { Libraries } from './libraries';
import { isOutage } from './outage';
import { InvalidPayload } from './payload-check';
import { toBullOptions } from './to-bull-options';
import { isFinal, toFailure, toFinal } from './unrecoverable-error';

/** A method that does a job. */
export interface WorkedJob {
  readonly definition: JobDefinition;
  readonly call: (payload: unknown, run: JobRun) => unknown;
}

/** Everything that the workers of an application share. */
export interface WorkerContext {
  readonly libraries: Libraries;
  readonly connection: QueueConnection;
  readonly prefix: string;
  readonly logger: Logger;
  /** The settings of a job that gets dead letters; undefined if this process does not know it. */
  readonly findDefinition: (name: string) => JobDefinition | undefined;
}

const RECONNECT_MS = 1000;
const LOCK_MS = 30_000;

/** Does the jobs of one name. */
export class JobWorker {
  private readonly worker: Worker;
  /** A job that has lost its lock can begin again here before its first run has ended. */
  private readonly running = new Set<JobRun>();
  /** The errors of the jobs whose dead letter has been added, until they have failed. */
  private readonly lastErrors = new Map<string, Error>();
  private onIdle: (() => void) | undefined;
  private deadLetters: Queue | undefined;
  private lastError: string | undefined;

  constructor(
    private readonly job: WorkedJob,
    private readonly context: WorkerContext,
  ) {
    const { libraries, connection, prefix } = context;
    const { concurrency = 1, lockMs = LOCK_MS, maxStalled = 1 } = job.definition.options;
    const own = { retryStrategy: () => RECONNECT_MS, maxRetriesPerRequest: null };
    this.worker = new libraries.bullmq.Worker(this.name, (one, token) => this.run(one, token!), {
      // Its own connections, on which BullMQ waits for jobs and for Redis. Requests, which must not wait, do not use them.
      connection: typeof connection === 'string' ? { url: connection, ...own } : { ...connection, ...own },
      prefix,
      concurrency,
      lockDuration: lockMs,
      stalledInterval: lockMs,
      maxStalledCount: maxStalled,
    });
    this.listen();
  }

  get name(): string {
    return this.job.definition.name;
  }

  /**
   * Waits for the jobs in progress. Before the deadline their signals abort. A job that goes on is given up: another
   * worker takes it when its lock expires.
   *
   * @param canFinish whether Redis answers, so that jobs can finish
   */
  async close(deadline: number, canFinish: boolean): Promise<void> {
    if (canFinish && (await this.finish(deadline))) return;
    this.abortAll();
    if (canFinish) this.warnGivenUp();
    await this.worker.close(true);
  }

  /** Answers whether the jobs in progress have ended, and with them the worker. */
  private async finish(deadline: number): Promise<boolean> {
    // Before the deadline, so that the application does not report that this is late.
    const cutAt = deadline - Math.min(100, Math.max(0, deadline - Date.now()) / 20);
    // A connection that closes meanwhile rejects: then it is not done either.
    const isDone = (running: Promise<void>, at: number) => isInTime(running, at).catch(() => false);
    const idle = this.waitUntilIdle();
    if (!(await isDone(idle, findAbortTime(deadline)))) this.abortAll();
    if (!(await isDone(idle, cutAt))) return false;
    if (!(await isDone(this.worker.close(), cutAt))) await this.worker.getBackend().close(true);
    return true;
  }

  private async waitUntilIdle(): Promise<void> {
    await this.worker.pause(true);
    if (this.running.size > 0) await new Promise<void>((resolve) => (this.onIdle = resolve));
    // BullMQ never finishes closing a connection that is reconnecting.
    const { client, blockingClient } = this.worker.getBackend();
    const { RedisConnection } = this.context.libraries.bullmq;
    for (const one of [client, blockingClient]) if (one) await RedisConnection.waitUntilReady(await one);
  }

  private warnGivenUp(): void {
    if (this.running.size === 0) return;
    const ids = [...this.running].map(({ id }) => id).join(', ');
    this.context.logger.warn(
      `The job ${this.name} did not finish in time (${ids}). Another worker begins it again.`,
    );
  }

  private async run(job: Job, token: string): Promise<unknown> {
    const run = new JobRun(job);
    this.running.add(run);
    this.lastErrors.delete(run.id);
    try {
      const payload = await this.job.definition.check.run(job.data);
      return await this.job.call(payload, run);
    } catch (thrown) {
      const error = toLoggedError(thrown);
      const { bullmq } = this.context.libraries;
      if (run.isAborted && !(error instanceof InvalidPayload)) {
        await job.moveToWait(token);
        throw new bullmq.WaitingError();
      }
      const endsNow = isFinal(error, bullmq);
      if (endsNow || run.attempt >= run.attempts) {
        await this.addDeadLetter(job, error, run.attempt);
        this.lastErrors.set(run.id, error);
      }
      throw endsNow ? toFinal(error, bullmq) : toFailure(error);
    } finally {
      this.running.delete(run);
      if (this.running.size === 0) this.onIdle?.();
    }
  }

  /** Adds the dead letter before the job fails for good, so it may come twice. */
  private async addDeadLetter(job: Job, error: Error, attempts: number): Promise<void> {
    const { deadLetter } = this.job.definition.options;
    if (deadLetter === undefined) return;
    try {
      await this.sendDeadLetter(deadLetter, job, error, attempts);
    } catch (failure) {
      this.context.logger.error(
        failure,
        `The dead letter of the job ${this.name} ${job.id} could not be added`,
      );
    }
  }

  private async sendDeadLetter(deadLetter: string, job: Job, error: Error, attempts: number): Promise<void> {
    const { libraries, prefix, findDefinition } = this.context;
    this.deadLetters ??= new libraries.bullmq.Queue(deadLetter, {
      connection: await this.worker.getBackend().client,
      prefix,
      skipVersionCheck: true,
      skipMetasUpdate: true,
    });
    // The link reports that Redis is away. Without a listener, BullMQ writes each error to the console.
    if (this.deadLetters.listenerCount('error') === 0) this.deadLetters.on('error', () => undefined);
    const { letter, jobId } = writeDeadLetter(this.name, job, error, attempts);
    const settings = toBullOptions(findDefinition(deadLetter)?.options ?? {});
    await this.deadLetters.add(deadLetter, letter, { ...settings, jobId });
  }

  private abortAll(): void {
    for (const run of this.running) run.abort('The application closes.');
  }

  private listen(): void {
    const { logger } = this.context;
    const describe = (id: string | undefined): string => `The job ${this.name} ${id ?? '?'}`;
    this.worker.on('active', () => (this.lastError = undefined));
    this.worker.on('failed', (job, reason) => {
      const id = job?.id ?? '';
      const error = this.lastErrors.get(id) ?? reason;
      const attempts = job?.opts.attempts ?? 1;
      const isOver = job?.finishedOn !== undefined;
      const end = isOver ? 'failed for good' : 'failed and is tried again';
      logger.error(error, `${describe(job?.id)} ${end} (attempt ${job?.attemptsMade ?? '?'} of ${attempts})`);
      // Some fail outside of the method: their processes died too often, or the result is not JSON.
      if (job !== undefined && isOver && !this.lastErrors.delete(id))
        void this.addDeadLetter(job, error, job.attemptsMade);
    });
    this.worker.on('stalled', (id) => logger.warn(`${describe(id)} begins again: its process has died.`));
    this.worker.on('lockRenewalFailed', (ids) => {
      for (const run of this.running)
        if (ids.includes(run.id)) run.abort('Another worker may have taken the job.');
    });
    this.worker.on('error', (error) => this.report(error));
  }

  /** The link reports once that Redis is away, so this reports only other errors, each once until a job begins. */
  private report(error: Error): void {
    if (isOutage(error) || error.message === this.lastError) return;
    this.lastError = error.message;
    this.context.logger.error(error, `The worker of the job ${this.name} has a problem`);
  }
}
