import * as fc from 'fast-check';
import { checkOneSlot, keySlot } from '../src/key-slot';

describe('keySlot', () => {
  it.each([
    ['123456789', 12_739],
    ['foo', 12_182],
    ['', 0],
    ['somekey', 11_058],
    ['foo{hash_tag}', 2515],
    ['bar{hash_tag}', 2515],
  ])('gives %j the slot of the specification of Redis Cluster', (key, slot) => {
    expect(keySlot(key)).toBe(slot);
  });

  it('ignores an empty tag, and closes a tag at the first brace', () => {
    expect(keySlot('foo{}{bar}')).not.toBe(keySlot('bar'));
    expect(keySlot('foo{{bar}}zap')).toBe(keySlot('{bar'));
    expect(keySlot('foo{bar}{zap}')).toBe(keySlot('bar'));
    expect(keySlot('foo}{bar')).not.toBe(keySlot('bar'));
  });

  it('hashes the bytes of UTF-8', () => {
    expect(keySlot('🜂')).not.toBe(keySlot('🜃'));
  });

  it('gives every key with a tag the slot of the tag', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, tag, after) => {
        fc.pre(tag !== '' && !tag.includes('}') && !before.includes('{'));
        const slot = keySlot(`${before}{${tag}}${after}`);
        expect(slot).toBe(keySlot(`{${tag}}`));
        expect(slot).toBeGreaterThanOrEqual(0);
        expect(slot).toBeLessThan(16_384);
      }),
    );
  });
});

describe('checkOneSlot', () => {
  it('accepts no key, one key, and keys of one tag or one slot', () => {
    for (const keys of [[], ['a'], ['{a}:1', '{a}:2'], ['foo', 'x{foo}']])
      expect(() => checkOneSlot(keys)).not.toThrow();
  });

  it('names two keys that no node has together', () => {
    expect(() => checkOneSlot(['{a}:1', '{a}:2', '{b}:1'])).toThrow(
      /"\{a\}:1" and "\{b\}:1" are in different slots/,
    );
  });
});
