import { printPlan, serve } from '@sluice/core';
import { createClient } from 'redis';
import { createProductionStack } from './create-production-stack';

const {
  PORT = '8000',
  ALLOWED_HOSTS = '127.0.0.1,localhost',
  TRUSTED_PROXIES = '',
  SESSION_SECRET: sessionSecret = 'a development secret, which is public',
  REDIS_URL,
} = process.env;

/** Runs in each process; the supervisor of several has no connection. */
async function create() {
  const app = await createProductionStack({
    allowedHosts: ALLOWED_HOSTS.split(','),
    trustProxy: TRUSTED_PROXIES.split(',').filter((address) => address !== ''),
    sessionSecret,
    client: REDIS_URL === undefined ? undefined : await connect(REDIS_URL),
  });
  if (app.worker.id === 1) console.log(printPlan(app.plan));
  return app;
}

/** Commands must fail at once while Redis is down: a queue would send them again later. */
async function connect(url: string) {
  const client = createClient({ url, disableOfflineQueue: true });
  client.on('error', (error: Error) => console.error('Redis:', error.message));
  return client.connect();
}

async function main() {
  const { url } = await serve(create, { port: Number(PORT), host: '127.0.0.1' });
  console.log(`\nListening on ${url} (SLUICE_WORKERS=auto uses all cores, Ctrl-C stops it)`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
