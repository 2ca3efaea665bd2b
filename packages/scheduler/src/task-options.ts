import {
  isBooleanOption,
  isIntegerOption,
  isOneOfOption,
  isTextOption,
  type OptionRule,
} from '@sluice/core/kit';
import { parseDuration } from './calendar/parse-duration';

/** Options of `@Interval`. */
export interface TaskOptions {
  /** The name in the lock and the log, unique in the application. Default: class and method, `Reports.nightly`. */
  readonly name?: string;
  /** While the task runs: leave the next run out, queue one, or let runs overlap. Default: `skip`. */
  readonly overlap?: 'skip' | 'queue' | 'allow';
  /**
   * After the process slept, was blocked or its clock was set forward: run once for all instants that passed, or
   * leave out a run that would begin more than 10 seconds late. Default: `run-once`.
   */
  readonly missed?: 'run-once' | 'skip';
  /** Each run begins later by a random time of up to so many milliseconds, at most the interval and a day. Default: 0. */
  readonly jitterMs?: number;
  /** Whether it also runs when the application starts, which does not wait for it. Default: false. */
  readonly runOnStart?: boolean;
  /** Whether the lock of the scheduler counts for the task. Default: true, unless `everyWorker`. */
  readonly lock?: boolean;
  /** Whether every worker runs it, where `serve` has several, and not only the first. Default: false. */
  readonly everyWorker?: boolean;
}

/** Options of `@Cron`. */
export interface CronOptions extends TaskOptions {
  /** The zone whose clocks the pattern means: `Europe/Berlin`. Default: that of the scheduler. */
  readonly timeZone?: string;
}

/** The arguments of a decorator: the pattern or the interval, and the options. */
export interface TaskRecord {
  readonly when: unknown;
  readonly options: unknown;
}

/** A task of another rhythm is a loop. */
const SHORTEST_MS = 100;
const LONGEST_MS = 366 * 86_400_000;
const LONGEST_JITTER_MS = 86_400_000;

export const TASK_RULES = {
  // A brace would move the keys of the lock to other slots of a cluster.
  name: ((value) =>
    typeof value === 'string' && /^[^{}\s]{1,200}$/.test(value)
      ? undefined
      : 'must be a text of 1 to 200 characters without braces and spaces') satisfies OptionRule,
  overlap: isOneOfOption('skip', 'queue', 'allow'),
  missed: isOneOfOption('run-once', 'skip'),
  jitterMs: isIntegerOption(0, LONGEST_JITTER_MS),
  runOnStart: isBooleanOption,
  lock: isBooleanOption,
  everyWorker: isBooleanOption,
};

export const CRON_RULES = { ...TASK_RULES, timeZone: isTextOption };

/** Reads the interval of a task in milliseconds; undefined if it is not one. */
export function readInterval(every: unknown): number | undefined {
  const ms = parseDuration(every);
  return ms !== undefined && ms >= SHORTEST_MS && ms <= LONGEST_MS ? ms : undefined;
}
