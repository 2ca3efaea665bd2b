import { createApp, type App } from '@sluice/core';
import { memoryLimits, rateLimit, type LimitStore, type LimitTake, type RateLimitOptions } from '../../src';

/** A store of this process that answers later, as one over a network, and fails on demand. */
class RemoteStore implements LimitStore {
  readonly name = 'remote';
  calls = 0;
  isDown = false;
  private readonly limits = memoryLimits();

  async take(takes: readonly LimitTake[]) {
    this.calls++;
    await Promise.resolve();
    if (this.isDown) throw new Error('ECONNREFUSED');
    return this.limits.take(takes);
  }
}

describe('a store that fails', () => {
  it('leaves the count to this process by default, which knows the clients already', async () => {
    const { app, store, log } = await makeApp({});
    expect(await readStatuses(app, 2)).toEqual([200, 200]);
    store.isDown = true;
    expect(await readStatuses(app, 2)).toEqual([200, 429]);
    expect(log).toEqual(['The store of the rate limits failed; requests are counted in this process only']);
    store.isDown = false;
    await readStatuses(app, 1, '203.0.113.9');
    expect(log.at(-1)).toBe('The store of the rate limits works again.');
    expect(log).toHaveLength(2);
  });

  it('lets requests pass with onStoreError open, without headers that would be wrong', async () => {
    const { app, store, log } = await makeApp({ onStoreError: 'open' });
    store.isDown = true;
    expect(await readStatuses(app, 5)).toEqual([200, 200, 200, 200, 200]);
    expect((await app.inject({ url: '/' })).header('ratelimit')).toBeUndefined();
    expect(log).toEqual(['The store of the rate limits failed; requests are not counted']);
  });

  it('refuses requests with onStoreError closed: 503, temporary-reduced-capacity, Retry-After', async () => {
    const { app, store, log } = await makeApp({ onStoreError: 'closed' });
    store.isDown = true;
    const response = await app.inject({ url: '/' });
    expect(response.status).toBe(503);
    expect(response.header('retry-after')).toBe('1');
    expect(response.json()).toMatchObject({
      type: 'https://iana.org/assignments/http-problem-types#temporary-reduced-capacity',
      code: 'rate_limit_unavailable',
    });
    expect(log).toEqual([
      'The store of the rate limits failed; requests are refused with 503',
      expect.stringMatching(/ \(\/\) failed: urn:uuid:\S+: Requests cannot be counted at the moment\.$/),
    ]);
  });

  it('may throw instead of rejecting', async () => {
    const store: LimitStore = {
      name: 'broken',
      take() {
        throw new Error('broken');
      },
    };
    const { app } = await makeApp({ store });
    expect(await readStatuses(app, 4)).toEqual([200, 200, 200, 429]);
  });
});

describe('a client that a shared store has refused', () => {
  it('is refused here until its time has come, without a call', async () => {
    const { app, store } = await makeApp({});
    expect(await readStatuses(app, 4)).toEqual([200, 200, 200, 429]);
    const refused = await app.inject({ url: '/' });
    await readStatuses(app, 100);
    expect(store.calls).toBe(4);
    expect([refused.header('retry-after'), refused.header('ratelimit')]).toEqual([
      '20',
      '"default";r=0;t=20',
    ]);
    expect(await readStatuses(app, 1, '203.0.113.9')).toEqual([200]);
  });

  it('passes when its time has come', async () => {
    const { app, store } = await makeApp({ limit: 1, window: 1 });
    expect(await readStatuses(app, 3)).toEqual([200, 429, 429]);
    await new Promise((resolve) => setTimeout(resolve, 1050));
    expect(await readStatuses(app, 1)).toEqual([200]);
    expect(store.calls).toBe(3);
  });

  it('still passes with a request that costs less', async () => {
    const cost = ({ request }: { request: { path: string } }) => (request.path === '/' ? 1 : 3);
    const { app } = await makeApp({ cost });
    const dear = await app.inject({ url: '/dear' });
    const again = await app.inject({ url: '/dear' });
    expect([dear.status, again.status]).toEqual([404, 429]);
    const { app: other } = await makeApp({ cost, limit: 4 });
    await other.inject({ url: '/dear' });
    expect((await other.inject({ url: '/dear' })).status).toBe(429);
    expect(await readStatuses(other, 2)).toEqual([200, 429]);
  });
});

async function makeApp(options: Partial<RateLimitOptions>) {
  const store = new RemoteStore();
  const log: string[] = [];
  const app = await createApp({
    middleware: [rateLimit({ limit: 3, window: 60, store, ...options })],
    routes: [{ method: 'GET', path: '/', handler: () => 'hello' }],
    logger: {
      info: (text) => log.push(text),
      warn: (text) => log.push(text),
      error: (_error, text) => log.push(text ?? ''),
    },
  });
  return { app, store, log };
}

async function readStatuses(app: App, times: number, address = '127.0.0.1'): Promise<number[]> {
  const statuses: number[] = [];
  for (let time = 0; time < times; time++) statuses.push((await app.inject({ url: '/', address })).status);
  return statuses;
}
