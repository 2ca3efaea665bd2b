import fc from 'fast-check';
import { isUnchanged, parseFlat } from '../../src/data/flat-data';
import { formatData, parseData } from '../../src/data/session-json';
import { makeSessionObject } from '../../src/data/session-object';

describe('flat data', () => {
  it('is data without nested objects', () => {
    expect(parseFlat('{"user":"ada","count":1,"admin":false,"since":null}')).toEqual({
      user: 'ada',
      count: 1,
      admin: false,
      since: null,
    });
    expect(parseFlat('{"user":{"name":"ada"}}')).toBeNull();
    expect(parseFlat('{"list":[]}')).toBeNull();
  });

  it('is copied into an object of its own for every request', () => {
    const values = parseFlat('{"count":1}')!;
    const copy = makeSessionObject(values);
    copy.count = 2;
    expect(values).toEqual({ count: 1 });
    expect('constructor' in copy).toBe(false);
  });

  it('is unchanged only if every key has its value', () => {
    const values = parseFlat('{"a":1,"b":"x"}')!;
    expect(isUnchanged(values, makeSessionObject(values))).toBe(true);
    for (const changed of [{ a: 2, b: 'x' }, { a: 1 }, { a: 1, b: 'x', c: 1 }, { a: 1, b: { x: 1 } }, {}])
      expect(isUnchanged(values, changed)).toBe(false);
  });

  it('is changed if a key is missing, even if another one with undefined replaces it', () => {
    expect(isUnchanged(parseFlat('{"user":"ada"}')!, { cart: undefined })).toBe(false);
  });

  it('is never unchanged if its JSON differs', () => {
    const data = fc.dictionary(
      fc.string(),
      fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null)),
    );
    fc.assert(
      fc.property(data, data, (before, after) => {
        const values = parseFlat(JSON.stringify(before))!;
        if (isUnchanged(values, after))
          expect(parseData(formatData(after))).toEqual(parseData(formatData(before)));
      }),
    );
  });
});
