import fc from 'fast-check';
import {
  copyFlat,
  formatData,
  isStillFlat,
  mergeChanges,
  parseData,
  parseFlat,
  parseForeignData,
} from '../src/session-json';

describe('session data as JSON', () => {
  it('is an object that inherits nothing', () => {
    const data = parseData('{"user":"ada"}');
    for (const name of ['toString', 'constructor', '__proto__', 'hasOwnProperty'])
      expect(name in data).toBe(false);
    expect(data['constructor']).toBeUndefined();
    expect({ ...data }).toEqual({ user: 'ada' });
  });

  it('drops __proto__ keys at every depth when read', () => {
    const data = parseData('{"__proto__":{"isAdmin":true},"a":{"__proto__":{"isAdmin":true},"b":1}}');
    expect(Object.keys(data)).toEqual(['a']);
    expect(data['a']).toEqual({ b: 1 });
    expect(Object.keys(data['a'] as object)).toEqual(['b']);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('drops __proto__ keys when written', () => {
    const data = parseData('{}');
    data['body'] = JSON.parse('{"__proto__":{"isAdmin":true},"kept":1}');
    data['__proto__'] = { isAdmin: true };
    expect(formatData(data)).toBe('{"body":{"kept":1}}');
  });

  it('writes what it read as the same text, so that reading never looks like a change', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = formatData(value);
        expect(formatData(parseData(text))).toBe(text);
      }),
    );
  });

  it.each(['', 'null', '[]', '1', '"text"', '{', '{"a":undefined}'])('takes %p for no data', (text) => {
    expect(parseForeignData(text)).toBeUndefined();
  });

  it('carries set, changed and deleted keys over to what others left, and nothing else', () => {
    const original = '{"kept":1,"changed":{"deep":1},"deleted":1,"theirs":1}';
    const mine = '{"kept":1,"changed":{"deep":2},"theirs":1,"added":1}';
    const latest = '{"kept":1,"changed":{"deep":1},"deleted":1,"theirs":2,"new":1}';
    expect(JSON.parse(mergeChanges(original, mine, latest))).toEqual({
      kept: 1,
      changed: { deep: 2 },
      theirs: 2,
      new: 1,
      added: 1,
    });
  });
});

describe('flat data', () => {
  it('is told from data with something in it', () => {
    expect(parseFlat('{"user":"ada","count":1,"admin":false,"since":null}')).toEqual({
      user: 'ada',
      count: 1,
      admin: false,
      since: null,
    });
    expect(parseFlat('{"user":{"name":"ada"}}')).toBeNull();
    expect(parseFlat('{"list":[]}')).toBeNull();
  });

  it('is copied for everybody who gets it', () => {
    const values = parseFlat('{"count":1}')!;
    const copy = copyFlat(values);
    copy.count = 2;
    expect(values).toEqual({ count: 1 });
    expect('constructor' in copy).toBe(false);
  });

  it('is known to be unchanged only where it is', () => {
    const values = parseFlat('{"a":1,"b":"x"}')!;
    expect(isStillFlat(values, copyFlat(values))).toBe(true);
    for (const changed of [{ a: 2, b: 'x' }, { a: 1 }, { a: 1, b: 'x', c: 1 }, { a: 1, b: { x: 1 } }, {}])
      expect(isStillFlat(values, changed)).toBe(false);
  });

  it('counts as changed where a key made way for one that JSON leaves out', () => {
    expect(isStillFlat(parseFlat('{"user":"ada"}')!, { cart: undefined })).toBe(false);
  });

  it('says of any change what its JSON says', () => {
    const data = fc.dictionary(
      fc.string(),
      fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null)),
    );
    fc.assert(
      fc.property(data, data, (before, after) => {
        const values = parseFlat(JSON.stringify(before))!;
        if (isStillFlat(values, after))
          expect(parseData(formatData(after))).toEqual(parseData(formatData(before)));
      }),
    );
  });
});
