/** One run that a process wants to begin. */
export interface LockClaim {
  /** The name of the task. */
  readonly task: string;
  /** The scheduled instant, which nothing claims twice; 0 for a run without one. */
  readonly instant: number;
  /** A random text that no other claim has. */
  readonly token: string;
  /** Whether no other run of the task may be under way. */
  readonly isExclusive: boolean;
}

/**
 * Why a claim is refused. `held`: another run of the task is under way. `done`: the instant, or a later one, was claimed
 * before. `ahead`: by the clock of the lock, the instant is far in the future.
 */
export type LockRefusal = 'held' | 'done' | 'ahead';

/** A number that is greater than that of every earlier claim of the task, or the reason of a refusal. */
export type LockAnswer = { readonly fence: number } | { readonly refused: LockRefusal };

/** Decides which one of many processes runs a task. A call that fails rejects, within seconds. */
export interface TaskLock {
  /** Its name in the options of the scheduler. */
  readonly name: string;
  /** Milliseconds for which a claim holds, unless it is renewed. */
  readonly holdMs: number;
  claim(claim: LockClaim): Promise<LockAnswer>;
  /** Holds a claim for another `holdMs`. False if it does not hold any more. */
  renew(claim: LockClaim): Promise<boolean>;
  /** Ends a claim, if it still holds. */
  release(claim: LockClaim): Promise<void>;
}
