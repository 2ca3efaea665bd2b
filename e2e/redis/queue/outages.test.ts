import { setTimeout as wait } from 'node:timers/promises';
import { Body, Controller, createApp, Post } from '@sluice/core';
import { Jobs, queue, QueueUnavailable, type JobState } from '@sluice/queue';
import { until } from '../../sockets/until';
import { KEEPS_DATA, RedisServer } from '../redis-server';
import { giveUp, holdWork, Lines, ORDERS, Order, startWork, type Started } from './work';

// This only guards against hanging: the machine may be busy.
jest.setTimeout(60_000);

/** The time that closing may take where it must not wait. */
const AT_ONCE_MS = 1000;

describe('a queue whose Redis', () => {
  let redis: RedisServer;
  const started: Started[] = [];

  beforeEach(async () => {
    redis = await RedisServer.prepare(...KEEPS_DATA);
    await redis.restart();
  });

  afterEach(async () => {
    redis.thaw();
    for (const { app } of started.splice(0)) await app.close();
    await redis[Symbol.asyncDispose]();
  });

  async function start(options = {}) {
    const one = await startWork(redis.url, options);
    started.push(one);
    return one;
  }

  async function findUntil({ jobs }: Started, id: string, state: JobState['state']) {
    let found: JobState<string> | undefined;
    await until(async () => {
      found = await jobs.find(ORDERS, id).catch(() => undefined);
      return found?.state === state;
    });
    return found!;
  }

  const addUntilAccepted = async ({ jobs }: Started) => {
    let id: string | undefined;
    await until(async () => {
      id = await jobs.add(ORDERS, { text: 'again' }).catch(() => undefined);
      return id !== undefined;
    });
    return id!;
  };

  const AWAY = 'The queue cannot reach Redis at';
  const BACK = 'The queue reaches Redis at';

  it('is killed during a job: adding and finding fail at once, the job ends, and all is said once', async () => {
    const one = await start();
    const work = holdWork();
    one.worker.work = work.work;
    const id = await one.jobs.add(ORDERS, { text: 'a' });
    await work.begun;
    await redis.kill();
    for (let count = 0; count < 20; count++) {
      await expect(one.jobs.add(ORDERS, { text: 'too late' })).rejects.toThrow(QueueUnavailable);
      await expect(one.jobs.find(ORDERS, id)).rejects.toThrow(QueueUnavailable);
    }
    work.finish();
    await until(() => one.log.count(AWAY) > 0);
    await redis.restart();
    expect(await findUntil(one, id, 'completed')).toMatchObject({ attempts: 1, result: 'done' });
    one.worker.work = (text) => text;
    await findUntil(one, await addUntilAccepted(one), 'completed');
    expect(one.worker.runs.map(({ text }) => text)).toEqual(['a', 'again']);
    const place = new URL(redis.url).host;
    expect(one.log.lines).toEqual([
      expect.stringMatching(
        new RegExp(
          `^${AWAY} ${place} \\((E[A-Z]+|the connection is closed)\\)\\. Until it is back, no job is added and none begins\\.$`,
        ),
      ),
      `${BACK} ${place} again.`,
    ]);
  });

  it('is killed after a dead letter: nothing is written beside the log', async () => {
    const written = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const one = await start();
    one.worker.work = giveUp('cannot be');
    await one.jobs.add(ORDERS, { text: 'a' });
    await until(() => one.worker.letters.length === 1);
    await redis.kill();
    await until(() => one.log.count(AWAY) > 0);
    // The worker tries to connect each second.
    await wait(2500);
    await redis.restart();
    one.worker.work = (text) => text;
    await findUntil(one, await addUntilAccepted(one), 'completed');
    expect(written.mock.calls).toEqual([]);
    written.mockRestore();
  });

  it('is killed: a handler answers 503 with Retry-After, and other routes work', async () => {
    @Controller('/orders')
    class OrdersController {
      constructor(private readonly jobs: Jobs) {}
      @Post() async order(@Body() order: Order) {
        return { id: await this.jobs.add(ORDERS, order) };
      }
      @Post('/unqueued') unqueued() {
        return 'done';
      }
    }
    const log = new Lines();
    const service = queue({ connection: redis.url, work: false });
    await using app = await createApp({ logger: log, controllers: [OrdersController], services: [service] });
    await app.start();
    await redis.kill();
    const logError = jest.spyOn(log, 'error');
    const refused = await app.inject({ method: 'POST', url: '/orders', body: { text: 'a' } });
    expect([refused.status, refused.header('retry-after')]).toEqual([503, '5']);
    expect(refused.json()).toMatchObject({
      code: 'queue_unavailable',
      detail: 'The queue cannot be reached at the moment.',
    });
    expect((await app.inject({ method: 'POST', url: '/orders/unqueued' })).status).toBe(200);
    // A line without a stack for each request, beside that of the outage.
    expect(log.count('OrdersController.order (/orders) failed: urn:uuid:')).toBe(1);
    expect([log.count(AWAY), log.lines.length, logError.mock.calls]).toEqual([1, 2, []]);
  });

  it('is frozen: adding fails at its deadline, is said once, and works again afterwards', async () => {
    const one = await start();
    await addUntilAccepted(one);
    redis.freeze();
    const before = Date.now();
    await expect(one.jobs.add(ORDERS, { text: 'a' })).rejects.toThrow(QueueUnavailable);
    await expect(one.jobs.find(ORDERS, 'a')).rejects.toThrow(QueueUnavailable);
    // Two deadlines of 500 milliseconds, on a machine that may be busy.
    expect(Date.now() - before).toBeLessThan(5000);
    redis.thaw();
    await findUntil(one, await addUntilAccepted(one), 'completed');
    expect([one.log.count(AWAY), one.log.count(BACK)]).toEqual([1, 1]);
  });

  it('is down at first: the application starts, says so, and works when it is up', async () => {
    await redis.kill();
    const one = await start();
    await expect(one.jobs.add(ORDERS, { text: 'too early' })).rejects.toThrow(QueueUnavailable);
    await redis.restart();
    await findUntil(one, await addUntilAccepted(one), 'completed');
    expect([one.log.count(AWAY), one.log.count(BACK), one.log.lines.length]).toEqual([1, 1, 2]);
  });

  it('is down at first is said before anything asks it', async () => {
    await redis.kill();
    const one = await start({ work: false });
    expect(one.log.count(`${AWAY} ${new URL(redis.url).host} (ECONNREFUSED)`)).toBe(1);
  });

  it.each([
    ['killed', () => redis.kill()],
    ['frozen', async () => redis.freeze()],
  ])('is %s does not keep the application from closing, with a job in progress', async (_, stop) => {
    const one = await startWork(redis.url);
    const work = holdWork();
    one.worker.work = work.work;
    await one.jobs.add(ORDERS, { text: 'a' });
    await work.begun;
    await stop();
    const before = Date.now();
    await one.app.close();
    expect(Date.now() - before).toBeLessThan(AT_ONCE_MS);
    expect(one.worker.runs[0]!.job.signal.aborted).toBe(true);
    work.finish();
  });

  it('is back lets the application close, although its connections are just being made', async () => {
    const one = await startWork(redis.url);
    await addUntilAccepted(one);
    await redis.kill();
    await until(() => one.log.count(AWAY) > 0);
    await redis.restart();
    await addUntilAccepted(one);
    await one.app.close({ timeoutMs: 20_000 });
    expect(one.log.count('did not finish in time')).toBe(0);
  });
});
