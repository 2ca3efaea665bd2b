import type { Logger } from '@sluice/core';

/** The argument of a decorated method: what is known about this run. */
export interface TaskRun {
  /** The name of the task. */
  readonly name: string;
  /** The instant of the schedule to which the run belongs, the same in every process; `startedAt` for a run without one. */
  readonly scheduledAt: Date;
  /** The time at which the method was called. */
  readonly startedAt: Date;
  /**
   * Aborts with a TaskAborted: `closing` when the application closes and does not wait any longer, `lock-lost` when
   * another process may run the task. Pass it to everything that takes one.
   */
  readonly signal: AbortSignal;
  /**
   * A number that is greater than that of every earlier run of the task, in all processes. Write it with what the run
   * changes, and refuse a lower one there: so a process that was frozen cannot overwrite its successor. 0 without a lock.
   */
  readonly fence: number;
  /** The logger of the application, with the name of the task in front of every message. */
  readonly logger: Logger;
}

/** Why a run was aborted. */
export class TaskAborted extends Error {
  override readonly name = 'AbortError';

  constructor(
    message: string,
    readonly reason: 'closing' | 'lock-lost',
  ) {
    super(message);
  }
}

/** A run that was asked for by hand did not happen. */
export class TaskBusy extends Error {
  override readonly name = 'TaskBusy';
}

/** Puts the name of a task in front of its messages. */
export function nameLogger(logger: Logger, name: string): Logger {
  return {
    info: (message) => logger.info(`${name}: ${message}`),
    warn: (message) => logger.warn(`${name}: ${message}`),
    error: (error, message) => logger.error(error, message === undefined ? name : `${name}: ${message}`),
  };
}
