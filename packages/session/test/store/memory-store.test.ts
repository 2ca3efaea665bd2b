import { ConfigurationError } from '@sluice/core';
import { sessionStoreContract } from '@sluice/testing/stores';
import { memoryStore } from '../../src';

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }));
afterEach(() => void jest.useRealTimers());

describe('a memory store', () => {
  const cases = sessionStoreContract({
    makeStore: () => memoryStore(),
    elapse: (seconds) => void jest.advanceTimersByTime(seconds * 1000),
  });
  for (const { title, run } of cases) it(title, run);

  it('lets a new session have the key of a destroyed one after a minute', async () => {
    const store = memoryStore();
    await store.destroy('a');
    jest.advanceTimersByTime(59_999);
    expect(store.set('a', '{}', { ttlSeconds: 60, ifVersion: 0 })).toBe(false);
    jest.advanceTimersByTime(1);
    expect(store.set('a', '{}', { ttlSeconds: 60, ifVersion: 0 })).toBe(true);
  });

  it('brings no session back when it is full of users who ended theirs', async () => {
    const store = memoryStore({ maxEntries: 2 });
    for (const user of ['a', 'b', 'c']) {
      await store.raiseEpoch(user);
      jest.advanceTimersByTime(1);
    }
    expect(store.readEpoch('a')).toBeGreaterThan(0);
  });

  it('keeps a record for exactly its time, counted from the last touch', async () => {
    const store = memoryStore();
    await store.set('a', '{"n":1}', { ttlSeconds: 5, ifVersion: 0 });
    jest.advanceTimersByTime(4999);
    expect(await store.touch('a', { ttlSeconds: 10, ifVersion: 1 })).toBe(true);
    jest.advanceTimersByTime(9999);
    expect(await store.get('a')).toBeDefined();
    jest.advanceTimersByTime(1);
    expect(await store.get('a')).toBeUndefined();
  });

  it('drops the least recently used session when it is full', async () => {
    const store = memoryStore({ maxEntries: 2 });
    const write = { ttlSeconds: 60, ifVersion: 0 };
    await store.set('a', '{"n":1}', write);
    await store.set('b', '{"n":2}', write);
    await store.get('a');
    await store.set('c', '{"n":3}', write);
    expect(await store.get('b')).toBeUndefined();
    expect(await store.get('a')).toBeDefined();
    expect(await store.get('c')).toBeDefined();
  });

  it.each([0, -1, 1.5, '10'])('rejects %p as maxEntries', (maxEntries) => {
    expect(() => memoryStore({ maxEntries: maxEntries as number })).toThrow(ConfigurationError);
  });

  it('rejects an unknown option', () => {
    expect(() => memoryStore({ max: 5 } as object)).toThrow('There is no option "max"');
  });
});
