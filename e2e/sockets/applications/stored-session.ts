import { readSession, session } from '@sluice/session';
import { redisStore } from '@sluice/session-redis';
import { CLIENTS } from '../../redis/clients';
import { serve } from '../serve';

/** An application that shares its sessions through Redis: `REDIS_PORT`, `REDIS_CLIENT`. */
async function main(): Promise<void> {
  const { REDIS_PORT, REDIS_CLIENT } = process.env;
  const [, open] = CLIENTS.find(([name]) => name === REDIS_CLIENT)!;
  const { client } = await open(Number(REDIS_PORT));
  const store = redisStore({ client, deadline: 5000 });
  await serve({
    middleware: [session({ secretKey: 'a secret of at least thirty-two bytes', store })],
    routes: [
      { method: 'GET', path: '/', handler: async (context) => ({ session: await readSession(context) }) },
      {
        method: 'POST',
        path: '/',
        handler: async (context) => Object.assign(await readSession(context), await context.request.json()),
      },
    ],
  });
}

void main();
