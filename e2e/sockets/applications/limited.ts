import { rateLimit, redisLimits } from '@sluice/rate-limit';
import { CLIENTS } from '../../redis/clients';
import { serve } from '../serve';

/** An application that shares its limits through Redis: `REDIS_PORT`, `REDIS_CLIENT`, `LIMIT`. */
async function main(): Promise<void> {
  const { REDIS_PORT, REDIS_CLIENT, LIMIT } = process.env;
  const [, open] = CLIENTS.find(([name]) => name === REDIS_CLIENT)!;
  const { client } = await open(Number(REDIS_PORT));
  const store = redisLimits({ client, timeoutMs: 5000 });
  await serve({
    middleware: [rateLimit({ limit: Number(LIMIT), window: 600, store, onStoreError: 'closed' })],
    routes: [{ method: 'GET', path: '/', handler: () => 'hello' }],
  });
}

void main();
