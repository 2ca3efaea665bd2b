import { RedisServer } from '../redis/redis-server';
import { until } from '../sockets/until';
import { ask, listStarted, startProgram } from './start-workers';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

describe('The connections of providers to Redis', () => {
  it('are one for each worker and none for the supervisor, also after a worker has been killed', async () => {
    await using redis = await RedisServer.start();
    await using program = startProgram('counting', { REDIS_URL: redis.url });
    const [, url = ''] = await program.waitFor(/workers listen on (http:\S+)\.\n/);
    expect(await redis.countClients('provider')).toBe(2);
    expect(await ask(url)).toMatchObject({ count: 1 });
    process.kill(listStarted(program)[0]!.pid, 'SIGKILL');
    await until(() => listStarted(program).length === 3);
    expect(await redis.countClients('provider')).toBe(2);
    expect(await program.stop('SIGTERM')).toBe(0);
    expect(await redis.countClients('provider')).toBe(0);
  });
});
