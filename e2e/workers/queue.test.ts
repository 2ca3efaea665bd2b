import { RedisServer } from '../redis/redis-server';
import { startProgram } from './start-workers';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

describe('The jobs of a program with several workers', () => {
  it('are done by each of its processes', async () => {
    await using redis = await RedisServer.start();
    await using program = startProgram('queued', { REDIS_URL: redis.url });
    const [, ada] = await program.waitFor(/^\[\d\] ada met in (\d+)$/m);
    const [, grace] = await program.waitFor(/^\[\d\] grace met in (\d+)$/m);
    expect(ada).not.toBe(grace);
    expect(await program.stop('SIGTERM')).toBe(0);
  });
});
