import { randomUUID } from 'node:crypto';
import type { Logger } from '@sluice/core';
import { HeldLock, releaseQuietly } from '../lock/held-lock';
import type { LockClaim, LockRefusal } from '../lock/task-lock';
import type { RunnerParts } from './runner-parts';
import type { Task } from './task';
import { nameLogger, TaskAborted } from './task-run';

/** How a run ended. `refused`: it never began. */
export type RunOutcome =
  | { readonly kind: 'finished'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'refused'; readonly why: LockRefusal | 'unreachable' | 'closing' };

interface Grant {
  readonly fence: number;
  readonly held: HeldLock | undefined;
}

/** One run of a task, from the claim of its lock to the release. Every failure is logged, and `end` never rejects. */
export class ActiveRun {
  readonly end: Promise<RunOutcome>;
  private readonly aborter = new AbortController();
  private readonly logger: Logger;

  /** @param instant the scheduled instant; 0 for a run without one */
  constructor(
    readonly task: Task,
    private readonly instant: number,
    private readonly parts: RunnerParts,
  ) {
    this.logger = parts.logger;
    this.end = this.run().catch((error: unknown): RunOutcome => ({ kind: 'failed', error }));
  }

  abort(message: string, reason: TaskAborted['reason']): void {
    if (!this.aborter.signal.aborted) this.aborter.abort(new TaskAborted(message, reason));
  }

  private async run(): Promise<RunOutcome> {
    const grant = this.task.isLocked ? await this.claim() : { fence: 0, held: undefined };
    if ('kind' in grant) return grant;
    try {
      // The application closed while the lock was asked for.
      if (this.aborter.signal.aborted) return { kind: 'refused', why: 'closing' };
      return { kind: 'finished', value: await this.callMethod(grant.fence) };
    } catch (error) {
      this.logFailure(error);
      return { kind: 'failed', error };
    } finally {
      await grant.held?.release();
    }
  }

  private async callMethod(fence: number): Promise<unknown> {
    const { task, parts, aborter } = this;
    const startedAt = new Date(parts.clock.now());
    return task.call({
      name: task.name,
      scheduledAt: this.instant === 0 ? startedAt : new Date(this.instant),
      startedAt,
      signal: aborter.signal,
      fence,
      logger: nameLogger(parts.logger, task.name),
    });
  }

  private async claim(): Promise<Grant | RunOutcome> {
    const { task, parts } = this;
    const lock = parts.lock!;
    const isExclusive = task.overlap !== 'allow';
    const claim = { task: task.name, instant: this.instant, token: randomUUID(), isExclusive };
    const claimedAt = parts.clock.elapsed();
    try {
      const answer = await lock.claim(claim);
      if ('refused' in answer) return this.refuse(answer.refused);
      return { fence: answer.fence, held: isExclusive ? this.hold(claim, claimedAt) : undefined };
    } catch (error) {
      const does = parts.onLockError === 'run' ? 'the task runs without it' : 'the run is skipped';
      this.logger.error(error, `The lock of the task ${task.name} failed, so ${does}`);
      // The claim may have been granted without our knowledge.
      void releaseQuietly(lock, claim);
      return parts.onLockError === 'run'
        ? { fence: 0, held: undefined }
        : { kind: 'refused', why: 'unreachable' };
    }
  }

  private refuse(why: LockRefusal): RunOutcome {
    if (why === 'ahead')
      this.logger.warn(
        `The task ${this.task.name} is skipped: the clock of this machine is more than a minute ahead of the clock of the lock`,
      );
    return { kind: 'refused', why };
  }

  private hold(claim: LockClaim, claimedAt: number): HeldLock {
    const { name } = this.task;
    return new HeldLock(this.parts.lock!, claim, this.parts.clock, claimedAt, {
      onError: (error) => this.logger.error(error, `The lock of the task ${name} cannot be renewed`),
      onLost: (how) => {
        const isAborted = how === 'ended' || this.parts.onLockError === 'skip';
        const does = isAborted ? 'the signal of the run aborts' : 'the run goes on without it';
        this.logger.warn(`The task ${name} lost its lock while it was running; ${does}`);
        if (isAborted) this.abort(`The lock of the task ${name} is lost.`, 'lock-lost');
      },
    });
  }

  /** A method that ends because its signal aborted has done what it should. */
  private logFailure(error: unknown): void {
    const { name } = this.task;
    const { signal } = this.aborter;
    const isAbort = error === signal.reason || (error instanceof Error && error.name === 'AbortError');
    if (signal.aborted && isAbort) this.logger.warn(`The task ${name} ended because it was aborted`);
    else this.logger.error(error, `The task ${name} failed`);
  }
}
