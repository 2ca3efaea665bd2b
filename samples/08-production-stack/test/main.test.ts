import { setTimeout as wait } from 'node:timers/promises';
import { startSample } from '../../../e2e/programs/start-sample';

const start = (env?: Record<string, string>) => startSample('08-production-stack', env);

describe('node dist/main.js', () => {
  it('prints the plan and serves from one process', async () => {
    await using program = start();
    const url = await program.waitForUrl();
    expect(program.stdout).toMatch(/^GET +\/health +HealthController\.show +requestId > /m);
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'up', worker: 1 });
    const added = await fetch(`${url}/notes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"text":"milk"}',
    });
    expect(added.status).toBe(201);
  });

  it('serves from two processes', async () => {
    await using program = start({ SLUICE_WORKERS: '2' });
    const url = await program.waitForUrl();
    const seen = new Set<number>();
    // The first one may listen long before the second.
    for (let count = 0; count < 1000 && seen.size < 2; count += 1) {
      const headers = { connection: 'close' };
      const { worker } = (await (await fetch(`${url}/health`, { headers })).json()) as { worker: number };
      seen.add(worker);
      await wait(10);
    }
    expect([...seen].sort()).toEqual([1, 2]);
  });
});
