import { isPromise, type MaybePromise } from '@sluice/core';

/**
 * A check of one thing that the application needs. It passes unless it throws, rejects or returns false. The signal
 * aborts after `timeoutMs`.
 */
export type HealthCheck = (signal: AbortSignal) => unknown;

/** A check with options of its own. */
export interface HealthCheckOptions {
  readonly check: HealthCheck;
  /** Milliseconds until it counts as failed. Default: that of `health`. */
  readonly timeoutMs?: number;
  /** Milliseconds for which its result is used again. Default: that of `health`. */
  readonly cacheMs?: number;
  /** Whether the application stays ready when it fails. Default: false. */
  readonly optional?: boolean;
}

/** `timeout`: it did not finish in time. */
export type CheckStatus = 'up' | 'down' | 'timeout';

/** The outcome of one run. */
export interface CheckResult {
  readonly status: CheckStatus;
  /** The error that it threw; undefined if it passed, returned false or did not finish. */
  readonly error?: unknown;
}

const UP: CheckResult = { status: 'up' };
const DOWN: CheckResult = { status: 'down' };
const LATE: CheckResult = { status: 'timeout' };

/** One check, which runs once for all who ask at the same time, and whose result is kept for a while. */
export class RunningCheck {
  private running: Promise<CheckResult> | undefined;
  private last: CheckResult | undefined;
  private freshUntil = -Infinity;

  constructor(
    readonly name: string,
    private readonly options: Required<HealthCheckOptions>,
    private readonly onChange: (result: CheckResult) => void,
  ) {}

  /** Whether the application stays ready when it fails. */
  get isOptional(): boolean {
    return this.options.optional;
  }

  /** The result, at once if it is known or the check is synchronous. Never rejects. */
  ask(): MaybePromise<CheckResult> {
    if (this.last !== undefined && performance.now() < this.freshUntil) return this.last;
    return this.running ?? this.run();
  }

  private run(): MaybePromise<CheckResult> {
    const abort = new AbortController();
    try {
      const value = this.options.check(abort.signal);
      return isPromise(value) ? (this.running = this.await(value, abort)) : this.keep(judge(value));
    } catch (error) {
      return this.keep({ status: 'down', error });
    }
  }

  /** A check that comes too late has no effect any more, and the next one runs beside it. */
  private await(value: PromiseLike<unknown>, abort: AbortController): Promise<CheckResult> {
    return new Promise((resolve) => {
      const end = (result: CheckResult): void => {
        clearTimeout(timer);
        resolve(this.keep(result));
      };
      const timer = setTimeout(() => {
        abort.abort(new DOMException('The health check took too long.', 'TimeoutError'));
        end(LATE);
      }, this.options.timeoutMs);
      // A thenable of a library may throw, or call back twice.
      void Promise.resolve(value).then(
        (settled) => abort.signal.aborted || end(judge(settled)),
        (error: unknown) => abort.signal.aborted || end({ status: 'down', error }),
      );
    });
  }

  private keep(result: CheckResult): CheckResult {
    const before = this.last?.status ?? 'up';
    this.running = undefined;
    this.last = result;
    this.freshUntil = performance.now() + this.options.cacheMs;
    if (before !== result.status) this.onChange(result);
    return result;
  }
}

function judge(value: unknown): CheckResult {
  return value === false ? DOWN : UP;
}
