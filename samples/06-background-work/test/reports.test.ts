import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '@sluice/core';
import { createBackgroundWork, type BackgroundWorkOptions } from '../src/create-background-work';
import type { ReportOrder } from '../src/report-order';
import { ReportWriter, type Report } from '../src/report-writer';
import { KEEPS_DATA, RedisServer } from '../../../e2e/redis/redis-server';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const REPORT: Report = { words: 4, longest: 'water' };

// This only guards against hanging: the machine may be busy.
jest.setTimeout(60_000);

describe('reports', () => {
  let redis: RedisServer;
  const apps: App[] = [];

  beforeEach(async () => {
    for (const method of ['error', 'warn', 'info'] as const)
      jest.spyOn(console, method).mockImplementation(() => undefined);
    redis = await RedisServer.prepare(...KEEPS_DATA);
    await redis.restart();
  });

  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close();
    await redis[Symbol.asyncDispose]();
    jest.restoreAllMocks();
  });

  async function start(options: Omit<BackgroundWorkOptions, 'redisUrl'> = {}) {
    const app = await createBackgroundWork({ redisUrl: redis.url, ...options });
    apps.push(app);
    return app;
  }

  /** Starts an application with the writer of a test. */
  const startWith = (write: ReportWriter['write']) => {
    class TestWriter extends ReportWriter {
      override write(order: ReportOrder) {
        return write(order);
      }
    }
    return start({ overrides: [{ token: ReportWriter, useFactory: () => new TestWriter() }] });
  };

  const order = (app: App, text: string) => app.inject({ method: 'POST', url: '/reports', body: { text } });

  async function readUntil(app: App, location: string, ...states: readonly string[]) {
    for (;;) {
      const response = await app.inject({ url: location });
      const body = response.json<{ state: string }>();
      if (states.includes(body.state)) return body;
      await wait(20);
    }
  }

  async function orderUntilAccepted(app: App) {
    for (;;) {
      const response = await order(app, 'slow water runs deep');
      if (response.status === 202) return response;
      expect(response.status).toBe(503);
      await wait(20);
    }
  }

  const listWarnings = () => jest.mocked(console.warn).mock.calls.map(([line]) => String(line));

  /** The warnings that Redis is down. */
  const readNotices = () => listWarnings().filter((line) => line.includes('cannot reach Redis'));

  it('are accepted with 202 and a Location, and written by the worker', async () => {
    const app = await start();
    const accepted = await order(app, 'slow water runs deep');
    const { id } = accepted.json<{ id: string }>();
    expect([accepted.status, accepted.header('location')]).toEqual([202, `/reports/${id}`]);
    expect(accepted.json()).toEqual({ id, state: 'waiting' });
    const done = { id, state: 'completed', attempts: 1, report: REPORT };
    expect(await readUntil(app, `/reports/${id}`, 'completed')).toEqual(done);
  });

  it('outlive the application that accepted them', async () => {
    const first = await start({ withWorker: false });
    const location = (await order(first, 'slow water runs deep')).header('location')!;
    expect((await first.inject({ url: location })).json()).toMatchObject({ state: 'waiting', attempts: 0 });
    await first.close();

    const second = await start();
    expect(await readUntil(second, location, 'completed')).toMatchObject({ report: REPORT });
  });

  it('are tried again if the work fails', async () => {
    let failures = 2;
    const app = await startWith(async () => {
      if (failures-- > 0) throw new Error('not yet');
      return REPORT;
    });
    const { id } = (await order(app, 'a text')).json<{ id: string }>();
    const done = { id, state: 'completed', attempts: 3, report: REPORT };
    expect(await readUntil(app, `/reports/${id}`, 'completed', 'failed')).toEqual(done);
    expect(jest.mocked(console.error).mock.calls).toEqual([
      [new Error('not yet'), `The job reports ${id} failed and is tried again (attempt 1 of 3)`],
      [new Error('not yet'), `The job reports ${id} failed and is tried again (attempt 2 of 3)`],
    ]);
  });

  it('fail after the third attempt', async () => {
    const app = await startWith(() => Promise.reject(new Error('never')));
    const { id } = (await order(app, 'a text')).json<{ id: string }>();
    const failed = { id, state: 'failed', attempts: 3 };
    expect(await readUntil(app, `/reports/${id}`, 'completed', 'failed')).toEqual(failed);
  });

  it('fail at once if another attempt would not help, without the reason in the response', async () => {
    const app = await start();
    const { id } = (await order(app, ' \n ')).json<{ id: string }>();
    const failed = { id, state: 'failed', attempts: 1 };
    expect(await readUntil(app, `/reports/${id}`, 'completed', 'failed')).toEqual(failed);
    expect(console.error).toHaveBeenCalledWith(
      expect.objectContaining({ message: 'The text has no words.' }),
      `The job reports ${id} failed for good (attempt 1 of 3)`,
    );
  });

  it('refuse an empty text, an invalid id and an unknown id', async () => {
    const app = await start({ withWorker: false });
    expect((await order(app, '')).status).toBe(422);
    expect((await app.inject({ url: '/reports/1' })).status).toBe(422);
    expect((await app.inject({ url: `/reports/${UNKNOWN}` })).status).toBe(404);
  });

  it('are finished before the application has closed', async () => {
    const work = holdWork();
    const app = await startWith(work.write);
    const location = (await order(app, 'a text')).header('location')!;
    await work.begun;
    const closed = app.close();
    work.finish();
    await closed;

    const other = await start({ withWorker: false });
    expect((await other.inject({ url: location })).json()).toMatchObject({ state: 'completed', attempts: 1 });
  });

  it('survive a Redis that is killed during a job; meanwhile they answer 503, and other routes work', async () => {
    const work = holdWork();
    const app = await startWith(work.write);
    const location = (await order(app, 'a text')).header('location')!;
    await work.begun;
    await redis.kill();

    for (const response of [await order(app, 'too late'), await app.inject({ url: location })]) {
      expect([response.status, response.header('retry-after')]).toEqual([503, '5']);
      expect(response.header('content-type')).toBe('application/problem+json');
      expect(response.json()).toMatchObject({
        title: 'Service Unavailable',
        status: 503,
        code: 'queue_unavailable',
        detail: 'The queue cannot be reached at the moment.',
      });
    }
    const signup = { method: 'POST', url: '/signups', body: { email: 'ada@example.org' } };
    expect((await app.inject(signup)).status).toBe(201);
    work.finish();
    while (readNotices().length === 0) await wait(20);

    await redis.restart();
    expect(await readUntil(app, location, 'completed')).toMatchObject({ attempts: 1, report: REPORT });
    await orderUntilAccepted(app);
    expect(readNotices()).toHaveLength(1);
  });

  it('let the application close as soon as Redis is back', async () => {
    const app = await start();
    await readUntil(app, (await order(app, 'a text')).header('location')!, 'completed');
    await redis.kill();
    while (readNotices().length === 0) await wait(20);
    await redis.restart();
    await orderUntilAccepted(app);
    await app.close();
    // Neither a job nor a connection was waited for in vain. Each refused order is a line of its own.
    expect(listWarnings().filter((line) => !line.includes('cannot be reached at the moment'))).toEqual(
      readNotices(),
    );
    expect(readNotices()).toHaveLength(1);
  });

  it('answer 503 while Redis accepts commands without answering, and work again afterwards', async () => {
    const app = await start();
    await orderUntilAccepted(app);
    redis.freeze();
    expect((await order(app, 'a text')).status).toBe(503);
    redis.thaw();
    const location = (await orderUntilAccepted(app)).header('location')!;
    expect(await readUntil(app, location, 'completed')).toMatchObject({ report: REPORT });
  });

  it('work as soon as Redis is up, if it was down at first', async () => {
    await redis.kill();
    const app = await start();
    expect((await order(app, 'too early')).status).toBe(503);
    expect(readNotices()).toEqual([
      `The queue cannot reach Redis at ${new URL(redis.url).host} (ECONNREFUSED). Until it is back, no job is added and none begins.`,
    ]);
    await redis.restart();
    const location = (await orderUntilAccepted(app)).header('location')!;
    expect(await readUntil(app, location, 'completed')).toMatchObject({ report: REPORT });
    expect(console.info).toHaveBeenCalledWith(`The queue reaches Redis at ${new URL(redis.url).host} again.`);
  });
});

/** Work that ends when the test calls `finish`. `begun` resolves when it has begun. */
function holdWork() {
  let begin = (): void => {};
  let finish = (): void => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const held = new Promise<void>((resolve) => (finish = resolve));
  const write = async () => {
    begin();
    await held;
    return REPORT;
  };
  return { write, begun, finish };
}
