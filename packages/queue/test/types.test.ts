import type { StandardSchema } from '@sluice/core';
import { compileOnly, expectType } from '../../core/test/compile-only';
import { Job, jobQueue, type JobInfo, type Jobs, type JobState } from '../src';
import { Reports, ReportOrder } from './reports';

declare const jobs: Jobs;
/** As `z.object({ at: z.string().transform((text) => new Date(text)) })` is typed. */
declare const schema: StandardSchema & {
  readonly '~standard': {
    readonly types?: { readonly input: { at: string }; readonly output: { at: Date } };
  };
};

describe('the types of jobs', () => {
  it('take the payload of the method, and return its result', () => {
    compileOnly(() => jobs.add(Reports, 'write', { text: 'a' }, { delayMs: 10, priority: 1, id: 'one' }));
    compileOnly(() => jobs.add(Reports, 'clean', undefined));
    compileOnly(async () => {
      const found = await jobs.find(Reports, 'write', 'id');
      expectType<JobState<{ words: number }> | undefined>()(found);
    });
    // @ts-expect-error -- a number instead of a text
    compileOnly(() => jobs.add(Reports, 'write', { text: 1 }));
    // @ts-expect-error -- a missing property
    compileOnly(() => jobs.add(Reports, 'write', {}));
    // @ts-expect-error -- an unknown property
    compileOnly(() => jobs.add(Reports, 'write', { text: 'a', more: 1 }));
    // @ts-expect-error -- not a method
    compileOnly(() => jobs.add(Reports, 'seen', []));
    // @ts-expect-error -- not a member
    compileOnly(() => jobs.add(Reports, 'wrote', { text: 'a' }));
    // @ts-expect-error -- the method takes no payload
    compileOnly(() => jobs.add(Reports, 'clean', { text: 'a' }));
    // @ts-expect-error -- an unknown option
    compileOnly(() => jobs.add(Reports, 'write', { text: 'a' }, { delay: 10 }));
  });

  it('take the payload of a method that has a value for a missing one', () => {
    class Optional {
      @Job('optional') run(order?: ReportOrder) {
        return order?.text;
      }
      @Job('given') fill(order: ReportOrder = { text: '' }, job?: JobInfo) {
        return `${order.text}${job?.id}`;
      }
    }
    compileOnly(() => jobs.add(Optional, 'run', { text: 'a' }));
    compileOnly(() => jobs.add(Optional, 'run', undefined));
    compileOnly(() => jobs.add(Optional, 'fill', { text: 'a' }));
    // @ts-expect-error -- a number instead of a text
    compileOnly(() => jobs.add(Optional, 'run', { text: 1 }));
  });

  it('take what jobQueue names, by a class or by a schema', () => {
    compileOnly(() => {
      const reports = jobQueue('reports', { payload: ReportOrder });
      void jobs.add(reports, { text: 'a' });
      // @ts-expect-error -- a number instead of a text
      void jobs.add(reports, { text: 1 });
      const lists = jobQueue('lists', { payload: { each: ReportOrder } });
      void jobs.add(lists, [{ text: 'a' }]);
      // @ts-expect-error -- not a list
      void jobs.add(lists, { text: 'a' });
      const later = jobQueue('later', { payload: schema });
      void jobs.add(later, { at: '2026-01-01' });
      // @ts-expect-error -- the output of the schema instead of its input
      void jobs.add(later, { at: new Date() });
      const typed = jobQueue<ReportOrder, { words: number }>('typed', { payload: ReportOrder });
      expectType<Promise<JobState<{ words: number }> | undefined>>()(jobs.find(typed, 'id'));
    });
  });

  it('let a method have only the payload and the result of its job', () => {
    compileOnly(() => {
      const reports = jobQueue<ReportOrder, { words: number }>('reports', { payload: ReportOrder });
      const later = jobQueue('later', { payload: schema });
      class Worker {
        @Job(reports) right(order: ReportOrder, job: JobInfo) {
          return Promise.resolve({ words: order.text.length + job.attempt });
        }
        @Job(later, { concurrency: 2 }) output({ at }: { at: Date }) {
          return at.getTime();
        }
        // @ts-expect-error -- another payload
        @Job(reports) wrong(order: { pages: number }) {
          return { words: order.pages };
        }
        // @ts-expect-error -- another result
        @Job(reports) other(order: ReportOrder) {
          return order.text;
        }
        // @ts-expect-error -- a third parameter
        @Job('third') third(_order: ReportOrder, _job: JobInfo, more: string) {
          return more;
        }
        // @ts-expect-error -- an option of the queue, which has it
        @Job(reports, { attempts: 2 }) twice(_order: ReportOrder) {
          return { words: 1 };
        }
      }
      return Worker;
    });
  });
});
