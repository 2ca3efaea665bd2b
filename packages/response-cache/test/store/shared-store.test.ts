import { createApp } from '@sluice/core';
import { RedisUnavailable } from '@sluice/redis';
import { memoryCache, responseCache, type CacheStore } from '../../src';

const logger = { info: jest.fn(), warn() {}, error: jest.fn() };

beforeEach(() => void jest.clearAllMocks());
afterEach(() => void jest.restoreAllMocks());

/** A store of the user, which other processes share. It may answer at once, as SQLite does. */
function makeStore(answers: 'at once' | 'later'): CacheStore {
  const memory = memoryCache();
  return {
    name: 'shared',
    isShared: true,
    get version() {
      return memory.version;
    },
    find: (key) => (answers === 'later' ? Promise.resolve(memory.find(key)) : memory.find(key)),
    save: memory.save.bind(memory),
    remove: memory.remove.bind(memory),
    isCurrent: memory.isCurrent.bind(memory),
    purge: memory.purge.bind(memory),
  };
}

async function makeApp(store: CacheStore) {
  let calls = 0;
  const app = await createApp({
    middleware: [responseCache({ ttl: 60, store })],
    routes: [{ method: 'GET', path: '/', handler: async () => `${++calls}` }],
    logger,
  });
  const ask = async (url = '/') => (await app.inject({ url })).headers['cache-status'];
  return { ask, count: () => calls };
}

describe.each(['at once', 'later'] as const)('a shared store that answers %s', (answers) => {
  it('is used', async () => {
    const { ask, count } = await makeApp(makeStore(answers));
    expect(await ask()).toBe('sluice; fwd=miss; stored');
    expect(await ask()).toBe('sluice; hit; ttl=60');
    expect(count()).toBe(1);
  });

  it('gives a hit to all of the requests that wait for one look-up', async () => {
    const store = makeStore(answers);
    const find = jest.spyOn(store, 'find');
    const { ask } = await makeApp(store);
    await ask();
    const statuses = await Promise.all(Array.from({ length: 10 }, () => ask()));
    expect(new Set(statuses)).toEqual(new Set(['sluice; hit; ttl=60']));
    expect(find).toHaveBeenCalledTimes(answers === 'later' ? 2 : 11);
  });

  it('is used by other requests after a call too many, which it has not sent', async () => {
    const store = makeStore(answers);
    const { ask } = await makeApp(store);
    await ask();
    jest.spyOn(store, 'find').mockImplementationOnce(() => {
      throw new RedisUnavailable('Redis has not answered 1000 calls.', 'pending');
    });
    expect(await ask('/?other')).toBe('sluice; fwd=bypass; detail=store-error');
    expect(await ask()).toBe('sluice; hit; ttl=60');
    expect(logger.error).not.toHaveBeenCalled();
  });

  it('still gives what it has while it keeps nothing more', async () => {
    const store = makeStore(answers);
    const save = jest.spyOn(store, 'save');
    let now = 1_000_000;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    const { ask } = await makeApp(store);
    await ask();
    save.mockImplementation(() => {
      throw new Error('full');
    });
    for (let times = 0; times < 3; times++) {
      expect(await ask(`/?${times}`)).toBe('sluice; fwd=miss; stored');
      expect(await ask()).toBe('sluice; hit; ttl=60');
    }
    expect(save).toHaveBeenCalledTimes(2);
    expect(logger.error.mock.calls).toEqual([
      [new Error('full'), 'The store of the response cache keeps no replies'],
    ]);
    save.mockRestore();
    now += 1000;
    await ask('/?later');
    expect(logger.info.mock.calls).toEqual([['The store of the response cache keeps replies again.']]);
  });
});
