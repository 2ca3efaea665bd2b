import type { Job } from 'bullmq';
import type { JobInfo } from './job-info';

/** One attempt that runs now. */
export class JobRun implements JobInfo {
  private controller: AbortController | undefined;
  private reason: Error | undefined;
  /** BullMQ counts on when the attempt ends. */
  readonly attempt: number;

  constructor(private readonly job: Job) {
    this.attempt = job.attemptsMade + 1;
  }

  get id(): string {
    return this.job.id!;
  }

  get name(): string {
    return this.job.queueName;
  }

  get attempts(): number {
    return this.job.opts.attempts ?? 1;
  }

  get addedAt(): Date {
    return new Date(this.job.timestamp);
  }

  /** Made when it is asked for. */
  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.reason !== undefined) this.controller.abort(this.reason);
    }
    return this.controller.signal;
  }

  get isAborted(): boolean {
    return this.reason !== undefined;
  }

  abort(reason: string): void {
    this.reason ??= new Error(reason);
    this.controller?.abort(this.reason);
  }

  setProgress(progress: number | string | boolean | object): Promise<void> {
    return this.job.updateProgress(progress);
  }
}
