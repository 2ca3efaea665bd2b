import type { Class } from '@sluice/core';
import type { Schedule } from '../calendar/schedule';
import type { TaskRun } from './task-run';

/** A decorated method with its resolved options. */
export interface Task {
  /** Unique in the application; the lock and the log have it. */
  readonly name: string;
  readonly type: Class;
  readonly method: string;
  /** `Reports.nightly` */
  readonly place: string;
  readonly schedule: Schedule;
  readonly overlap: 'skip' | 'queue' | 'allow';
  readonly missed: 'run-once' | 'skip';
  readonly jitterMs: number;
  readonly runOnStart: boolean;
  readonly everyWorker: boolean;
  readonly isLocked: boolean;
  call(run: TaskRun): unknown;
}
