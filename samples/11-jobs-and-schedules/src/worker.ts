import { printPlan } from '@sluice/core';
import { createProcess } from './create-process';

/** A process that answers no requests: an application that starts and stops, but does not listen. */
async function main() {
  const { REDIS_URL: redisUrl = 'redis://127.0.0.1:6379' } = process.env;
  const app = await createProcess({ redisUrl, kind: 'worker' });
  const stop = () => void app.close().finally(() => process.exit());
  process.once('SIGINT', stop).once('SIGTERM', stop);
  await app.start();
  console.log(printPlan(app.plan));
  console.log(`\nProcess ${process.pid} waits for jobs (Ctrl-C stops it)`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
