import type { Class } from '@sluice/core';
import type { Queue } from 'bullmq';
import type { JobInfo } from './job-info';
import type { JobQueue } from './job-queue';

/** How one job is added. */
export interface AddOptions {
  /** Milliseconds until the job may begin. Default: 0. */
  readonly delayMs?: number;
  /** The time from which the job may begin, in place of `delayMs`. */
  readonly at?: Date;
  /** 1 is the most urgent, 2097151 the least. Jobs without a priority come before all of them. */
  readonly priority?: number;
  /**
   * The id of the job. While Redis has a job with it, finished or not, another one is not added. It has no `:`, is not a
   * number, and not a word that BullMQ uses in its keys, such as `wait`. Default: a random UUID, which cannot be guessed.
   */
  readonly id?: string;
}

/** A job, as Redis knows it. */
export interface JobState<Result = unknown> {
  readonly id: string;
  readonly state: 'waiting' | 'delayed' | 'active' | 'completed' | 'failed';
  /** The attempts that have ended. */
  readonly attempts: number;
  readonly addedAt: Date;
  /** The last value of `setProgress`. */
  readonly progress?: unknown;
  /** The value that the method returned, once the job is completed. */
  readonly result?: Result;
  /** The message of the last error. It is not for clients. */
  readonly failure?: string;
}

/** The names of the methods that can do a job. */
export type JobMethod<T> = {
  [Name in keyof T]: T[Name] extends (payload: never, job: JobInfo) => unknown ? Name : never;
}[keyof T] &
  string;

/** The type of the payload of a method. */
export type PayloadOf<T, Method extends keyof T> = T[Method] extends (
  ...values: infer Values extends readonly unknown[]
) => unknown
  ? Values extends readonly []
    ? void
    : Values[0]
  : never;

/** The type of the result of a method. */
export type ResultOf<T, Method extends keyof T> = T[Method] extends (...values: never[]) => infer Result
  ? Awaited<Result>
  : never;

/**
 * Adds jobs and finds them, by their class and method or by what `jobQueue` has named. The service `queue` provides it.
 *
 * @example constructor(private readonly jobs: Jobs) {}
 */
export abstract class Jobs {
  constructor() {
    // A container makes a class that nothing provides.
    if (new.target === Jobs)
      throw new Error('No service provides Jobs. Add queue({ … }) to createApp({ services: […] }).');
  }

  /**
   * Adds a job. When this resolves, Redis has it.
   *
   * @returns the id of the job
   * @throws InvalidPayload; TypeError if it cannot be written as JSON; QueueUnavailable (503) if Redis is down or does
   * not answer in time; RangeError for an invalid option
   */
  abstract add<Input, Payload, Result>(
    queue: JobQueue<Input, Payload, Result>,
    payload: NoInfer<Input>,
    options?: AddOptions,
  ): Promise<string>;
  abstract add<T, Method extends JobMethod<T>>(
    type: Class<T>,
    method: Method,
    payload: PayloadOf<T, Method>,
    options?: AddOptions,
  ): Promise<string>;

  /**
   * Finds a job; undefined for an unknown id.
   *
   * @throws QueueUnavailable (503) if Redis is down or does not answer in time
   */
  abstract find<Input, Payload, Result>(
    queue: JobQueue<Input, Payload, Result>,
    id: string,
  ): Promise<JobState<Result> | undefined>;
  abstract find<T, Method extends JobMethod<T>>(
    type: Class<T>,
    method: Method,
    id: string,
  ): Promise<JobState<ResultOf<T, Method>> | undefined>;

  /** The queue of BullMQ, for everything else: counts, pausing, removing. Its commands fail at once while Redis is down. */
  abstract bull<Input, Payload, Result>(queue: JobQueue<Input, Payload, Result>): Queue;
  abstract bull<T>(type: Class<T>, method: JobMethod<T>): Queue;
}
