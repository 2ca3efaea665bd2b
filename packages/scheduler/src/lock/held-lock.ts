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
  private cancelRenewal: () => void = () => undefined;
  private cancelEnd: () => void = () => undefined;
  private isOver = false;
  private hasFailed = false;

  /** @param claimedAt the elapsed time before the claim was sent, so that the lock ends here before it ends there */
  constructor(
    private readonly lock: TaskLock,
    private readonly claim: LockClaim,
    private readonly clock: Clock,
    claimedAt: number,
    private readonly listener: LockListener,
  ) {
    this.holdFrom(claimedAt);
    this.renewLater();
  }

  async release(): Promise<void> {
    this.finish();
    await releaseQuietly(this.lock, this.claim);
  }

  /** The lock ends after its time, whether a renewal is under way or the process was frozen. */
  private holdFrom(time: number): void {
    this.cancelEnd();
    const left = time + this.lock.holdMs - this.clock.elapsed();
    this.cancelEnd = waitFully(this.clock, Math.max(left, 0), () => this.lose());
  }

  private renewLater(): void {
    const share = this.hasFailed ? SHARE_AFTER_FAILURE : SHARE;
    this.cancelRenewal = waitFully(this.clock, this.lock.holdMs * share, () => void this.renew());
  }

  private async renew(): Promise<void> {
    const sentAt = this.clock.elapsed();
    try {
      const holds = await this.lock.renew(this.claim);
      if (this.isOver) return;
      this.hasFailed = false;
      if (!holds) return this.lose();
      this.holdFrom(sentAt);
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
    this.cancelRenewal();
    this.cancelEnd();
  }
}

/** Never rejects: a lock that cannot be released ends by itself. */
export async function releaseQuietly(lock: TaskLock, claim: LockClaim): Promise<void> {
  try {
    await lock.release(claim);
  } catch {
    // Nothing waits for it.
  }
}
