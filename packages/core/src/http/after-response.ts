import { captureScope } from './async-scope';
import type { OpenedStream } from './body/opened-stream';
import type { IdentifiedRequest } from './describe-request';

/** A function that runs after the response was sent. */
export type BackgroundTask = () => unknown;

/**
 * Everything that a request still has to do when its response has ended: its background tasks, then its clean-ups, which
 * come last. Each runs in the async context of the code that added it.
 */
export class AfterResponse {
  private tasks: BackgroundTask[] | undefined;
  private cleanups: BackgroundTask[] | undefined;
  private streams: OpenedStream[] | undefined;
  private releases: (() => void)[] | undefined;

  /** @param phase `over`: everything that is added is refused */
  constructor(
    readonly request: IdentifiedRequest & { error: unknown },
    private phase: 'response' | 'tasks' | 'clean-ups' | 'over' = 'response',
  ) {}

  /** Answers whether background tasks or clean-ups remain. */
  get hasWork(): boolean {
    return this.tasks !== undefined || this.cleanups !== undefined;
  }

  get hasCleanups(): boolean {
    return this.cleanups !== undefined;
  }

  get hasOpenStreams(): boolean {
    return this.streams?.some(({ isOver }) => !isOver) === true;
  }

  /** Throws Error when all tasks have run, because nothing would run this one. */
  addTask(task: BackgroundTask): void {
    if (this.phase === 'clean-ups' || this.phase === 'over')
      throw new Error('The request is over: its response was sent and its background tasks are done.');
    (this.tasks ??= []).push(bind(task));
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

  /** Makes the request a failed one, unless its response has ended, or it has failed before. */
  fail(error: Error): void {
    if (this.phase === 'response') this.request.error ??= error;
  }

  /** The response has ended, or will never be sent: stops the streams that still run. The promise resolves when they have ended. */
  endResponse(): Promise<unknown> | undefined {
    this.phase = this.hasWork ? 'tasks' : 'over';
    for (const release of this.releases ?? []) release();
    return this.hasOpenStreams ? Promise.all(this.streams!.map((stream) => stream.return())) : undefined;
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
}

function bind(task: BackgroundTask): BackgroundTask {
  const scope = captureScope();
  return () => scope(task);
}
