import { describeConfig, loadConfig } from '@sluice/config';
import { printPlan, serve } from '@sluice/core';
import { createClient } from 'redis';
import { createProductionStack } from './create-production-stack';
import { Settings } from './settings';

/** Commands must fail at once while Redis is down: a queue would send them again later. */
async function connect(url: string) {
  const client = createClient({ url, disableOfflineQueue: true });
  client.on('error', (error: Error) => console.error('Redis:', error.message));
  return client.connect();
}

async function main() {
  const settings = loadConfig(Settings, { files: true });
  const { PORT, REDIS_URL } = settings;

  /** Runs in each process; the supervisor of several has no connection. */
  const create = async () => {
    const client = REDIS_URL === undefined ? undefined : await connect(REDIS_URL);
    const app = await createProductionStack({ settings, client });
    if (app.worker.id === 1) console.log(`${describeConfig(settings)}\n\n${printPlan(app.plan)}`);
    return app;
  };

  const { url } = await serve(create, { port: PORT, host: '127.0.0.1' });
  console.log(`\nListening on ${url} (SLUICE_WORKERS=auto uses all cores, Ctrl-C stops it)`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
