import { Job, InvalidPayload, UnrecoverableError, type JobState } from '@sluice/queue';
import { Controller, Post, Body, createApp } from '@sluice/core';
import { Jobs, queue } from '@sluice/queue';
import { until } from '../../sockets/until';
import { QueueKeys } from 'bullmq';
import { RedisServer } from '../redis-server';
import { fail, giveUp, holdWork, ORDERS, Order, startWork, Worker, type Started } from './work';

// This only guards against hanging: the machine may be busy.
jest.setTimeout(60_000);

describe('jobs in a real Redis', () => {
  let redis: RedisServer;
  const started: Started[] = [];

  beforeAll(async () => {
    redis = await RedisServer.start();
  });

  afterEach(async () => {
    for (const { app } of started.splice(0)) await app.close();
    await redis.command('FLUSHALL');
  });

  afterAll(() => redis[Symbol.asyncDispose]());

  async function start(
    ...options: Parameters<typeof startWork> extends [string, ...infer Rest] ? Rest : never
  ) {
    const one = await startWork(redis.url, ...options);
    started.push(one);
    return one;
  }

  async function findUntil({ jobs }: Started, id: string, ...states: readonly JobState['state'][]) {
    let found: JobState<string> | undefined;
    await until(async () => {
      found = await jobs.find(ORDERS, id);
      return found !== undefined && states.includes(found.state);
    });
    return found!;
  }

  it('are done with the checked payload, and their result is found', async () => {
    const one = await start();
    const id = await one.jobs.add(ORDERS, { text: 'a word' });
    expect(id).toMatch(/^[\da-f-]{36}$/);
    expect(await findUntil(one, id, 'completed')).toEqual({
      id,
      state: 'completed',
      attempts: 1,
      addedAt: expect.any(Date),
      result: 'A WORD',
    });
    const { job } = one.worker.runs[0]!;
    expect([job.id, job.name, job.attempt, job.attempts]).toEqual([id, 'orders', 1, 3]);
    expect(Date.now() - job.addedAt.getTime()).toBeLessThan(60_000);
    expect(one.log.lines).toEqual([]);
  });

  it('are added by a process that does none, by the class and by the token, and wait for one that does', async () => {
    const adds = await start({ work: false });
    const ids = [
      await adds.jobs.add(ORDERS, { text: 'one' }),
      await adds.jobs.add(Worker, 'write', { text: 'two' }),
    ];
    expect(await adds.jobs.find(Worker, 'write', ids[1]!)).toMatchObject({ state: 'waiting', attempts: 0 });
    expect(adds.worker.runs).toEqual([]);
    const works = await start();
    for (const id of ids) await findUntil(adds, id, 'completed');
    expect(works.worker.runs.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(await adds.jobs.find(ORDERS, 'unknown')).toBeUndefined();
    expect(await adds.jobs.bull(ORDERS).getCompletedCount()).toBe(2);
  });

  it('are tried again after a failure', async () => {
    const one = await start();
    one.worker.work = (text, { attempt }) => (attempt < 3 ? fail('not yet')() : text);
    const id = await one.jobs.add(ORDERS, { text: 'a' });
    expect(await findUntil(one, id, 'completed', 'failed')).toMatchObject({
      state: 'completed',
      attempts: 3,
    });
    expect(one.worker.letters).toEqual([]);
    expect(one.log.lines).toEqual([
      `The job orders ${id} failed and is tried again (attempt 1 of 3): not yet`,
      `The job orders ${id} failed and is tried again (attempt 2 of 3): not yet`,
    ]);
  });

  it('become a dead letter after the last attempt, or at once if another one would not help', async () => {
    const one = await start();
    one.worker.work = fail('never');
    const tried = await one.jobs.add(ORDERS, { text: 'tried' });
    expect(await findUntil(one, tried, 'failed')).toMatchObject({ attempts: 3, failure: 'never' });
    one.worker.work = giveUp('cannot be');
    const given = await one.jobs.add(ORDERS, { text: 'given up' });
    expect(await findUntil(one, given, 'failed')).toMatchObject({ attempts: 1, failure: 'cannot be' });
    await until(() => one.worker.letters.length === 2);
    expect(one.worker.letters[0]).toEqual({
      job: 'orders',
      id: tried,
      payload: { text: 'tried' },
      error: 'never',
      attempts: 3,
      failedAt: expect.any(Date),
    });
    expect(one.worker.letters[1]).toMatchObject({ id: given, attempts: 1 });
    expect(one.log.count(`The job orders ${given} failed for good (attempt 1 of 3): cannot be`)).toBe(1);
  });

  it('become another dead letter if they are tried once more by hand, and fail again', async () => {
    const one = await start();
    one.worker.work = giveUp('cannot be');
    const id = await one.jobs.add(ORDERS, { text: 'a' }, { id: 'ada' });
    for (const count of [1, 2]) {
      await findUntil(one, id, 'failed');
      await until(() => one.worker.letters.length === count);
      await (await one.jobs.bull(ORDERS).getJob(id))!.retry('failed');
    }
    await until(() => one.worker.letters.length === 3);
    expect(one.worker.letters.map((letter) => letter.id)).toEqual([id, id, id]);
  });

  it('become a dead letter, too, if BullMQ has named them', async () => {
    const one = await start();
    one.worker.work = giveUp('cannot be');
    const template = { name: 'orders', data: { text: 'a' } };
    await one.jobs.bull(ORDERS).upsertJobScheduler('every:hour', { every: 3_600_000 }, template);
    await until(() => one.worker.letters.length === 1);
    expect(one.worker.letters[0]!.id).toMatch(/^repeat:every:hour:\d+$/);
    expect(one.log.count('could not be added')).toBe(0);
  });

  it('are not tried again after an error of a class below UnrecoverableError, whatever its name', async () => {
    class NoWords extends UnrecoverableError {
      override readonly name = 'NoWords';
    }
    const one = await start();
    const logError = jest.spyOn(one.log, 'error');
    const error = new NoWords('The text has no words.');
    one.worker.work = () => Promise.reject(error);
    const id = await one.jobs.add(ORDERS, { text: 'a' });
    expect(await findUntil(one, id, 'failed')).toMatchObject({ attempts: 1, failure: error.message });
    await until(() => one.worker.letters.length === 1);
    expect(logError.mock.calls).toEqual([[error, `The job orders ${id} failed for good (attempt 1 of 3)`]]);
    expect((await one.jobs.bull(ORDERS).getJob(id))!.stacktrace).toEqual([error.stack]);
  });

  it.each(['DelayedError', 'WaitingError', 'WaitingChildrenError'])(
    'fail with an error that is called %s, as BullMQ calls one of its own',
    async (name) => {
      const one = await start();
      one.worker.work = () => Promise.reject(Object.assign(new Error('The supplier is late.'), { name }));
      const id = await one.jobs.add(ORDERS, { text: 'a' });
      expect(await findUntil(one, id, 'failed')).toMatchObject({
        attempts: 3,
        failure: 'The supplier is late.',
      });
      await until(() => one.worker.letters.length === 1);
    },
  );

  it('fail for good with what they threw, whatever it is, and have a dead letter', async () => {
    const thrown = [{ code: 5 }, Object.create(null), new Proxy({}, { get: fail('trap') }), undefined];
    const one = await start();
    one.worker.work = (text) => Promise.reject(thrown[Number(text)]);
    const failures = [];
    for (const text of thrown.keys()) {
      const id = await one.jobs.add(ORDERS, { text: String(text) });
      failures.push((await findUntil(one, id, 'failed')).failure);
    }
    expect(failures).toEqual([
      'A value of type object was thrown instead of an Error: { code: 5 }',
      expect.stringContaining('null prototype'),
      expect.any(String),
      expect.stringContaining('undefined'),
    ]);
    await until(() => one.worker.letters.length === thrown.length);
    expect(one.worker.letters.map(({ error, attempts }) => [error, attempts])).toEqual(
      failures.map((failure) => [failure, 3]),
    );
  });

  it('become a dead letter if their result is not JSON', async () => {
    const one = await start();
    one.worker.work = () => 1n;
    const id = await one.jobs.add(ORDERS, { text: 'a' });
    expect(await findUntil(one, id, 'failed')).toMatchObject({ attempts: 3 });
    await until(() => one.worker.letters.length === 1);
    expect(one.worker.letters).toMatchObject([{ id, error: expect.stringContaining('BigInt'), attempts: 3 }]);
  });

  it('are refused before they are added if the payload is invalid', async () => {
    const one = await start({ work: false });
    const refused = one.jobs.add(ORDERS, { text: '' });
    await expect(refused).rejects.toThrow(InvalidPayload);
    await expect(refused).rejects.toThrow('The payload of the job orders is invalid: /text (isLength).');
    await expect(one.jobs.add(ORDERS, { text: 1n } as never)).rejects.toThrow('cannot be written as JSON');
    expect(await redis.command('DBSIZE')).toBe('0');
  });

  it('fail at once if another program added them with an invalid payload, whose values are not logged', async () => {
    const one = await start();
    const logError = jest.spyOn(one.log, 'error');
    const id = 'from-elsewhere';
    await one.jobs.bull(ORDERS).add('orders', { text: '', password: 'hunter2' }, { jobId: id, attempts: 3 });
    expect(await findUntil(one, id, 'failed')).toMatchObject({ attempts: 1 });
    await until(() => one.worker.letters.length === 1);
    expect(one.worker.runs).toEqual([]);
    expect(logError.mock.calls[0]![0]).toMatchObject({ constructor: InvalidPayload, name: 'InvalidPayload' });
    expect(one.log.lines).toEqual([
      `The job orders ${id} failed for good (attempt 1 of 3): The payload of the job orders is invalid: /password (whitelistValidation), /text (isLength).`,
    ]);
  });

  it('with one id are added once', async () => {
    const one = await start();
    const ids = await Promise.all([1, 2, 3].map(() => one.jobs.add(ORDERS, { text: 'a' }, { id: 'ada' })));
    expect(ids).toEqual(['ada', 'ada', 'ada']);
    await findUntil(one, 'ada', 'completed');
    await one.jobs.add(ORDERS, { text: 'a' }, { id: 'ada' });
    const last = await one.jobs.add(ORDERS, { text: 'last' });
    await findUntil(one, last, 'completed');
    expect(one.worker.runs.map(({ text }) => text)).toEqual(['a', 'last']);
  });

  it('have no id that is another key of the queue, and clients can ask for it', async () => {
    const { jobs } = await start({ work: false });
    const id = await jobs.add(ORDERS, { text: 'one' });
    await redis.command('SET', `bull:orders:${id}:lock`, '1');
    for (const key of [...Object.keys(new QueueKeys().getKeys('orders')), `${id}:lock`]) {
      await expect(jobs.add(ORDERS, { text: 'two' }, { id: key })).rejects.toThrow(RangeError);
      expect(await jobs.find(ORDERS, key)).toBeUndefined();
    }
    await jobs.add(ORDERS, { text: 'three' });
    expect(await jobs.find(ORDERS, id)).toMatchObject({ state: 'waiting' });
  });

  it('begin later, and the more urgent ones first', async () => {
    const adds = await start({ work: false });
    const soon = await adds.jobs.add(
      ORDERS,
      { text: 'in an hour' },
      { at: new Date(Date.now() + 3_600_000) },
    );
    await adds.jobs.add(ORDERS, { text: 'delayed' }, { delayMs: 1 });
    await adds.jobs.add(ORDERS, { text: 'low' }, { priority: 10 });
    const high = await adds.jobs.add(ORDERS, { text: 'high' }, { priority: 1 });
    expect(await adds.jobs.find(ORDERS, high)).toMatchObject({ state: 'waiting' });
    const works = await start();
    await until(() => works.worker.runs.length === 3);
    const order = works.worker.runs.map(({ text }) => text);
    expect(order.indexOf('high')).toBeLessThan(order.indexOf('low'));
    expect(order).toContain('delayed');
    expect(await adds.jobs.find(ORDERS, soon)).toMatchObject({ state: 'delayed' });
  });

  it.each([
    [{ delayMs: -1 }, 'delayMs and at'],
    [{ delayMs: 1, at: new Date() }, 'Give delayMs or at, not both.'],
    [{ at: new Date(NaN) }, 'delayMs and at'],
    [{ priority: 0 }, 'priority must be'],
    [{ id: 'a:b' }, 'id must be'],
    [{ id: '7' }, 'id must be'],
    [{ id: '-7' }, 'id must be'],
    [{ id: 'wait' }, 'id must be'],
  ])('are not added with %j', async (options, message) => {
    const one = await start({ work: false });
    await expect(one.jobs.add(ORDERS, { text: 'a' }, options)).rejects.toThrow(message);
  });

  it('show their progress, and run as many at once as the concurrency says', async () => {
    const one = await start();
    const work = holdWork();
    let most = 0;
    let now = 0;
    one.worker.work = async (_, job) => {
      most = Math.max(most, ++now);
      await job.setProgress({ done: 1, of: 2 });
      await work.work();
      now--;
    };
    const ids = await Promise.all(['a', 'b', 'c'].map((text) => one.jobs.add(ORDERS, { text })));
    await until(() => now === 2);
    const active = await Promise.all(ids.map((id) => one.jobs.find(ORDERS, id)));
    expect(active.filter((job) => job?.state === 'active')).toHaveLength(2);
    await until(async () => (await one.jobs.find(ORDERS, ids[0]!))?.progress !== undefined);
    expect(await one.jobs.find(ORDERS, ids[0]!)).toMatchObject({ progress: { done: 1, of: 2 } });
    work.finish();
    for (const id of ids) await findUntil(one, id, 'completed');
    expect(most).toBe(2);
  });

  it('are added by a handler, which answers with their id', async () => {
    @Controller('/orders')
    class OrdersController {
      constructor(private readonly jobs: Jobs) {}
      @Post() async order(@Body() order: Order) {
        return { id: await this.jobs.add(ORDERS, order) };
      }
    }
    const service = queue({ connection: redis.url, work: false });
    await using app = await createApp({ controllers: [OrdersController], services: [service] });
    const accepted = await app.inject({ method: 'POST', url: '/orders', body: { text: 'a' } });
    expect(accepted.status).toBe(200);
    const { id } = accepted.json<{ id: string }>();
    expect(await app.get(Jobs).find(ORDERS, id)).toMatchObject({ state: 'waiting' });
  });

  it('have keys with the prefix, and are kept for as long as the settings say', async () => {
    class Fleeting {
      @Job('fleeting', { validate: false, keepCompleted: { ageMs: 60_000, count: 1 } })
      run(text: string) {
        return text;
      }
    }
    const one = await start({ prefix: 'shop', work: ['fleeting'] }, [Fleeting]);
    const bull = one.jobs.bull(Fleeting, 'run');
    // One after the other, because either of two at the same time may be the last.
    for (const text of ['first', 'second']) {
      await one.jobs.add(Fleeting, 'run', text);
      await until(async () => (await bull.getCompleted()).some(({ data }) => data === text));
    }
    expect(await bull.getCompletedCount()).toBe(1);
    expect(await redis.command('KEYS', 'bull:*')).toBe('');
    expect(await redis.command('KEYS', 'shop:fleeting:*')).not.toBe('');
  });
});
