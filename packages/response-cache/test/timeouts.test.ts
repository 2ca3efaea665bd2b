import { setImmediate } from 'node:timers/promises';
import { createApp, inAnyOrder, type Middleware } from '@sluice/core';
import { timeout } from '@sluice/timeout';
import { memoryCache, responseCache, type ResponseCacheOptions } from '../src';

const logger = { info() {}, warn() {}, error() {} };
const realNow = performance.now.bind(performance);
let passedMs = 0;

beforeEach(() => void jest.spyOn(performance, 'now').mockImplementation(() => realNow() + passedMs));
afterEach(() => void jest.restoreAllMocks());

const soon = inAnyOrder(timeout({ afterMs: 1 }));

describe('a timeout inside of the cache', () => {
  async function makeApp(options: Partial<ResponseCacheOptions>) {
    let calls = 0;
    let release: ((value: string) => void) | undefined;
    const slow = () => new Promise<string>((resolve) => (release = resolve));
    const app = await createApp({
      middleware: [responseCache({ ttl: 60, ...options })],
      routes: [
        { method: 'GET', path: '/', middleware: [soon], handler: () => (++calls === 1 ? 'kept' : slow()) },
      ],
      logger,
    });
    return { ask: () => app.inject({ url: '/' }), finishLate: () => release?.('late'), count: () => calls };
  }

  it('counts as a failure, for which a stale reply is used, also by those who wait', async () => {
    const { ask, finishLate, count } = await makeApp({ staleIfError: 60 });
    await ask();
    passedMs += 60_000;
    const replies = await Promise.all([ask(), ask(), ask()]);
    finishLate();
    await setImmediate();
    expect(replies.map((reply) => [reply.status, reply.text()])).toEqual(Array(3).fill([200, 'kept']));
    expect(replies.map(({ headers }) => headers['cache-status'])).toEqual([
      'sluice; fwd=stale; fwd-status=504; detail=stale-if-error',
      'sluice; fwd=miss; collapsed',
      'sluice; fwd=miss; collapsed',
    ]);
    expect(count()).toBe(2);
  });

  it('has its answer in Cache-Status, and nothing of it is kept', async () => {
    const { ask, finishLate } = await makeApp({});
    await ask();
    passedMs += 60_000;
    for (let times = 0; times < 2; times++) {
      const { status, headers } = await ask();
      expect([status, headers['cache-status']]).toEqual([504, 'sluice; fwd=stale; detail=status']);
      finishLate();
      await setImmediate();
    }
  });
});

describe('a timeout outside of the cache', () => {
  it.each(['varyBy', 'store'])('keeps its answer when %s finds an entry late', async (late) => {
    let held = Promise.resolve();
    let release = () => {};
    const memory = memoryCache();
    const store = {
      name: 'slow',
      isShared: true,
      version: 0,
      find: async (key: string) => (late === 'store' && (await held), memory.find(key)),
      save: memory.save.bind(memory),
      remove: memory.remove.bind(memory),
      isCurrent: memory.isCurrent.bind(memory),
      purge: memory.purge.bind(memory),
    };
    const varyBy = async () => (late === 'varyBy' && (await held), 'all');
    const outer: Middleware = {
      name: 'outer',
      async handle(_, next) {
        await next();
        release();
        for (let turn = 0; turn < 5; turn++) await setImmediate();
      },
    };
    const app = await createApp({
      middleware: [outer, soon, responseCache({ ttl: 60, varyBy, store })],
      routes: [{ method: 'GET', path: '/', handler: () => 'kept' }],
      logger,
    });
    const ask = () => app.inject({ url: '/' });
    expect([(await ask()).status, (await ask()).headers['cache-status']]).toEqual([
      200,
      'sluice; hit; ttl=60',
    ]);
    held = new Promise((resolve) => (release = resolve));
    const { status, headers } = await ask();
    expect([status, headers['cache-status']]).toEqual([504, undefined]);
  });
});
