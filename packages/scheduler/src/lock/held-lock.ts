import { waitFully, type Clock } from '../clock/clock';
import type { LockClaim, TaskLock } from './task-lock';

/** Learns what happens to a lock. */
export interface LockListener {
  /** Another process may begin a run from now on. `unreachable`: renewing it failed until its end. */
  onLost(how: 'ended' | 'unreachable'): void;
  /** Renewing failed, and is tried again. Called once for several failures. */
  onError(error: unknown): void;
}

/** A third of its time after the last success, and twice as often after a failure. */
const SHARE = 1 / 3;
const SHARE_AFTER_FAILURE = 1 / 6;

/** A claim that was granted, and is renewed until its release. */
export class HeldLock {
  private cancel: () => void = () => undefined;
  private isOver = false;
  private hasFailed = false;
  /** By the elapsed time here, which began before that of the lock. */
  private end: number;

  constructor(
    private readonly lock: TaskLock,
    private readonly claim: LockClaim,
    private readonly clock: Clock,
    claimedAt: number,
    private readonly listener: LockListener,
  ) {
    this.end = claimedAt + lock.holdMs;
    this.renewLater();
  }

  /** Never rejects: a lock that cannot be released ends by itself. */
  async release(): Promise<void> {
    this.finish();
    await this.lock.release(this.claim).catch(() => undefined);
  }

  private renewLater(): void {
    const left = this.end - this.clock.elapsed();
    const share = this.hasFailed ? SHARE_AFTER_FAILURE : SHARE;
    const ms = Math.min(this.lock.holdMs * share, Math.max(left, 0));
    this.cancel = waitFully(this.clock, ms, () => void this.renew());
  }

  /** If the process was frozen for too long, there is nothing to ask: the lock has ended. */
  private async renew(): Promise<void> {
    const sentAt = this.clock.elapsed();
    if (sentAt >= this.end) return this.lose();
    try {
      const holds = await this.lock.renew(this.claim);
      if (this.isOver) return;
      this.hasFailed = false;
      if (!holds) return this.lose();
      this.end = sentAt + this.lock.holdMs;
    } catch (error) {
      if (this.isOver) return;
      if (!this.hasFailed) this.listener.onError(error);
      this.hasFailed = true;
    }
    this.renewLater();
  }

  private lose(): void {
    this.finish();
    this.listener.onLost(this.hasFailed ? 'unreachable' : 'ended');
  }

  private finish(): void {
    this.isOver = true;
    this.cancel();
  }
}
