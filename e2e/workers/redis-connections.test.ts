import { setTimeout as wait } from 'node:timers/promises';
import { RedisServer } from '../redis/redis-server';
import { ask, listStarted, startProgram } from './start-workers';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

async function countClients(redis: RedisServer): Promise<number> {
  return (await redis.command('CLIENT', 'LIST')).split('\n').filter((line) => line.includes('name=provider'))
    .length;
}

describe('The connections of providers to Redis', () => {
  it('are one for each worker and none for the supervisor, also after a worker has been killed', async () => {
    await using redis = await RedisServer.start();
    await using program = startProgram('counting', { REDIS_URL: redis.url });
    const [, url = ''] = await program.waitFor(/workers listen on (http:\S+)\.\n/);
    expect(await countClients(redis)).toBe(2);
    expect(await ask(url)).toMatchObject({ count: 1 });
    process.kill(listStarted(program)[0]!.pid, 'SIGKILL');
    for (let count = 0; count < 1000 && listStarted(program).length < 3; count++) await wait(50);
    expect(await countClients(redis)).toBe(2);
    expect(await program.stop('SIGTERM')).toBe(0);
    expect(await countClients(redis)).toBe(0);
  });
});
