import { freezeCopy } from '../../src/plan/freeze-copy';

describe('freezeCopy', () => {
  it('copies plain objects and lists all the way down, and freezes only the copy', () => {
    const given = { a: [{ b: 1 }], c: { d: 'e' } };
    const copy = freezeCopy(given);
    expect(copy).toEqual(given);
    expect([copy, copy.a, copy.a[0], copy.c].every(Object.isFrozen)).toBe(true);
    expect([given, given.a, given.a[0], given.c].some(Object.isFrozen)).toBe(false);
  });

  it('returns every other value itself', () => {
    for (const value of [1, 'a', null, undefined, /a/, () => 1, new Date(0), Symbol('s')])
      expect(freezeCopy(value)).toBe(value);
  });

  it('copies __proto__ as an ordinary key', () => {
    const copy = freezeCopy(JSON.parse('{"__proto__":{"a":1}}') as object);
    expect(Object.keys(copy)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });
});
