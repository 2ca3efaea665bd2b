import { createApp } from '@sluice/core';

/** Takes over the socket that it has inherited as descriptor 3, as with the socket activation of systemd. */
async function run(): Promise<void> {
  const logger = { info() {}, warn() {}, error() {} };
  const app = await createApp({ logger, routes: [{ method: 'GET', path: '/', handler: () => 'inherited' }] });
  const { host, port, url } = await app.listen({ fd: 3 });
  process.stdout.write(`${JSON.stringify({ host, port, url, engine: app.engine })}\n`);
}

void run();
