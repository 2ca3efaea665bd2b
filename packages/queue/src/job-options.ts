import type { ConfigurationProblem, ValidationTarget } from '@sluice/core';
import {
  findOptionProblems,
  invalidOption,
  isBooleanOption,
  isIntegerOption,
  isOneOfOption,
  isStandardSchema,
  type OptionRule,
  type OptionRules,
} from '@sluice/core/kit';

/** The time between two attempts: milliseconds, or how they grow. */
export type Backoff =
  | number
  | {
      /** `exponential` doubles the time after each attempt. */
      readonly type: 'fixed' | 'exponential';
      /** Milliseconds after the first attempt. */
      readonly delayMs: number;
      /** The part of the time that is random, 0 to 1. Default: 0. */
      readonly jitter?: number;
    };

/** Finished jobs that stay in Redis, where `find` reads them. */
export interface KeptJobs {
  /** Milliseconds. */
  readonly ageMs: number;
  /** The most jobs, whatever their age. */
  readonly count: number;
}

/** How a job is checked and tried. Those who add it and the method that does it must agree on this. */
export interface JobQueueOptions {
  /** The class or schema that checks the payload, before a job is added and before it runs. */
  readonly payload?: ValidationTarget;
  /** `false` accepts every payload. Default: true. */
  readonly validate?: boolean;
  /** How often a job is tried at most, the first attempt included. Default: 1. */
  readonly attempts?: number;
  /** The time between two attempts. Default: 0 milliseconds. */
  readonly backoff?: Backoff;
  /** Jobs that have succeeded. Default: a day, at most 10,000. */
  readonly keepCompleted?: KeptJobs;
  /** Jobs that have failed for good. Default: a week, at most 10,000. */
  readonly keepFailed?: KeptJobs;
  /** The name of the job that gets a `DeadLetter` of each job that has failed for good. Default: none. */
  readonly deadLetter?: string;
}

/** How a process does a job. */
export interface WorkOptions {
  /** How many jobs of this name a process does at once. Default: 1. */
  readonly concurrency?: number;
  /**
   * Milliseconds for which a worker has a job without renewing its lock, which it does twice in that time. If its process
   * dies, another worker starts the job again within twice that time. Default: 30000.
   */
  readonly lockMs?: number;
  /** How often a job may begin again because its process died. Default: 1. */
  readonly maxStalled?: number;
}

/** Options of `@Job`. */
export interface JobOptions extends JobQueueOptions, WorkOptions {}

const DAY_MS = 86_400_000;
const MOST_MS = 365 * DAY_MS;

export const isTarget: OptionRule = (value) =>
  typeof value === 'function' ||
  isStandardSchema(value) ||
  (typeof value === 'object' && value !== null && 'each' in value)
    ? undefined
    : 'must be a class, a Standard Schema or { each: … } of one';

const isTime = isIntegerOption(0, MOST_MS);

const isBackoff: OptionRule = (value) => {
  if (typeof value === 'number') return isTime(value);
  return findMemberFault(value, {
    type: isOneOfOption('fixed', 'exponential'),
    delayMs: isTime,
    jitter: (jitter) =>
      jitter === undefined || (typeof jitter === 'number' && jitter >= 0 && jitter <= 1)
        ? undefined
        : 'must be a number from 0 to 1',
  });
};

const isKept: OptionRule = (value) =>
  findMemberFault(value, { ageMs: isIntegerOption(1000, MOST_MS), count: isIntegerOption(1) });

/** BullMQ puts the name into keys. */
const isJobName: OptionRule = (value) =>
  typeof value === 'string' && /^[\w.-]{1,100}$/.test(value)
    ? undefined
    : 'must have 1 to 100 letters, digits, dots, hyphens and underscores';

/** The rules of `jobQueue`, and those of `@Job` that come before its own. */
export const QUEUE_RULES = {
  payload: isTarget,
  validate: isBooleanOption,
  attempts: isIntegerOption(1, 1000),
  backoff: isBackoff,
  keepCompleted: isKept,
  keepFailed: isKept,
  deadLetter: isJobName,
};

/** The rules of `@Job` alone. */
export const WORK_RULES = {
  concurrency: isIntegerOption(1, 10_000),
  lockMs: isIntegerOption(100, DAY_MS),
  maxStalled: isIntegerOption(0, 1000),
};

/** Finds the mistakes in the name and the options of a job. `factory` is written before them: `@Job`, `jobQueue`. */
export function findJobProblems(
  factory: string,
  place: string,
  name: unknown,
  options: unknown,
  rules: OptionRules,
): readonly ConfigurationProblem[] {
  const problems = [...findOptionProblems(factory, options, rules, place)];
  const fault = isJobName(name);
  if (fault !== undefined)
    problems.push({
      code: 'OPTION_INVALID',
      place,
      fault: `${typeof name === 'string' ? JSON.stringify(name) : `A value of type ${typeof name}`} is not a name of a job: it ${fault}.`,
      cure: `Write a name such as ${factory}('reports').`,
    });
  const { payload, validate, deadLetter } = Object(options) as JobOptions;
  if (payload !== undefined && validate === false)
    problems.push(invalidOption(place, 'validate', 'cannot be false together with payload'));
  if (deadLetter !== undefined && deadLetter === name)
    problems.push(invalidOption(place, 'deadLetter', 'must be another job'));
  return problems;
}

/** The rules of an object in an option. */
function findMemberFault(value: unknown, rules: Readonly<Record<string, OptionRule>>): string | undefined {
  const known = `must be an object with ${Object.keys(rules).join(', ')}`;
  if (typeof value !== 'object' || value === null) return known;
  for (const name of Object.keys(value)) if (!Object.hasOwn(rules, name)) return known;
  for (const [name, rule] of Object.entries(rules)) {
    const fault = rule((value as Record<string, unknown>)[name]);
    if (fault !== undefined) return `has ${name}, which ${fault}`;
  }
  return undefined;
}
