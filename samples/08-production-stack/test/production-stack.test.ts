import { createApp, notFound, type App } from '@sluice/core';
import { metrics } from '@sluice/metrics';
import { underPressure } from '@sluice/under-pressure';
import { countRefusals } from '../src/count-refusals';
import { createProductionStack } from '../src/create-production-stack';
import { Settings } from '../src/settings';

const HOST = 'app.example';

describe('the production stack sample', () => {
  let app: App;

  beforeEach(async () => {
    app = await createProductionStack({
      settings: Object.assign(new Settings(), { ALLOWED_HOSTS: [HOST] }),
      accessLog: { logger: { info() {}, warn() {}, error() {} } },
    });
  });

  afterEach(() => app.close());

  const ask = (url: string, headers: Record<string, string> = {}) =>
    app.inject({ url, headers: { host: HOST, ...headers } });

  const add = (text: unknown, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: '/notes',
      headers: { host: HOST, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ text }),
    });

  it('keeps the notes of each visitor in a session', async () => {
    const added = await add('milk');
    expect(added.status).toBe(201);
    const cookie = String(added.header('set-cookie')).split(';')[0]!;
    expect((await ask('/notes', { cookie })).json()).toEqual(['milk']);
    expect((await ask('/notes')).json()).toEqual([]);
  });

  it('answers with an id, the headers of an API, a tag and the limits', async () => {
    const { headers } = await ask('/notes');
    expect(Object.keys(headers)).toEqual(
      expect.arrayContaining([
        'x-request-id',
        'content-security-policy',
        'etag',
        'ratelimit',
        'ratelimit-policy',
      ]),
    );
  });

  it('refuses other hosts, forged requests, wrong bodies and more than ten writes a minute', async () => {
    expect((await ask('/notes', { host: 'evil.example' })).status).toBe(400);
    expect((await add('x', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await add(7)).status).toBe(422);
    const statuses: number[] = [];
    for (let count = 0; count < 12; count += 1) statuses.push((await add('x')).status);
    expect(statuses).toContain(429);
  });

  it('gives up a report that takes too long', async () => {
    const response = await ask('/notes/report');
    expect([response.status, response.header('x-request-id')]).toEqual([504, expect.any(String)]);
  });

  it('answers health checks by any name, and without limit', async () => {
    for (const url of ['/livez', '/readyz']) {
      const response = await app.inject({ url, headers: { host: '10.0.0.7' } });
      expect([response.status, response.json()]).toEqual([200, { status: 'up' }]);
      expect(response.header('ratelimit')).toBeUndefined();
    }
  });
});

describe('countRefusals', () => {
  it('counts the requests that underPressure refuses, and no other', async () => {
    const meters = metrics({ process: false });
    let release = (): void => undefined;
    const held = new Promise<string>((resolve) => (release = () => resolve('done')));
    await using app = await createApp({
      logger: { info() {}, warn() {}, error() {} },
      middleware: [countRefusals(meters), underPressure({ maxInFlight: 1 })],
      routes: [
        { method: 'GET', path: '/held', handler: () => held },
        { method: 'GET', path: '/none', handler: () => notFound() },
      ],
    });
    expect((await app.inject({ url: '/none' })).status).toBe(404);
    const first = app.inject({ url: '/held' });
    expect((await app.inject({ url: '/held' })).status).toBe(503);
    release();
    expect((await first).text()).toBe('done');
    expect(await meters.read()).toMatch(/^under_pressure_refusals_total 1$/m);
  });
});
