import type { MaybePromise } from '@sluice/core';
import { checkCalled, makeWorkDecorator } from '@sluice/core/kit';
import { JOB, type JobRecord } from './job-definition';
import type { JobInfo } from './job-info';
import type { JobQueue } from './job-queue';
import type { JobOptions, WorkOptions } from './job-options';

/** A decorator of a method that takes a payload. */
type JobDecorator<Payload, Result> = <
  Method extends (payload: Payload, job: JobInfo) => MaybePromise<Result>,
>(
  prototype: object,
  method: string,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/**
 * Lets the method do the jobs of a name: `write(order: ReportOrder, job: JobInfo)`. The payload is checked before by the
 * class of the first parameter, or by the class or schema in `payload`. Its result is stored. If it throws, the job is
 * tried again as `attempts` and `backoff` say. Mistakes in the name and the options are reported when the application
 * starts.
 *
 * @example @Job('reports', { attempts: 3, backoff: { type: 'exponential', delayMs: 500 } })
 */
export function Job<Input, Payload, Result>(
  queue: JobQueue<Input, Payload, Result>,
  options?: WorkOptions,
): JobDecorator<Payload, Result>;
export function Job(name: string, options?: JobOptions): JobDecorator<never, unknown>;
export function Job(named: string | JobQueue, options: JobOptions = {}): JobDecorator<never, unknown> {
  checkCalled('Job', [named, options]);
  return (prototype, method, descriptor) => {
    // A record for each method: a decorator may be used on several, with different types.
    const record: JobRecord = { named, options };
    makeWorkDecorator({ decorator: JOB, service: 'queue', options: record })(prototype, method, descriptor);
  };
}
