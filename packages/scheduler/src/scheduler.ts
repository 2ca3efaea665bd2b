import type { Service, WorkPlan } from '@sluice/core';
import {
  checkOptions,
  hasMethodsOption,
  isBooleanOption,
  isOneOfOption,
  type OptionRule,
} from '@sluice/core/kit';
import { findTimeZoneFault } from './calendar/cron-schedule';
import { systemClock, type Clock } from './clock/clock';
import type { TaskLock } from './lock/task-lock';
import { readTasks } from './read-tasks';
import { SCHEDULING } from './run/run-now';
import { Scheduling } from './run/scheduling';
import type { Task } from './run/task';
import { SCHEDULER } from './task-decorators';

/** Options of `scheduler`. */
export interface SchedulerOptions {
  /** Lets one of many processes run each task. Default: none, and every program runs all of its tasks. */
  readonly lock?: TaskLock;
  /** While the lock fails: leave the runs out, or run in every process. Default: `skip`. */
  readonly onLockError?: 'skip' | 'run';
  /** The time zone of patterns that name none. Default: `UTC`. */
  readonly timeZone?: string;
  /** Whether tasks run by their schedule in this process. They are checked, and `runNow` runs them, anyway. Default: true. */
  readonly enabled?: boolean;
  /** The time by which tasks run, for tests: a FakeClock. Default: that of the system. */
  readonly clock?: Clock;
}

const isLock = hasMethodsOption('claim', 'renew', 'release');
const isClock = hasMethodsOption('now', 'elapsed', 'wait');

const RULES: Readonly<Record<keyof SchedulerOptions, OptionRule>> = {
  lock: (value) => isLock(value) && 'must be a lock, such as redisLock({ client })',
  onLockError: isOneOfOption('skip', 'run'),
  timeZone: findTimeZoneFault,
  enabled: isBooleanOption,
  clock: (value) => isClock(value) && 'must be a clock, such as a FakeClock',
};

/**
 * The service that runs methods with `@Cron` and `@Interval`. Where `serve` has several workers, the first one runs them;
 * with a lock, one process among all machines.
 *
 * @throws ConfigurationError when an option is unknown or invalid
 * @example createApp({ providers: [Reports], services: [scheduler({ lock: redisLock({ client }) })] })
 */
export function scheduler(options: SchedulerOptions = {}): Service {
  checkOptions(SCHEDULER, options, RULES);
  const { lock, onLockError = 'skip', timeZone = 'UTC', enabled = true, clock = systemClock } = options;
  let tasks: readonly Task[] = [];
  let scheduling: Scheduling | undefined;
  return {
    name: SCHEDULER,
    options: { timeZone, enabled, lock: lock?.name ?? 'none', onLockError },
    prepare(methods) {
      tasks = readTasks(methods, { timeZone, hasLock: lock !== undefined });
      return tasks.map(describeTask);
    },
    start({ logger, state, worker }) {
      scheduling = new Scheduling(tasks, { clock, lock, onLockError, logger });
      state.set(SCHEDULING, scheduling);
      scheduling.start(({ everyWorker }) => enabled && (everyWorker || worker.id === 1));
    },
    stop: (deadline) => scheduling?.stop(deadline),
  };
}

/** `CRON  0 3 * * * Europe/Berlin  Reports.nightly  jitter > queue > lock > nightly` */
function describeTask({ schedule, place, method, jitterMs, overlap, isLocked }: Task): WorkPlan {
  const steps = [
    ...(jitterMs > 0 ? ['jitter'] : []),
    ...(overlap === 'queue' ? ['queue'] : []),
    ...(isLocked ? ['lock'] : []),
    method,
  ];
  return { kind: schedule.kind, when: schedule.text, name: place, steps };
}
