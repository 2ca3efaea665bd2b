import { ConfigurationError, type ConfigurationProblem, type WorkMethod } from '@sluice/core';
import { findOptionProblems, invalidOption, isTextOption } from '@sluice/core/kit';
import { readCronSchedule } from './calendar/cron-schedule';
import { intervalSchedule } from './calendar/interval-schedule';
import type { Schedule } from './calendar/schedule';
import type { Task } from './run/task';
import { CRON } from './task-decorators';
import { CRON_RULES, readInterval, TASK_RULES, type CronOptions, type TaskRecord } from './task-options';

/** The options of the scheduler that concern tasks. */
export interface TaskDefaults {
  readonly timeZone: string;
  readonly hasLock: boolean;
}

/**
 * Makes the tasks of decorated methods.
 *
 * @throws ConfigurationError with every mistake of every method
 */
export function readTasks(methods: readonly WorkMethod[], defaults: TaskDefaults): readonly Task[] {
  const problems: ConfigurationProblem[] = [];
  const tasks: Task[] = [];
  for (const method of methods) {
    const task = readTask(method as WorkMethod<TaskRecord>, defaults, problems);
    if (task === undefined) continue;
    if (tasks.some(({ name }) => name === task.name))
      problems.push({
        code: 'OPTION_INVALID',
        place: describePlace(method),
        fault: `Another task has the name ${JSON.stringify(task.name)} too.`,
        cure: `Give one of them another name: ${method.decorator}(…, { name: '…' }).`,
      });
    tasks.push(task);
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return tasks;
}

function readTask(
  method: WorkMethod<TaskRecord>,
  defaults: TaskDefaults,
  problems: ConfigurationProblem[],
): Task | undefined {
  const { decorator, options: given } = method;
  const isCron = decorator === CRON;
  const place = describePlace(method);
  const rules = isCron ? CRON_RULES : TASK_RULES;
  const optionProblems = findOptionProblems(decorator, given.options, rules, place);
  problems.push(...optionProblems);
  const options = Object(given.options) as CronOptions;
  const { timeZone } = options;
  const schedule = isCron
    ? readCron(given.when, isTextOption(timeZone) === undefined ? timeZone! : defaults.timeZone)
    : readEvery(given.when);
  if ('fault' in schedule) problems.push({ code: 'OPTION_INVALID', place, ...schedule });
  if ('fault' in schedule || optionProblems.length > 0) return undefined;
  const fault = findLockFault(options, defaults);
  if (fault !== undefined) problems.push({ code: 'OPTION_INVALID', place, ...fault });
  const longestJitter = isCron ? Infinity : readInterval(given.when)!;
  if (options.jitterMs !== undefined && options.jitterMs > longestJitter)
    problems.push(invalidOption(place, 'jitterMs', `must be at most the interval, ${longestJitter}`));
  const { overlap = 'skip', missed = 'run-once', jitterMs = 0, runOnStart = false } = options;
  const { everyWorker = false, lock = !everyWorker, name = method.place } = options;
  const isLocked = lock && defaults.hasLock;
  const fixed = { overlap, missed, jitterMs, runOnStart, everyWorker, isLocked };
  return {
    name,
    type: method.type,
    method: method.method,
    place: method.place,
    schedule,
    ...fixed,
    call: (run) => method.call(run),
  };
}

function describePlace({ place, decorator }: WorkMethod): string {
  return `${place}, ${decorator}()`;
}

type Fault = Pick<ConfigurationProblem, 'fault' | 'cure'>;

function readCron(pattern: unknown, timeZone: string): Schedule | Fault {
  if (typeof pattern === 'string') return readCronSchedule(pattern, timeZone);
  return { fault: 'The pattern is not a text.', cure: "Write a pattern, such as '0 3 * * *'." };
}

function readEvery(every: unknown): Schedule | Fault {
  const ms = readInterval(every);
  if (ms !== undefined) return intervalSchedule(ms);
  const given =
    typeof every === 'string' ? JSON.stringify(every) : typeof every === 'number' ? every : 'The value';
  return {
    fault: `${given} is not an interval from 100 milliseconds to 366 days.`,
    cure: "Write a number of milliseconds, or a text with units: '500ms', '10s', '5m', '1h30m', '1d'.",
  };
}

function findLockFault({ lock, everyWorker }: CronOptions, { hasLock }: TaskDefaults): Fault | undefined {
  if (lock !== true) return undefined;
  if (everyWorker === true)
    return {
      fault: 'A lock lets one process run the task, and everyWorker all of them.',
      cure: 'Remove lock or everyWorker.',
    };
  if (hasLock) return undefined;
  return {
    fault: 'The task wants a lock, and the scheduler has none.',
    cure: 'Write scheduler({ lock: redisLock({ client }) }), or remove lock.',
  };
}
