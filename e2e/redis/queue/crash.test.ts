import path from 'node:path';
import { Program } from '../../programs/program';
import { until } from '../../sockets/until';
import { RedisServer } from '../redis-server';
import { BriefWorker, ORDERS, startWork } from './work';

// This only guards against hanging: a process compiles its sources when it starts for the first time.
jest.setTimeout(120_000);

const TYPESCRIPT = path.resolve(__dirname, '../../sockets/typescript.cjs');

describe('a worker process that is killed during a job', () => {
  let redis: RedisServer;

  beforeAll(async () => {
    redis = await RedisServer.start();
  });

  afterAll(() => redis[Symbol.asyncDispose]());

  const startHolder = async () => {
    const args = ['--require', TYPESCRIPT, path.resolve(__dirname, 'hold-job.ts')];
    const program = Program.start(process.execPath, args, { env: { REDIS_URL: redis.url } });
    await program.waitFor(/ready/);
    return program;
  };

  it('loses no job: another one begins it again, and a job that kills its processes becomes a dead letter', async () => {
    const adds = await startWork(redis.url, { work: ['dead-orders'] });
    await using first = await startHolder();
    const id = await adds.jobs.add(ORDERS, { text: 'precious' });
    await first.waitFor(new RegExp(`began ${id}`));
    await first.stop('SIGKILL');

    const second = await startWork(redis.url, { work: ['orders'] }, [], BriefWorker);
    await until(async () => (await adds.jobs.find(ORDERS, id))?.state === 'completed');
    expect(second.worker.runs.map(({ text }) => text)).toEqual(['precious']);
    expect(second.log.lines).toEqual([`The job orders ${id} begins again: its process has died.`]);
    expect(adds.worker.letters).toEqual([]);
    await second.app.close();

    const deadly = await adds.jobs.add(ORDERS, { text: 'deadly' });
    for (let count = 0; count < 2; count++) {
      await using holder = await startHolder();
      await holder.waitFor(new RegExp(`began ${deadly}`));
      await holder.stop('SIGKILL');
    }
    const third = await startWork(redis.url, { work: ['orders'] }, [], BriefWorker);
    await until(() => adds.worker.letters.length === 1);
    expect(adds.worker.letters).toMatchObject([{ id: deadly, payload: { text: 'deadly' } }]);
    expect(third.worker.runs).toEqual([]);
    await third.app.close();
    await adds.app.close();
  });
});
