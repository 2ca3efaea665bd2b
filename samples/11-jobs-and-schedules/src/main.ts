import { printPlan } from '@sluice/core';
import { createProcess } from './create-process';

async function main() {
  const { PORT = '8000', REDIS_URL: redisUrl = 'redis://127.0.0.1:6379' } = process.env;
  const app = await createProcess({ redisUrl, kind: 'web' });
  const { url } = await app.listen({ port: Number(PORT), host: '127.0.0.1' });
  console.log(printPlan(app.plan));
  console.log(`\nProcess ${process.pid} listens on ${url} (Ctrl-C stops it)`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
