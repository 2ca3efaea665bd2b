import { checkCalled, makeWorkDecorator } from '@sluice/core/kit';
import type { TaskRun } from './run/task-run';
import type { CronOptions, TaskOptions, TaskRecord } from './task-options';

/** The name of the service. */
export const SCHEDULER = 'scheduler';
export const CRON = '@Cron';
const INTERVAL = '@Interval';

/** Decorates a method that takes a TaskRun, or nothing. */
export type TaskDecorator = <M extends (run: TaskRun) => unknown>(
  prototype: object,
  property: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

/**
 * Runs the method by the calendar: `minute hour day month weekday`, or six fields with the second first. The method gets
 * a TaskRun. Mistakes in the pattern and the options are reported when the application starts.
 *
 * @example @Cron('0 3 * * *', { timeZone: 'Europe/Berlin' }) async nightly(run: TaskRun) { … }
 */
export function Cron(pattern: string, options: CronOptions = {}): TaskDecorator {
  checkCalled('Cron', [pattern, options]);
  return makeTaskDecorator(CRON, { when: pattern, options });
}

/**
 * Runs the method at every multiple of a duration since 1970, so that all processes mean the same instants: `'10s'` at
 * :00, :10, :20 of each minute.
 *
 * @param every `'10s'`, `'1h30m'`, or milliseconds; from 100 milliseconds to 366 days
 * @example @Interval('10s') poll(run: TaskRun) { … }
 */
export function Interval(every: string | number, options: TaskOptions = {}): TaskDecorator {
  checkCalled('Interval', [every, options]);
  return makeTaskDecorator(INTERVAL, { when: every, options });
}

function makeTaskDecorator(decorator: string, options: TaskRecord): TaskDecorator {
  return makeWorkDecorator({ decorator, service: SCHEDULER, options });
}
