import { ConfigurationError, type Class, type ConfigurationProblem } from '@sluice/core';
import { findOptionProblems, readDecorated } from '@sluice/core/kit';
import { isJobQueue, type JobQueue } from './job-queue';
import { findJobProblems, isTarget, QUEUE_RULES, WORK_RULES, type JobOptions } from './job-options';
import { makePayloadCheck, UNCHECKED, type PayloadCheck } from './payload-check';

/** A job as those who add it and the method that does it see it. */
export interface JobDefinition {
  readonly name: string;
  readonly options: JobOptions;
  readonly check: PayloadCheck;
  /** Those of `@Job` and of the check. */
  readonly problems: readonly ConfigurationProblem[];
}

/** The arguments of `@Job` on a method, which nothing has checked. */
export interface JobRecord {
  readonly named: string | JobQueue;
  readonly options: JobOptions;
}

/** The decorator, as it is written. */
export const JOB = '@Job';

const OF_QUEUES = new WeakMap<JobQueue, JobDefinition>();
const OF_RECORDS = new WeakMap<JobRecord, JobDefinition>();

/**
 * Reads a job that `jobQueue` has named, or that of a method.
 *
 * @throws ConfigurationError if the method has no `@Job`, several or a wrong one, or if nothing would check the payload
 */
export function defineJob(named: JobQueue | Class, method = ''): JobDefinition {
  const definition = isJobQueue(named) ? defineQueue(named) : defineMethod(named, method);
  if (definition.problems.length > 0) throw new ConfigurationError(definition.problems);
  return definition;
}

/**
 * Reads the job of a method.
 *
 * @param types those that the compiler emitted for the parameters of the method; undefined if it emitted none
 */
export function defineRecord(
  record: JobRecord,
  types: readonly unknown[] | undefined,
  place: string,
): JobDefinition {
  const found = OF_RECORDS.get(record) ?? makeDefinition(record, types, place);
  OF_RECORDS.set(record, found);
  return found;
}

function makeDefinition(
  { named, options: own }: JobRecord,
  types: readonly unknown[] | undefined,
  place: string,
): JobDefinition {
  const at = `${place}, ${JOB}()`;
  const problems = isJobQueue(named)
    ? findOptionProblems(JOB, own, WORK_RULES, at)
    : findJobProblems(JOB, at, named, own, { ...QUEUE_RULES, ...WORK_RULES });
  const [name, options] = isJobQueue(named)
    ? [named.name, { ...named.options, ...own }]
    : [named, { ...own }];
  // A target that is none has its problem already.
  const canCheck = options.payload === undefined || isTarget(options.payload) === undefined;
  const check = canCheck ? makePayloadCheck(name, options, types, place) : UNCHECKED;
  return { name, options, check, problems: [...problems, ...check.problems] };
}

function defineQueue(queue: JobQueue): JobDefinition {
  let found = OF_QUEUES.get(queue);
  if (found === undefined) {
    const { name, options } = queue;
    const check = makePayloadCheck(name, options, undefined, `jobQueue('${name}')`);
    OF_QUEUES.set(queue, (found = { name, options, check, problems: check.problems }));
  }
  return found;
}

/** The method may be that of a parent class. */
function defineMethod(type: Class, method: string): JobDefinition {
  const place = `${type.name}.${method}`;
  const found = readDecorated(type).find(({ property }) => property === method);
  const [record, ...others] = (found?.records ?? []).filter(({ decorator }) => decorator === JOB);
  if (record !== undefined && others.length === 0)
    return defineRecord(record.options as JobRecord, found!.parameterTypes, place);
  const problem =
    record === undefined
      ? {
          fault: 'The method has no @Job, so its jobs cannot be added.',
          cure: 'Add @Job to it, with the name of the job.',
        }
      : {
          fault: 'The method has @Job several times, so it does not say which job is meant.',
          cure: 'Name one with jobQueue, and add its jobs by that.',
        };
  throw new ConfigurationError([{ code: 'OPTION_INVALID', place, ...problem }]);
}
