import type { SessionStore } from '../src';

/** What a store is tested with: the store itself, made anew for every test, and a way to let time pass. */
export interface StoreUnderTest {
  makeStore(): SessionStore | Promise<SessionStore>;
  /** Lets the store's clock go on by so many seconds. */
  elapse(seconds: number): void | Promise<void>;
}

/** The promises that every session store keeps; call it inside a `describe`. */
export function testStoreContract({ makeStore, elapse }: StoreUnderTest): void {
  const hour = { ttlSeconds: 3600 };

  it('has nothing under a key that was never set', async () => {
    const store = await makeStore();
    expect(await store.get('nobody')).toBeUndefined();
  });

  it('creates with ifVersion 0 and gives back the text as version 1', async () => {
    const store = await makeStore();
    expect(await store.set('a', '{"user":"ädä 🜂"}', { ...hour, ifVersion: 0 })).toBe(true);
    expect(await store.get('a')).toEqual({ data: '{"user":"ädä 🜂"}', version: 1 });
  });

  it('refuses to create what is there', async () => {
    const store = await makeStore();
    await store.set('a', '{"n":1}', { ...hour, ifVersion: 0 });
    expect(await store.set('a', '{"n":2}', { ...hour, ifVersion: 0 })).toBe(false);
    expect(await store.get('a')).toEqual({ data: '{"n":1}', version: 1 });
  });

  it('counts the version up with every write', async () => {
    const store = await makeStore();
    await store.set('a', '{"n":1}', { ...hour, ifVersion: 0 });
    expect(await store.set('a', '{"n":2}', { ...hour, ifVersion: 1 })).toBe(true);
    expect(await store.set('a', '{"n":3}', { ...hour, ifVersion: 2 })).toBe(true);
    expect(await store.get('a')).toEqual({ data: '{"n":3}', version: 3 });
  });

  it('refuses a write that has not seen the latest version', async () => {
    const store = await makeStore();
    await store.set('a', '{"n":1}', { ...hour, ifVersion: 0 });
    await store.set('a', '{"n":2}', { ...hour, ifVersion: 1 });
    expect(await store.set('a', '{"late":true}', { ...hour, ifVersion: 1 })).toBe(false);
    expect(await store.get('a')).toEqual({ data: '{"n":2}', version: 2 });
  });

  it('lets one of many simultaneous writes win', async () => {
    const store = await makeStore();
    await store.set('a', '{}', { ...hour, ifVersion: 0 });
    const writes = [1, 2, 3, 4, 5].map(async (n) => store.set('a', `{"n":${n}}`, { ...hour, ifVersion: 1 }));
    const wins = (await Promise.all(writes)).filter(Boolean);
    expect(wins).toHaveLength(1);
    expect((await store.get('a'))?.version).toBe(2);
  });

  it('does not bring a destroyed record back by a late write or touch', async () => {
    const store = await makeStore();
    await store.set('a', '{"n":1}', { ...hour, ifVersion: 0 });
    await store.destroy('a');
    expect(await store.set('a', '{"n":2}', { ...hour, ifVersion: 1 })).toBe(false);
    expect(await store.touch('a', 3600)).toBe(false);
    expect(await store.get('a')).toBeUndefined();
  });

  it('takes the destruction of nothing calmly', async () => {
    const store = await makeStore();
    await store.destroy('nobody');
    expect(await store.get('nobody')).toBeUndefined();
  });

  it('keeps an empty text, which marks a session that moved', async () => {
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

  it('forgets a record when its time is up, for reading, writing and touching', async () => {
    const store = await makeStore();
    await store.set('a', '{"n":1}', { ttlSeconds: 1, ifVersion: 0 });
    await elapse(2);
    expect(await store.get('a')).toBeUndefined();
    expect(await store.touch('a', 3600)).toBe(false);
    expect(await store.set('a', '{"n":2}', { ...hour, ifVersion: 1 })).toBe(false);
    expect(await store.set('a', '{"n":3}', { ...hour, ifVersion: 0 })).toBe(true);
  });

  it('gives a touched record its new time and changes nothing else', async () => {
    const store = await makeStore();
    await store.set('a', '{"n":1}', { ttlSeconds: 1, ifVersion: 0 });
    expect(await store.touch('a', 3600)).toBe(true);
    await elapse(2);
    expect(await store.get('a')).toEqual({ data: '{"n":1}', version: 1 });
  });
}
