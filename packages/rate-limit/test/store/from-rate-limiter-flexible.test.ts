import { createRequire } from 'node:module';
import { createApp } from '@sluice/core';
import { limitStoreContract } from '@sluice/testing/stores';
import { fromRateLimiterFlexible, rateLimit, type FlexibleLimiter, type LimitPolicy } from '../../src';

interface Library {
  RateLimiterMemory: new (options: object) => FlexibleLimiter;
}

const { RateLimiterMemory } = createRequire(__filename)('rate-limiter-flexible') as Library;

const makeLimiter = ({ id, limit, window }: LimitPolicy): FlexibleLimiter =>
  new RateLimiterMemory({ keyPrefix: id, points: limit, duration: window });

describe('fromRateLimiterFlexible', () => {
  const makeStore = () => fromRateLimiterFlexible(makeLimiter);
  for (const { title, run } of limitStoreContract({ makeStore, takesAllOrNone: false })) it(title, run);

  it('makes one limiter for each policy', async () => {
    const made: string[] = [];
    const store = fromRateLimiterFlexible((policy) => (made.push(policy.id), makeLimiter(policy)));
    const app = await createApp({
      middleware: [rateLimit({ limit: 2, window: 60, store })],
      routes: [{ method: 'GET', path: '/', handler: () => 'hello' }],
    });
    const statuses: number[] = [];
    for (let time = 0; time < 3; time++) statuses.push((await app.inject({ url: '/' })).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect(made).toEqual(['default:2/60']);
  });

  it('leaves an error of the limiter to onStoreError', async () => {
    const store = fromRateLimiterFlexible(() => ({ consume: () => Promise.reject(new Error('down')) }));
    const app = await createApp({
      middleware: [rateLimit({ limit: 2, window: 60, store, onStoreError: 'closed' })],
      routes: [{ method: 'GET', path: '/', handler: () => 'hello' }],
      logger: { info() {}, warn() {}, error() {} },
    });
    expect((await app.inject({ url: '/' })).status).toBe(503);
  });
});
