import type { MaybePromise } from '@sluice/core';
import { makeWorkDecorator } from '@sluice/core/kit';
import { keepRecord, type JobRecord } from './job-definition';
import type { JobInfo } from './job-info';
import { isJobQueue, type JobQueue } from './job-queue';
import { checkJob, type JobOptions, type WorkOptions } from './job-options';

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
 * tried again as `attempts` and `backoff` say.
 *
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 * @example @Job('reports', { attempts: 3, backoff: { type: 'exponential', delayMs: 500 } })
 */
export function Job<Input, Payload, Result>(
  queue: JobQueue<Input, Payload, Result>,
  options?: WorkOptions,
): JobDecorator<Payload, Result>;
export function Job(name: string, options?: JobOptions): JobDecorator<never, unknown>;
export function Job(named: string | JobQueue, options: JobOptions = {}): JobDecorator<never, unknown> {
  const isNamed = isJobQueue(named);
  const name = isNamed ? named.name : named;
  checkJob('@Job', name, options, { queue: !isNamed, work: true });
  const merged = isNamed ? { ...named.options, ...options } : options;
  return (prototype, method, descriptor) => {
    const record: JobRecord = { name, options: merged, types: readTypes(prototype, method) };
    makeWorkDecorator({ decorator: '@Job', service: 'queue', options: record })(
      prototype,
      method,
      descriptor,
    );
    keepRecord(prototype, method, record);
  };
}

/** The compiler's own decorator ran before this one. */
function readTypes(prototype: object, method: string): readonly unknown[] | undefined {
  const { getOwnMetadata } = Reflect as { getOwnMetadata?: (...key: unknown[]) => unknown };
  return getOwnMetadata?.('design:paramtypes', prototype, method) as readonly unknown[] | undefined;
}
