interface WaitingCall {
  /** By `performance.now()`. */
  readonly expiresAt: number;
  readonly reject: (error: Error) => void;
}

/** The reason to give a call up: it was sent, and not answered in time; or too many are unanswered, and it was not sent. */
export type RefusalReason = 'timeout' | 'pending';

/**
 * The calls that another server, a Redis or a database, has not answered. Each is rejected after the timeout, whatever the
 * client does. One that is late still counts until the client settles it, because the client keeps it in memory, so a
 * frozen server cannot fill that.
 */
export class PendingCalls {
  /** The calls before their deadline, in the order of it: every call has the same time. */
  private readonly waiting = new Set<WaitingCall>();
  /** The only timer, set while calls wait. */
  private timer: NodeJS.Timeout | undefined;
  private unanswered = 0;

  /**
   * @param timeoutMs the time for each call
   * @param most the calls that may be unanswered at once
   * @param refuse makes the error of a call that is given up
   */
  constructor(
    private readonly timeoutMs: number,
    private readonly most: number,
    private readonly refuse: (reason: RefusalReason) => Error,
  ) {}

  get size(): number {
    return this.unanswered;
  }

  /** Calls `send`, which may ask whether the call is late before it sends anything else. */
  start<T>(send: (isLate: () => boolean) => Promise<T>): Promise<T> {
    if (this.unanswered >= this.most) return Promise.reject(this.refuse('pending'));
    return new Promise((resolve, reject) => {
      const call: WaitingCall = { expiresAt: performance.now() + this.timeoutMs, reject };
      this.waiting.add(call);
      this.unanswered++;
      this.timer ??= setTimeout(this.onTime, this.timeoutMs);
      this.timer.ref();
      const settle = (): void => {
        this.unanswered--;
        this.waiting.delete(call);
        // Nothing waits, so the timer must not keep the process alive.
        if (this.waiting.size === 0) this.timer?.unref();
      };
      attempt(() => send(() => !this.waiting.has(call))).then(
        (value) => {
          settle();
          resolve(value);
        },
        (error: Error) => {
          settle();
          reject(error);
        },
      );
    });
  }

  /** Answers that came while the loop was busy are read first: they are not late. */
  private readonly onTime = (): void => void setImmediate(() => this.expire());

  private expire(): void {
    const now = performance.now();
    this.timer = undefined;
    for (const call of this.waiting) {
      if (call.expiresAt > now) {
        this.timer = setTimeout(this.onTime, call.expiresAt - now);
        return;
      }
      this.waiting.delete(call);
      call.reject(this.refuse('timeout'));
    }
  }
}

/** Makes a rejection of an error that a client throws. */
async function attempt<T>(send: () => Promise<T>): Promise<T> {
  return send();
}
