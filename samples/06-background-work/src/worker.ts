import { createApp } from '@sluice/core';
import { queue } from '@sluice/queue';
import { ReportWriter } from './report-writer';

/** A worker in its own process: an application that starts and stops, but does not listen. */
async function main() {
  const { REDIS_URL: redisUrl = 'redis://127.0.0.1:6379' } = process.env;
  const app = await createApp({ providers: [ReportWriter], services: [queue({ connection: redisUrl })] });
  const stop = () => void app.close().finally(() => process.exit());
  process.once('SIGINT', stop).once('SIGTERM', stop);
  await app.start();
  console.log('Waiting for orders (Ctrl-C stops it)');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
