import type { LockAnswer, LockClaim, TaskLock } from '../src';

/** The lock of Redis in memory, for applications of one process, with faults on demand. */
export class MemoryLock implements TaskLock {
  readonly name = 'memory';
  /** Set to make every call fail. */
  fault: Error | undefined;
  readonly calls: string[] = [];
  private readonly holders = new Map<string, string>();
  private readonly instants = new Map<string, number>();
  private fence = 0;

  constructor(readonly holdMs = 3000) {}

  async claim({ task, instant, token, isExclusive }: LockClaim): Promise<LockAnswer> {
    this.call('claim');
    if (instant > 0 && instant <= (this.instants.get(task) ?? 0)) return { refused: 'done' };
    if (isExclusive && this.holders.has(task)) return { refused: 'held' };
    if (isExclusive) this.holders.set(task, token);
    if (instant > 0) this.instants.set(task, instant);
    return { fence: ++this.fence };
  }

  async renew({ task, token }: LockClaim): Promise<boolean> {
    this.call('renew');
    return this.holders.get(task) === token;
  }

  async release({ task, token }: LockClaim): Promise<void> {
    this.call('release');
    if (this.holders.get(task) === token) this.holders.delete(task);
  }

  /** The time of a lock ends, and another process takes it. */
  take(task: string): void {
    this.holders.set(task, 'another process');
  }

  free(task: string): void {
    this.holders.delete(task);
  }

  private call(name: string): void {
    this.calls.push(name);
    if (this.fault !== undefined) throw this.fault;
  }
}
