import { setTimeout as wait } from 'node:timers/promises';
import path from 'node:path';
import { Program } from '../../../e2e/programs/program';
import { startSample } from '../../../e2e/programs/start-sample';
import { KEEPS_DATA, RedisServer } from '../../../e2e/redis/redis-server';

// This only guards against hanging: the machine may be busy.
jest.setTimeout(60_000);

describe('the programs', () => {
  let redis: RedisServer;

  beforeEach(async () => {
    redis = await RedisServer.prepare(...KEEPS_DATA);
  });

  afterEach(() => redis[Symbol.asyncDispose]());

  const startMain = (env: Readonly<Record<string, string>> = {}) =>
    startSample('06-background-work', { REDIS_URL: redis.url, ...env });

  const startWorker = () =>
    Program.start(process.execPath, [path.resolve(__dirname, '../dist/worker.js')], {
      env: { REDIS_URL: redis.url },
    });

  const post = (url: string, body: unknown) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  const readState = async (url: string) => ((await (await fetch(url)).json()) as { state: string }).state;

  it('main.js accepts orders and processes them', async () => {
    await redis.restart();
    await using main = startMain();
    const url = await main.waitForUrl();
    const accepted = await post(`${url}/reports`, { text: 'a word' });
    expect(accepted.status).toBe(202);
    const report = url + accepted.headers.get('location')!;
    while ((await readState(report)) !== 'completed') await wait(20);
    expect(main.stderr).toBe('');
    expect(await main.stop()).toBe(0);
  });

  it('main.js reports in one line that Redis is down, and serves requests that do not need it', async () => {
    await using main = startMain();
    const url = await main.waitForUrl();
    expect(main.stderr).toBe(
      `The queue cannot reach Redis at ${new URL(redis.url).host} (ECONNREFUSED). Until it is back, no job is added and none begins.\n`,
    );
    expect((await post(`${url}/signups`, { email: 'ada@example.org' })).status).toBe(201);
    expect((await post(`${url}/reports`, { text: 'a word' })).status).toBe(503);
    expect(await main.stop()).toBe(0);
  });

  it('main.js reports that its port is in use, and exits with code 1', async () => {
    await redis.restart();
    await using first = startMain();
    const { port } = new URL(await first.waitForUrl());
    await using second = startMain({ PORT: port });
    expect(await second.ended).toBe(1);
    expect(second.stderr).toContain(`Another process listens on 127.0.0.1:${port}.`);
    expect(await first.stop()).toBe(0);
  });

  it('worker.js processes the orders that main.js has accepted', async () => {
    await redis.restart();
    await using main = startMain({ WORKER: 'elsewhere' });
    const url = await main.waitForUrl();
    const accepted = await post(`${url}/reports`, { text: 'slow water runs deep' });
    const report = url + accepted.headers.get('location')!;
    expect(await readState(report)).toBe('waiting');

    await using worker = startWorker();
    while ((await readState(report)) !== 'completed') await wait(20);
    expect(await worker.stop()).toBe(0);
    expect(await main.stop()).toBe(0);
  });

  it.each([
    ['main.js', startMain, /Listening on/],
    ['worker.js', startWorker, /Waiting for orders/],
  ] as const)('%s exits with code 0 while Redis is down, without waiting', async (_, start, started) => {
    await redis.restart();
    await using program = start();
    await program.waitFor(started);
    await redis.kill();
    await program.waitFor(/cannot reach Redis at/);
    expect(await program.stop()).toBe(0);
    expect(program.stderr).not.toContain('did not finish in time');
  });
});
