import { setTimeout as wait } from 'node:timers/promises';
import { createApp } from '@sluice/core';
import { Jobs, queue, type JobInfo } from '@sluice/queue';
import { RedisServer } from '../redis-server';
import { BriefWorker, holdWork, ORDERS, startWork, Worker } from './work';
import { until } from '../../sockets/until';

// This only guards against hanging: the machine may be busy.
jest.setTimeout(60_000);

describe('an application that closes', () => {
  let redis: RedisServer;

  beforeAll(async () => {
    redis = await RedisServer.start();
  });

  afterEach(() => redis.command('FLUSHALL'));
  afterAll(() => redis[Symbol.asyncDispose]());

  it('waits for the jobs in progress and begins no other, and then adds none', async () => {
    const one = await startWork(redis.url);
    const work = holdWork();
    one.worker.work = work.work;
    const ids = [];
    for (const text of ['a', 'b', 'c']) ids.push(await one.jobs.add(ORDERS, { text }));
    await work.begun;
    // Far beyond the time of the test: closing ends with the jobs.
    const closed = one.app.close({ timeoutMs: 600_000 });
    await wait(50);
    work.finish();
    await closed;
    await expect(one.jobs.add(ORDERS, { text: 'd' })).rejects.toThrow('The queue cannot be reached');

    const other = await startWork(redis.url, { work: false });
    const states = await Promise.all(ids.map(async (id) => (await other.jobs.find(ORDERS, id))!.state));
    expect(states.filter((state) => state === 'completed').length).toBe(one.worker.runs.length);
    expect(states.filter((state) => state === 'active')).toEqual([]);
    await other.app.close();
  });

  it('aborts the signals before the deadline; a job that ends then waits again, and the attempt does not count', async () => {
    const one = await startWork(redis.url);
    let begin = (): void => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    one.worker.work = (_, { signal }: JobInfo) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        begin();
      });
    const id = await one.jobs.add(ORDERS, { text: 'a' });
    await begun;
    // The signal aborts 600 milliseconds before the deadline.
    await one.app.close({ timeoutMs: 3000 });
    expect(one.log.lines).toEqual([]);

    const other = await startWork(redis.url, { work: false });
    expect(await other.jobs.find(ORDERS, id)).toMatchObject({ state: 'waiting', attempts: 0 });
    await other.app.close();
  });

  it('gives up a job at the deadline that does not listen to its signal, and another worker begins it again', async () => {
    const one = await startWork(redis.url, {}, [], BriefWorker);
    const work = holdWork();
    one.worker.work = work.work;
    const id = await one.jobs.add(ORDERS, { text: 'a' });
    await work.begun;
    await one.app.close({ timeoutMs: 300 });
    expect(one.worker.runs[0]!.job.signal.aborted).toBe(true);
    expect(
      one.log.count(`The job orders did not finish in time (${id}). Another worker begins it again.`),
    ).toBe(1);

    const other = await startWork(redis.url, {}, [], BriefWorker);
    let state: string | undefined;
    while (state !== 'completed') {
      await wait(20);
      state = (await other.jobs.find(ORDERS, id))?.state;
    }
    expect(other.worker.runs).toHaveLength(1);
    expect(other.log.count(`The job orders ${id} begins again: its process has died.`)).toBe(1);
    work.finish();
    await other.app.close();
  });

  it('can be followed by another one with the same service', async () => {
    const service = queue({ connection: redis.url });
    for (let count = 0; count < 2; count++) {
      const app = await createApp({ providers: [Worker], services: [service] });
      await app.start();
      const jobs = app.get(Jobs);
      const id = await jobs.add(ORDERS, { text: 'a' });
      await until(async () => (await jobs.find(ORDERS, id))?.state === 'completed');
      await app.close();
      await expect(jobs.add(ORDERS, { text: 'b' })).rejects.toThrow('The queue cannot be reached');
    }
  });

  it('leaves no connection behind', async () => {
    const count = async () => (await redis.command('CLIENT', 'LIST')).split('\n').length;
    const before = await count();
    const one = await startWork(redis.url);
    await one.jobs.add(ORDERS, { text: 'a' });
    expect(await count()).toBeGreaterThan(before);
    await one.app.close();
    await until(async () => (await count()) <= before);
    expect(await count()).toBe(before);

    const app = await createApp({ services: [queue({ connection: redis.url, work: false })] });
    await app.get(Jobs).add(ORDERS, { text: 'by a script, which does not start' });
    expect(await count()).toBeGreaterThan(before);
    await app.close();
    await until(async () => (await count()) <= before);
    expect(await count()).toBe(before);
  });
});

describe('a worker that loses its lock', () => {
  it('aborts the signal of the job, which begins again', async () => {
    await using redis = await RedisServer.start();
    const one = await startWork(redis.url, {}, [], BriefWorker);
    one.worker.work = (_, { signal }: JobInfo) =>
      one.worker.runs.length > 1
        ? 'done'
        : new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason as Error));
          });
    const id = await one.jobs.add(ORDERS, { text: 'a' });
    await until(() => one.worker.runs.length > 0);
    await redis.command('DEL', `bull:orders:${id}:lock`);
    await until(async () => (await one.jobs.find(ORDERS, id))?.state === 'completed');
    expect(one.worker.runs[0]!.job.signal.reason).toEqual(
      new Error('Another worker may have taken the job.'),
    );
    expect(one.worker.runs).toHaveLength(2);
    await one.app.close();
  });

  it('does not lose sight of the job that has begun again when the first run of it ends', async () => {
    await using redis = await RedisServer.start();
    const one = await startWork(redis.url, {}, [], BriefWorker);
    const [first, second] = [holdWork(), holdWork()];
    one.worker.work = () => (one.worker.runs.length === 1 ? first : second).work();
    const id = await one.jobs.add(ORDERS, { text: 'a' });
    await first.begun;
    await redis.command('DEL', `bull:orders:${id}:lock`);
    await second.begun;
    first.finish();
    await wait(50);
    await one.app.close({ timeoutMs: 300 });
    expect(one.worker.runs.map(({ job }) => job.signal.aborted)).toEqual([true, true]);
    second.finish();
  });
});
