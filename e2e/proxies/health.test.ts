import { createApp, type App } from '@sluice/core';
import { health } from '@sluice/health';
import { ProxyServer } from './proxy-server';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

const quiet = { info() {}, warn() {}, error() {} };

/** An application that is ready as long as its switch says so. */
async function startApp(name: string): Promise<{ app: App; port: number; state: { isUp: boolean } }> {
  const state = { isUp: true };
  const app = await createApp({
    logger: quiet,
    routes: [
      ...health({ checks: { switch: { check: () => state.isUp, cacheMs: 0 } } }),
      { method: 'GET', path: '/name', handler: () => name },
    ],
  });
  return { app, port: (await app.listen({ port: 0, handleSignals: false })).port, state };
}

describe('nginx in front of two applications with health routes', () => {
  let first: Awaited<ReturnType<typeof startApp>>;
  let second: Awaited<ReturnType<typeof startApp>>;
  let proxy: ProxyServer | undefined;

  beforeAll(async () => {
    [first, second] = await Promise.all([startApp('first'), startApp('second')]);
    // Without `max_fails=0`, nginx would leave out a server for a while after one 503.
    proxy = await ProxyServer.nginx(`
      upstream app {
        server 127.0.0.1:${first.port} max_fails=0;
        server 127.0.0.1:${second.port} max_fails=0;
      }
      server {
        listen 127.0.0.1:PORT;
        location / {
          proxy_pass http://app;
          proxy_http_version 1.1;
          proxy_next_upstream error timeout http_503;
        }
      }
    `);
  });

  afterAll(async () => {
    await proxy?.stop();
    for (const { app } of [first, second]) await app.close({ timeoutMs: 0 });
  });

  const ask = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${proxy!.port}${path}`);
    return [response.status, await response.text()] as const;
  };
  const UP = [200, '{"status":"up","checks":{"switch":{"status":"up"}}}'];

  it('asks both, and each is ready', async () => {
    for (let count = 0; count < 4; count += 1) expect(await ask('/readyz')).toEqual(UP);
    expect(await ask('/livez')).toEqual([200, '{"status":"up"}']);
  });

  it('passes over the one that is not ready, and answers 503 when neither is', async () => {
    first.state.isUp = false;
    for (let count = 0; count < 4; count += 1) expect(await ask('/readyz')).toEqual(UP);
    second.state.isUp = false;
    expect(await ask('/readyz')).toEqual([503, '{"status":"down","checks":{"switch":{"status":"down"}}}']);
    expect((await ask('/livez'))[0]).toBe(200);
    first.state.isUp = second.state.isUp = true;
    expect(await ask('/readyz')).toEqual(UP);
  });

  it('answers from the other one after one has closed', async () => {
    await first.app.close();
    for (let count = 0; count < 4; count += 1) expect(await ask('/name')).toEqual([200, 'second']);
    expect(await ask('/readyz')).toEqual(UP);
  });
});
