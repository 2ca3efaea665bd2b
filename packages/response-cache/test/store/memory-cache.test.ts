import { CacheEntry } from '../../src/reply/cache-entry';
import { memoryCache } from '../../src';
import { Purges } from '../../src/store/purges';

const LIFETIME = { ttl: 60, staleWhileRevalidate: 0, staleIfError: 0 };

function makeEntry(size: number, since = 0, names: readonly string[] = [], bornAt = 0): CacheEntry {
  const reply = {
    status: 200,
    lines: [],
    appended: [],
    removed: [],
    vary: undefined,
    body: Buffer.alloc(size),
  };
  return new CacheEntry(reply, LIFETIME, bornAt, since, names, undefined);
}

describe('memoryCache', () => {
  it('counts the bytes of its entries, and forgets those that it replaces', () => {
    const store = memoryCache();
    store.save('a', makeEntry(1000));
    const { bytes } = store;
    expect(bytes).toBeGreaterThan(1000);
    store.save('a', makeEntry(2000));
    expect([store.size, store.bytes]).toEqual([1, bytes + 1000]);
  });

  it('evicts what is not used, and keeps nothing that is too large', () => {
    const store = memoryCache({ maxBytes: 30_000 });
    for (let index = 0; index < 100; index++) {
      store.save(`${index}`, makeEntry(1000));
      store.find('0');
    }
    expect(store.find('0')).toBeDefined();
    expect(store.find('1')).toBeUndefined();
    store.save('large', makeEntry(40_000));
    expect(store.find('large')).toBeUndefined();
    expect(store.find('0')).toBeDefined();
  });

  it('evicts something even if everything is used', () => {
    const store = memoryCache({ maxBytes: 10_000 });
    for (let index = 0; index < 50; index++) {
      store.save(`${index}`, makeEntry(1000));
      for (let used = 0; used <= index; used++) store.find(`${used}`);
      expect(store.bytes).toBeLessThanOrEqual(10_000);
    }
  });

  it('does not give, or keep, an entry that was purged', () => {
    const store = memoryCache();
    store.save('a', makeEntry(1, 0, ['t:x']));
    store.purge({ tags: ['x'] });
    expect(store.find('a')).toBeUndefined();
    store.save('a', makeEntry(1, 0, ['t:x']));
    expect(store.size).toBe(0);
    const newer = makeEntry(1, store.version, ['t:x']);
    store.save('a', newer);
    store.save('a', makeEntry(1, 0, ['t:x']));
    expect(store.find('a')).toBe(newer);
  });

  it('keeps the newer of two entries, whichever comes last, unless it was purged', () => {
    const store = memoryCache();
    const [older, newer] = [makeEntry(1, 0, [], 1), makeEntry(1, 0, ['t:x'], 2)];
    store.save('a', newer);
    store.save('a', older);
    expect(store.find('a')).toBe(newer);
    store.purge({ tags: ['x'] });
    store.save('a', older);
    expect(store.find('a')).toBe(older);
  });

  it('removes an entry, and its bytes', () => {
    const store = memoryCache();
    store.save('a', makeEntry(1));
    store.remove('a');
    store.remove('b');
    expect([store.find('a'), store.size, store.bytes]).toEqual([undefined, 0, 0]);
  });
});

describe('Purges', () => {
  it('are bounded, and what is older than those that were forgotten counts as purged', () => {
    const purges = new Purges();
    for (let version = 1; version <= 10_001; version++) {
      purges.add([`t:${version}`], version);
      purges.advance(version);
    }
    expect(purges.isPurged([], 10_000)).toBe(true);
    expect(purges.isPurged([], 10_001)).toBe(false);
  });
});
