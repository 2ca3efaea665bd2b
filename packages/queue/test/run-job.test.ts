import { createApp } from '@sluice/core';
import { InvalidPayload, Job, queue, runJob, type JobInfo } from '../src';
import { ReportOrder, Reports } from './reports';

const makeApp = (...providers: (new () => unknown)[]) =>
  createApp({ providers, services: [queue({ connection: 'redis://127.0.0.1:1' })] });

describe('runJob', () => {
  it('calls the method with the checked payload, and returns its result', async () => {
    const app = await makeApp(Reports);
    expect(await runJob(app, Reports, 'write', { text: 'two words' }, { attempt: 2 })).toEqual({ words: 2 });
    expect(app.get(Reports).seen).toEqual([[true, 'two words', 2]]);
  });

  it('calls a method without parameters', async () => {
    const app = await makeApp(Reports);
    await runJob(app, Reports, 'clean', undefined);
    expect(app.get(Reports).seen).toEqual(['clean']);
  });

  it('refuses an invalid payload, and names places, not values', async () => {
    const app = await makeApp(Reports);
    const refused = runJob(app, Reports, 'write', { text: '', secret: 'hunter2' } as ReportOrder);
    await expect(refused).rejects.toThrow(InvalidPayload);
    await expect(refused).rejects.toThrow(
      'The payload of the job reports is invalid: /secret (whitelistValidation), /text (isLength).',
    );
    expect(app.get(Reports).seen).toEqual([]);
  });

  it('passes the payload through JSON, as between two processes', async () => {
    class Later {
      @Job('later', { validate: false })
      run(payload: { readonly at: Date; readonly drop?: undefined }, job: JobInfo) {
        return [payload, job.name, job.signal.aborted];
      }
    }
    const app = await makeApp(Later);
    const at = new Date(0);
    expect(await runJob(app, Later, 'run', { at, drop: undefined })).toEqual([
      { at: '1970-01-01T00:00:00.000Z' },
      'later',
      false,
    ]);
  });

  it('refuses a method without @Job', async () => {
    class Plain {
      run(_payload: string) {}
    }
    const app = await createApp({ providers: [Plain] });
    await expect(runJob(app, Plain, 'run', 'x')).rejects.toThrow('The method has no @Job');
  });
});
