import type { SessionStore } from '../../src';

/** The store under test, and its clock. */
export interface StoreUnderTest {
  /** Makes an empty store, for every test. */
  makeStore(): SessionStore | Promise<SessionStore>;
  /** Moves the store's clock forward. */
  elapse(seconds: number): void | Promise<void>;
}

/** Tests the promises of every session store; call it inside a `describe`. */
export function testStoreContract({ makeStore, elapse }: StoreUnderTest): void {
  const hour = { ttlSeconds: 3600 };

  it('has nothing under a key that was never set', async () => {
    const store = await makeStore();
    expect(await store.get('unknown')).toBeUndefined();
  });

  it('creates a record with ifVersion 0, as version 1', async () => {
    const store = await makeStore();
    expect(await store.set('a', '{"user":"ädä 🜂"}', { ...hour, ifVersion: 0 })).toBe(true);
    expect(await store.get('a')).toEqual({ data: '{"user":"ädä 🜂"}', version: 1 });
  });

  it('refuses to create a record that exists', async () => {
    const store = await makeStore();
    await store.set('a', '{"n":1}', { ...hour, ifVersion: 0 });
    expect(await store.set('a', '{"n":2}', { ...hour, ifVersion: 0 })).toBe(false);
    expect(await store.get('a')).toEqual({ data: '{"n":1}', version: 1 });
  });

  it('increments the version with every write', async () => {
    const store = await makeStore();
    await store.set('a', '{"n":1}', { ...hour, ifVersion: 0 });
    expect(await store.set('a', '{"n":2}', { ...hour, ifVersion: 1 })).toBe(true);
    expect(await store.set('a', '{"n":3}', { ...hour, ifVersion: 2 })).toBe(true);
    expect(await store.get('a')).toEqual({ data: '{"n":3}', version: 3 });
  });

  it('refuses a write with an older version', async () => {
    const store = await makeStore();
    await store.set('a', '{"n":1}', { ...hour, ifVersion: 0 });
    await store.set('a', '{"n":2}', { ...hour, ifVersion: 1 });
    expect(await store.set('a', '{"late":true}', { ...hour, ifVersion: 1 })).toBe(false);
    expect(await store.get('a')).toEqual({ data: '{"n":2}', version: 2 });
  });

  it('lets exactly one of several concurrent writes win', async () => {
    const store = await makeStore();
    await store.set('a', '{}', { ...hour, ifVersion: 0 });
    const writes = [1, 2, 3, 4, 5].map(async (n) => store.set('a', `{"n":${n}}`, { ...hour, ifVersion: 1 }));
    const wins = (await Promise.all(writes)).filter(Boolean);
    expect(wins).toHaveLength(1);
    expect((await store.get('a'))?.version).toBe(2);
  });

  it('does not bring a destroyed record back with a late write or touch', async () => {
    const store = await makeStore();
    await store.set('a', '{"n":1}', { ...hour, ifVersion: 0 });
    await store.destroy('a');
    expect(await store.set('a', '{"n":2}', { ...hour, ifVersion: 1 })).toBe(false);
    expect(await store.touch('a', 3600)).toBe(false);
    expect(await store.get('a')).toBeUndefined();
  });

  it('accepts the destruction of a record that does not exist', async () => {
    const store = await makeStore();
    await store.destroy('unknown');
    expect(await store.get('unknown')).toBeUndefined();
  });

  it('keeps an empty text, which marks a session that has moved', async () => {
    const store = await makeStore();
    await store.set('a', '{"n":1}', { ...hour, ifVersion: 0 });
    expect(await store.set('a', '', { ...hour, ifVersion: 1 })).toBe(true);
    expect(await store.get('a')).toEqual({ data: '', version: 2 });
  });

  it('keeps keys apart', async () => {
    const store = await makeStore();
    await store.set('a', '{"n":1}', { ...hour, ifVersion: 0 });
    await store.set('b', '{"n":2}', { ...hour, ifVersion: 0 });
    await store.destroy('a');
    expect(await store.get('b')).toEqual({ data: '{"n":2}', version: 1 });
  });

  it('treats an expired record as missing: for reading, writing and touching', async () => {
    const store = await makeStore();
    await store.set('a', '{"n":1}', { ttlSeconds: 1, ifVersion: 0 });
    await elapse(2);
    expect(await store.get('a')).toBeUndefined();
    expect(await store.touch('a', 3600)).toBe(false);
    expect(await store.set('a', '{"n":2}', { ...hour, ifVersion: 1 })).toBe(false);
    expect(await store.set('a', '{"n":3}', { ...hour, ifVersion: 0 })).toBe(true);
  });

  it('gives a touched record more time and changes nothing else', async () => {
    const store = await makeStore();
    await store.set('a', '{"n":1}', { ttlSeconds: 1, ifVersion: 0 });
    expect(await store.touch('a', 3600)).toBe(true);
    await elapse(2);
    expect(await store.get('a')).toEqual({ data: '{"n":1}', version: 1 });
  });
}
