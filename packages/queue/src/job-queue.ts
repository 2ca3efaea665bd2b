import { ConfigurationError, type Class, type ConfigurationProblem } from '@sluice/core';
import { findJobProblems, QUEUE_RULES, type JobQueueOptions } from './job-options';

declare const TYPES: unique symbol;

/**
 * The name of a job with its types and settings, for programs that add jobs without the class that does them. `Input` is
 * what they add, `Payload` what the method gets.
 */
export interface JobQueue<Input = unknown, Payload = Input, Result = unknown> {
  readonly name: string;
  readonly options: JobQueueOptions;
  /** Only carries the types; no object has this property. */
  readonly [TYPES]?: (input: Input, payload: (payload: Payload) => void) => Result;
}

/** A schema with its types, as Standard Schema carries them. */
interface TypedSchema {
  readonly '~standard': {
    readonly types?: { readonly input: unknown; readonly output: unknown } | undefined;
  };
}

type Checkable = Class | TypedSchema;

/** The type that a class or a schema accepts. */
export type InputOf<Target> = Target extends { readonly each: infer Item }
  ? readonly InputOf<Item>[]
  : Target extends TypedSchema
    ? NonNullable<Target['~standard']['types']>['input']
    : Target extends Class<infer Value>
      ? Value
      : unknown;

/** The type that a class or a schema makes. */
export type OutputOf<Target> = Target extends { readonly each: infer Item }
  ? OutputOf<Item>[]
  : Target extends TypedSchema
    ? NonNullable<Target['~standard']['types']>['output']
    : Target extends Class<infer Value>
      ? Value
      : unknown;

type WithPayload<Target> = JobQueueOptions & { readonly payload: Target };

/**
 * Names a job for all who add it and for the method that does it. The types come from `payload`; without it, or to name
 * the result, write them: `jobQueue<ReportOrder, Report>('reports', { payload: ReportOrder })`.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID, OPTION_MISSING
 * @example export const REPORTS = jobQueue('reports', { payload: ReportOrder, attempts: 3 });
 */
export function jobQueue<const Target extends Checkable | { readonly each: Checkable }>(
  name: string,
  options: WithPayload<Target>,
): JobQueue<InputOf<Target>, OutputOf<Target>>;
export function jobQueue<Payload, Result = unknown>(
  name: string,
  options: JobQueueOptions,
): JobQueue<Payload, Payload, Result>;
export function jobQueue(name: string, options: JobQueueOptions): JobQueue {
  const place = 'jobQueue()';
  const problems = [...findJobProblems('jobQueue', place, name, options, QUEUE_RULES)];
  const { payload, validate } = Object(options) as JobQueueOptions;
  if (payload === undefined && validate !== false) problems.push(describeMissing(place));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return Object.freeze(new NamedQueue(name, Object.freeze({ ...options })));
}

/** Returns whether `jobQueue` made the value. */
export function isJobQueue(value: unknown): value is JobQueue {
  return value instanceof NamedQueue;
}

function describeMissing(place: string): ConfigurationProblem {
  return {
    code: 'OPTION_MISSING',
    place,
    fault: 'payload is required, because nothing else says what checks the payload.',
    cure: 'Add payload: a class with rules, or a schema. To accept every payload, write validate: false.',
  };
}

class NamedQueue implements JobQueue {
  constructor(
    readonly name: string,
    readonly options: JobQueueOptions,
  ) {}
}
