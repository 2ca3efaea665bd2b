import { captureScope } from './async-scope';
import type { OpenedStream } from './body/opened-stream';
import type { IdentifiedRequest } from './describe-request';
import { serviceUnavailable, type HttpError } from './status/http-error';

/** A function that runs after the response was sent. */
export type BackgroundTask = () => unknown;

/** Bounds the background tasks of an application. */
export interface TaskLimit {
  /** Whether a request must not add a task. */
  readonly isFull: boolean;
  /** Counts one more task until `end`. */
  add(): void;
  end(count: number): void;
}

/**
 * Everything that a request still has to do when its response has ended: its background tasks, then its clean-ups, which
 * come last. Each runs in the async context of the code that added it.
 */
export class AfterResponse {
  private tasks: BackgroundTask[] | undefined;
  private limit: TaskLimit | undefined;
  /** The error of the tasks that were too many: one for all of them. */
  private refusal: HttpError | undefined;
  private cleanups: BackgroundTask[] | undefined;
  private streams: OpenedStream[] | undefined;
  private running: Promise<void> | undefined;
  private releases: (() => void)[] | undefined;

  /** @param phase `over`: everything that is added is refused */
  constructor(
    readonly request: IdentifiedRequest & { error: unknown },
    private phase: 'response' | 'tasks' | 'clean-ups' | 'over' = 'response',
  ) {}

  get hasTasks(): boolean {
    return this.tasks !== undefined;
  }

  /** Answers whether background tasks or clean-ups remain. */
  get hasWork(): boolean {
    return this.tasks !== undefined || this.cleanups !== undefined;
  }

  /** Answers whether steps still run that may add clean-ups. */
  get isHeld(): boolean {
    return this.running !== undefined;
  }

  get hasCleanups(): boolean {
    return this.cleanups !== undefined;
  }

  get hasOpenStreams(): boolean {
    return this.streams?.some(({ isOver }) => !isOver) === true;
  }

  /**
   * Adds a task. One that a task adds always fits, because it runs in the place of that task.
   *
   * @throws HttpError 503 when the limit is reached and the response has not ended
   * @throws Error when all tasks have run, because nothing would run this one
   */
  addTask(task: BackgroundTask, limit?: TaskLimit): void {
    if (this.phase === 'clean-ups' || this.phase === 'over')
      throw new Error('The request is over: its response was sent and its background tasks are done.');
    if (this.phase === 'response' && limit !== undefined) this.checkLimit(limit);
    limit?.add();
    this.limit = limit;
    (this.tasks ??= []).push(bind(task));
  }

  /** Tasks that were handed over have ended, or will not run. */
  endTasks(count: number): void {
    this.limit?.end(count);
  }

  /** Throws Error when all clean-ups have run. */
  addCleanup(cleanup: (error: unknown) => unknown): void {
    if (this.phase === 'over') throw new Error('The request is over: its clean-ups have run.');
    (this.cleanups ??= []).unshift(bind(() => cleanup(this.request.error)));
  }

  /** Adds a stream that must have ended before the clean-ups run. Calls `release` at the end of the response. */
  addStream(stream: OpenedStream, release?: () => void): void {
    (this.streams ??= []).push(stream);
    if (release !== undefined) (this.releases ??= []).push(release);
  }

  /** Steps still run although nothing waits for their result: the clean-ups come behind them. It must not reject. */
  holdFor(running: Promise<void>): void {
    this.running = running;
  }

  /** Makes the request a failed one, unless its response has ended, or it has failed before. */
  fail(error: Error): void {
    if (this.phase === 'response') this.request.error ??= error;
  }

  /**
   * The response has ended, or will never be sent: stops the streams that still run. The promise resolves when they, and
   * the steps that were left, have ended.
   */
  endResponse(): Promise<unknown> | undefined {
    if (this.isRefused) this.dropTasks();
    this.phase = this.hasWork || this.isHeld ? 'tasks' : 'over';
    for (const release of this.releases ?? []) release();
    const streams = this.hasOpenStreams ? this.streams!.map((stream) => stream.return()) : [];
    if (this.running === undefined && streams.length === 0) return undefined;
    return Promise.all([this.running, ...streams]);
  }

  /** Hands over the background tasks, then those that they have added. Undefined: there are none, and none can be added any more. */
  takeTasks(): readonly BackgroundTask[] | undefined {
    const { tasks } = this;
    this.tasks = undefined;
    if (tasks === undefined) this.phase = 'clean-ups';
    return tasks;
  }

  /** Hands over the clean-ups, the last one added first, then those that they have added. */
  takeCleanups(): readonly BackgroundTask[] | undefined {
    const { cleanups } = this;
    this.cleanups = undefined;
    if (cleanups === undefined && this.phase === 'clean-ups') this.phase = 'over';
    return cleanups;
  }

  /** Whether the request has failed with a task too many. A handler that catches that error keeps the other tasks. */
  private get isRefused(): boolean {
    return this.refusal !== undefined && this.request.error === this.refusal;
  }

  private checkLimit(limit: TaskLimit): void {
    if (this.isRefused) throw this.refusal!;
    if (limit.isFull) throw (this.refusal ??= refuseTask());
  }

  private dropTasks(): void {
    this.endTasks(this.tasks?.length ?? 0);
    this.tasks = undefined;
  }
}

function refuseTask(): HttpError {
  return serviceUnavailable({
    code: 'background_full',
    detail: 'Too much work is waiting. Try again later.',
    headers: { 'Retry-After': 1 },
  });
}

function bind(task: BackgroundTask): BackgroundTask {
  const scope = captureScope();
  return () => scope(task);
}
