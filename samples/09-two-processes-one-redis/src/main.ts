import { printPlan } from '@sluice/core';
import { createSharedApp } from './create-shared-app';

async function main() {
  const {
    PORT = '8000',
    REDIS_URL: redisUrl = 'redis://127.0.0.1:6379',
    SESSION_SECRET: sessionSecret = 'a development secret, which is public',
  } = process.env;
  const app = await createSharedApp({ redisUrl, sessionSecret });
  const { url } = await app.listen({ port: Number(PORT), host: '127.0.0.1' });
  console.log(printPlan(app.plan));
  console.log(`\nProcess ${process.pid} listens on ${url} (Ctrl-C stops it)`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
