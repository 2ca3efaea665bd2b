import fc from 'fast-check';
import { formatData, parseData, parseForeignData } from '../../src/data/session-json';

describe('session data as JSON', () => {
  it('is an object that inherits nothing', () => {
    const data = parseData('{"user":"ada"}');
    for (const name of ['toString', 'constructor', '__proto__', 'hasOwnProperty'])
      expect(name in data).toBe(false);
    expect(data['constructor']).toBeUndefined();
    expect({ ...data }).toEqual({ user: 'ada' });
  });

  it('drops __proto__ keys at every depth when it is parsed', () => {
    const data = parseData('{"__proto__":{"isAdmin":true},"a":{"__proto__":{"isAdmin":true},"b":1}}');
    expect(Object.keys(data)).toEqual(['a']);
    expect(data['a']).toEqual({ b: 1 });
    expect(Object.keys(data['a'] as object)).toEqual(['b']);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('drops __proto__ keys when it is written', () => {
    const data = parseData('{}');
    data['body'] = JSON.parse('{"__proto__":{"isAdmin":true},"kept":1}');
    data['__proto__'] = { isAdmin: true };
    expect(formatData(data)).toBe('{"body":{"kept":1}}');
  });

  it('is written as the text it was parsed from, so that reading never looks like a change', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = formatData(value);
        expect(formatData(parseData(text))).toBe(text);
      }),
    );
  });

  it.each(['', 'null', '[]', '1', '"text"', '{', '{"a":undefined}'])('rejects %p as foreign data', (text) => {
    expect(parseForeignData(text)).toBeUndefined();
  });
});
