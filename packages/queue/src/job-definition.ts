import { ConfigurationError, type Class } from '@sluice/core';
import { isJobQueue, type JobQueue } from './job-queue';
import type { JobOptions, JobQueueOptions } from './job-options';
import { makePayloadCheck, type PayloadCheck } from './payload-check';

/** A job as those who add it and the method that does it see it. */
export interface JobDefinition {
  readonly name: string;
  readonly options: JobQueueOptions;
  readonly check: PayloadCheck;
}

/** The record of `@Job` on a method. */
export interface JobRecord {
  readonly name: string;
  readonly options: JobOptions;
  /** The types that the compiler emitted for the parameters of the method; undefined if it emitted none. */
  readonly types: readonly unknown[] | undefined;
}

const OF_QUEUES = new WeakMap<JobQueue, JobDefinition>();
const OF_RECORDS = new WeakMap<JobRecord, JobDefinition>();
/** The methods with `@Job` of each prototype. */
const RECORDS = new WeakMap<object, Map<string, JobRecord>>();

/** Keeps the record of `@Job`, for those who add the job. */
export function keepRecord(prototype: object, method: string, record: JobRecord): void {
  const records = RECORDS.get(prototype) ?? new Map<string, JobRecord>();
  RECORDS.set(prototype, records.set(method, record));
}

/**
 * Reads a job that `jobQueue` has named, or that of a method.
 *
 * @throws ConfigurationError if the method has no `@Job`, or if nothing would check the payload
 */
export function defineJob(named: JobQueue | Class, method = ''): JobDefinition {
  const definition = isJobQueue(named) ? defineQueue(named) : defineRecord(findRecord(named, method));
  if (definition.check.problems.length > 0) throw new ConfigurationError(definition.check.problems);
  return definition;
}

/** Reads the job of a method. The problems of its check are not thrown. */
export function defineRecord(record: JobRecord, place = `@Job('${record.name}')`): JobDefinition {
  let found = OF_RECORDS.get(record);
  if (found === undefined) {
    const { name, options, types } = record;
    OF_RECORDS.set(record, (found = { name, options, check: makePayloadCheck(name, options, types, place) }));
  }
  return found;
}

function defineQueue(queue: JobQueue): JobDefinition {
  let found = OF_QUEUES.get(queue);
  if (found === undefined) {
    const { name, options } = queue;
    const check = makePayloadCheck(name, options, undefined, `jobQueue('${name}')`);
    OF_QUEUES.set(queue, (found = { name, options, check }));
  }
  return found;
}

/** Finds the record of a method, which may be that of a parent class. */
export function findRecord(type: Class, method: string): JobRecord {
  let prototype = type.prototype as object | null;
  while (prototype !== null) {
    const record = RECORDS.get(prototype)?.get(method);
    if (record !== undefined) return record;
    prototype = Object.getPrototypeOf(prototype) as object | null;
  }
  throw new ConfigurationError([
    {
      code: 'OPTION_INVALID',
      place: `${type.name}.${method}`,
      fault: 'The method has no @Job, so its jobs cannot be added.',
      cure: 'Add @Job to it, with the name of the job.',
    },
  ]);
}
