import { findFreePort } from '../../../e2e/sockets/find-free-port';
import { startSample } from '../../../e2e/programs/start-sample';
import { until } from '../../../e2e/sockets/until';

const start = (env?: Record<string, string>) => startSample('08-production-stack', env);

describe('node dist/main.js', () => {
  it('prints its settings without the secret and the plan, and serves from one process', async () => {
    await using program = start({ SESSION_SECRET: 'a secret that must not be in any log' });
    const url = await program.waitForUrl();
    expect(program.stdout).toMatch(/^SESSION_SECRET +•••• +environment$/m);
    expect(program.stdout).toMatch(
      /^GET +\/readyz +health\.ready +requestId > metrics > countRefusals > securityHeaders > /m,
    );
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'up' });
    const added = await fetch(`${url}/notes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"text":"milk"}',
    });
    expect(added.status).toBe(201);
    expect(program.stdout + program.stderr).not.toContain('must not be');
  });

  it('serves from two processes, and a scrape of either sums both', async () => {
    const port = await findFreePort();
    await using program = start({ SLUICE_WORKERS: '2', METRICS_PORT: String(port) });
    // The metrics have a URL of their own.
    const [, url] = await program.waitFor(/Listening on (http:\S+)/);
    const scrape = async () =>
      (await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: 'close' } })).text();
    // The first one may listen long before the second.
    await until(async () => /^process_start_time_seconds\{worker="2"\}/m.test(await scrape()));
    for (let count = 0; count < 40; count += 1)
      await fetch(`${url}/livez`, { headers: { connection: 'close' } });
    const counted = /^http_server_request_duration_seconds_count\{[^}]*http_route="\/livez"[^}]*\} 40$/m;
    for (let count = 0; count < 5; count += 1) await until(async () => counted.test(await scrape()));
  });

  it('reports every variable that is wrong at once', async () => {
    await using program = start({ SESSION_SECRET: 'short', REDIS_URL: 'http://redis' });
    expect(await program.ended).toBe(1);
    expect(program.stderr).toMatch(
      /: 2 problems\.[^]+CONFIG_INVALID {2}SESSION_SECRET[^]+CONFIG_INVALID {2}REDIS_URL/,
    );
  });
});
