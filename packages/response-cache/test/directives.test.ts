import fc from 'fast-check';
import { parseDirectives, readSeconds } from '../src/reply/directives';

const parse = (value: string) => {
  const directives = parseDirectives(value);
  return directives && Object.fromEntries(directives);
};

describe('Cache-Control', () => {
  it.each<[string, Record<string, string> | undefined]>([
    ['', {}],
    ['no-store', { 'no-store': '' }],
    ['Max-Age=5, PRIVATE', { 'max-age': '5', private: '' }],
    ['a="b, no-store", c', { a: 'b, no-store', c: '' }],
    [' , a ,, b , ', { a: '', b: '' }],
    ['max-age=1, max-age=2', { 'max-age': '1' }],
    ['a b', undefined],
    ['a="b', undefined],
    ['=5', undefined],
    ['a=(b)', { a: '(b)' }],
  ])('%j is parsed', (value, expected) => {
    expect(parse(value)).toEqual(expected);
  });

  it.each<[string, number | undefined]>([
    ['max-age=60', 60],
    ['max-age="60"', 60],
    ['max-age', 0],
    ['max-age=99999999999', 2 ** 31],
    ['max-age=-1', 0],
    ['max-age=1e9', 0],
    ['a', undefined],
  ])('%j has its seconds', (value, expected) => {
    expect(readSeconds(parseDirectives(value)!, 'max-age')).toBe(expected);
  });

  it('finds each directive that was written', () => {
    const token = fc.stringMatching(/^[a-z][a-z-]{0,8}$/);
    const pair = fc.tuple(token, fc.option(fc.stringMatching(/^[a-z0-9, ]{0,8}$/), { nil: undefined }));
    fc.assert(
      fc.property(fc.uniqueArray(pair, { selector: ([name]) => name, maxLength: 8 }), (pairs) => {
        const value = pairs
          .map(([name, text]) => (text === undefined ? name : `${name}="${text}"`))
          .join(' ,');
        expect(parse(value)).toEqual(Object.fromEntries(pairs.map(([name, text]) => [name, text ?? ''])));
      }),
      { numRuns: 300 },
    );
  });

  // With the square of its length, each of them would take minutes.
  it.each([' ', ',', 'a', 'a=', '"', '\\', 'a="', 'a,'])(
    'is read in time where it has %j a million times',
    (part) => {
      expect(() => parseDirectives(`x${part.repeat(1_000_000)} y`)).not.toThrow();
    },
  );
});
