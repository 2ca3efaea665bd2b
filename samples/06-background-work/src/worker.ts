import { createApp } from '@sluice/core';
import { ReportWorker } from './report-worker';
import { REDIS_URL } from './shared-redis';

/** A worker in its own process: an application that starts and stops, but does not listen. */
async function main() {
  const { REDIS_URL: redisUrl = 'redis://127.0.0.1:6379' } = process.env;
  const app = await createApp({ providers: [{ token: REDIS_URL, useValue: redisUrl }, ReportWorker] });
  const stop = () => void app.close().finally(() => process.exit());
  process.once('SIGINT', stop).once('SIGTERM', stop);
  await app.start();
  console.log('Waiting for orders (Ctrl-C stops it)');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
