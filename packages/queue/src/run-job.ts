import type { App, Class } from '@sluice/core';
import { defineJob } from './job-definition';
import type { JobInfo } from './job-info';
import type { JobMethod, PayloadOf, ResultOf } from './jobs';
import { writePayload } from './write-payload';

/**
 * For tests: runs a method with `@Job` on the instance of the application, once, without Redis. The payload passes through
 * JSON and its check, as it does between two processes.
 *
 * @param info what the method finds in its second parameter: `{ attempt: 3 }`
 * @returns the result of the method
 * @throws InvalidPayload, and whatever the method throws
 * @example expect(await runJob(app, ReportWriter, 'write', { text: 'a word' })).toEqual({ words: 2 });
 */
export async function runJob<T, Method extends JobMethod<T>>(
  app: Pick<App, 'get'>,
  type: Class<T>,
  method: Method,
  payload: PayloadOf<T, Method>,
  info: Partial<JobInfo> = {},
): Promise<ResultOf<T, Method>> {
  const { name, options, check } = defineJob(type, method);
  const checked = await check.run(writePayload(name, payload));
  const job: JobInfo = {
    id: 'test',
    name,
    attempt: 1,
    attempts: options.attempts ?? 1,
    addedAt: new Date(),
    signal: new AbortController().signal,
    setProgress: () => Promise.resolve(),
    ...info,
  };
  const instance = app.get(type) as Record<string, (payload: unknown, job: JobInfo) => unknown>;
  return (await instance[method]!(checked, job)) as ResultOf<T, Method>;
}
