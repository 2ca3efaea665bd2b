import type { Logger } from '@sluice/core';
import type { Clock } from '../clock/clock';
import type { TaskLock } from '../lock/task-lock';

/** The parts that the tasks of an application share. */
export interface RunnerParts {
  readonly clock: Clock;
  readonly lock: TaskLock | undefined;
  readonly onLockError: 'skip' | 'run';
  readonly logger: Logger;
}
