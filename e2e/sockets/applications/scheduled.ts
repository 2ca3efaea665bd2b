import { Interval, redisLock, scheduler, type TaskRun } from '@sluice/scheduler';
import { redis, redisScript } from '@sluice/redis';
import { CLIENTS } from '../../redis/clients';
import { serve } from '../serve';

const { REDIS_PORT, REDIS_CLIENT, HOLD_MS = '5000', EVERY = '200ms', LASTS } = process.env;

/** Appends a line to the list that all processes share. */
const NOTE = redisScript(`return redis.call('RPUSH', KEYS[1], ARGV[1])`);
/** A resource that refuses what a successor has overtaken. */
const WRITE = redisScript(`
if tonumber(ARGV[1]) < tonumber(redis.call('GET', KEYS[1]) or '0') then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
return 1
`);

/**
 * A task that several processes share through Redis. It writes `pid began instant fence`, and with LASTS it lasts until
 * its signal aborts, and then tries to write to the resource.
 */
async function main(): Promise<void> {
  const [, open] = CLIENTS.find(([name]) => name === REDIS_CLIENT)!;
  const { client } = await open(Number(REDIS_PORT));
  const calls = redis({ client, timeoutMs: 5000 });
  const note = (text: string): Promise<unknown> => calls.run(NOTE, ['notes'], [`${process.pid} ${text}`]);
  const write = async (fence: number): Promise<string> =>
    (await calls.run(WRITE, ['resource'], [fence])) === 1 ? 'written' : 'refused';

  class Reports {
    @Interval(EVERY)
    async report({ scheduledAt, fence, signal }: TaskRun) {
      const isWritten = await write(fence);
      await note(`began ${scheduledAt.getTime()} ${fence} ${isWritten}`);
      if (LASTS === undefined) return;
      // A timer keeps it from being forgotten, as work would.
      const work = setInterval(() => undefined, 1000);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      clearInterval(work);
      const { reason } = signal.reason as { reason: string };
      await note(`aborted ${reason} ${await write(fence)}`);
    }
  }
  const lock = redisLock({ client, holdMs: Number(HOLD_MS) });
  await serve({ providers: [Reports], services: [scheduler({ lock })] });
}

void main();
