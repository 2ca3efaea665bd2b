import path from 'node:path';
import { Program } from '../../../e2e/programs/program';
import { startSample } from '../../../e2e/programs/start-sample';
import { RedisServer, KEEPS_DATA } from '../../../e2e/redis/redis-server';
import { until } from '../../../e2e/sockets/until';

// This only guards against hanging: the machine may be busy.
jest.setTimeout(60_000);

interface Shown {
  readonly state: string;
  readonly attempts: number;
  readonly invoice?: { readonly text: string; readonly process: number };
}

describe('processes of two kinds', () => {
  let redis: RedisServer;

  beforeEach(async () => {
    redis = await RedisServer.start(...KEEPS_DATA);
  });

  afterEach(() => redis[Symbol.asyncDispose]());

  /** By default no task begins while a test runs. */
  const makeEnv = (every = '1d') => ({ REDIS_URL: redis.url, REMIND_EVERY: every });

  const startWeb = (every?: string) => startSample('11-jobs-and-schedules', makeEnv(every));

  const startWorker = async (every?: string) => {
    const file = path.resolve(__dirname, '../dist/worker.js');
    const worker = Program.start(process.execPath, [file], { env: makeEnv(every) });
    await worker.waitFor(/waits for jobs/);
    return worker;
  };

  const order = (url: string, body: unknown) =>
    fetch(`${url}/invoices`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  const show = async (url: string) => (await (await fetch(url)).json()) as Shown;

  /** The instants for which the programs have added a reminder. */
  const readReminders = (...programs: readonly Program[]) =>
    programs.flatMap(({ stdout }) => [...stdout.matchAll(/added (reminder-\d+)/g)].map(([, id]) => id!));

  it('share jobs: one adds them, the other does them, and they wait while no worker runs', async () => {
    await using web = startWeb();
    const url = await web.waitForUrl();
    expect((await order(url, { to: 'ada@example.org', cents: 0 })).status).toBe(422);
    const accepted = await order(url, { to: 'ada@example.org', cents: 1250 });
    expect(accepted.status).toBe(202);
    const invoice = url + accepted.headers.get('location')!;
    expect(await show(invoice)).toMatchObject({ state: 'waiting', attempts: 0 });

    await using worker = await startWorker();
    await until(async () => (await show(invoice)).state === 'completed');
    expect(await show(invoice)).toMatchObject({
      attempts: 1,
      invoice: { text: 'ada@example.org owes 12.50 €', process: worker.pid },
    });
    expect(await worker.stop()).toBe(0);
    expect(await web.stop()).toBe(0);
    expect(web.stderr + worker.stderr).toBe('');
  });

  it('share tasks: each instant runs in one of them, and the other one goes on when one is killed', async () => {
    await using web = startWeb('1s');
    await web.waitForUrl();
    await using worker = await startWorker('1s');
    await until(() => readReminders(web, worker).length >= 4);
    await worker.stop('SIGKILL');
    const before = readReminders(web).length;
    await until(() => readReminders(web).length > before);
    const reminders = readReminders(web, worker);
    expect(new Set(reminders).size).toBe(reminders.length);
  });

  it('print what they do', async () => {
    await using web = startWeb();
    await web.waitForUrl();
    await using worker = await startWorker();
    const tasks = [
      /^EVERY +1d +Reminders\.remind +lock > remind$/m,
      /^CRON +0 3 \* \* \* Europe\/Berlin +Reminders\.count +lock > count$/m,
    ];
    for (const row of tasks) for (const program of [web, worker]) expect(program.stdout).toMatch(row);
    expect(web.stdout).toMatch(/^POST +\/invoices +InvoicesController\.order/m);
    expect(web.stdout).not.toMatch(/^JOB/m);
    expect(worker.stdout).toMatch(
      /^JOB +invoices +InvoiceWriter\.write +concurrency\(4\) > attempts\(3\) > deadLetter\(dead-invoices\) > validate\(InvoiceOrder\) > write$/m,
    );
  });

  it('answer 503 while Redis is down, close without waiting, and go on when it is back', async () => {
    await using web = startWeb();
    const url = await web.waitForUrl();
    await using worker = await startWorker();
    await redis.kill();
    await worker.waitFor(/The queue cannot reach Redis/);
    const refused = await order(url, { to: 'ada@example.org', cents: 1250 });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await worker.stop()).toBe(0);
    expect(worker.stderr).not.toContain('did not finish in time');

    await redis.restart();
    await web.waitFor(/The queue reaches Redis/);
    await using other = await startWorker();
    const accepted = await order(url, { to: 'ada@example.org', cents: 1250 });
    const invoice = url + accepted.headers.get('location')!;
    await until(async () => (await show(invoice)).state === 'completed');
    expect((await show(invoice)).invoice!.process).toBe(other.pid);
  });
});
