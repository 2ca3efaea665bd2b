import { findPlainValue, isEncoded } from '../../../src/http/query/find-plain-value';

describe('findPlainValue', () => {
  it.each([
    ['x=1', '1'],
    ['x=1&x=2', '1'],
    ['x&x=1', ''],
    ['x=', ''],
    ['x==1', '=1'],
    ['&&x=1&', '1'],
    ['xx=2&x=1', '1'],
    ['y=x&x=1', '1'],
    ['=x&x=1', '1'],
    ['y=1', undefined],
    ['X=1', undefined],
    ['', undefined],
  ])('finds in %j the value %j of x', (raw, value) => expect(findPlainValue(raw, 'x')).toBe(value));

  it('finds an empty name only before an equals sign', () => {
    expect(['&&', '', 'x', '&=1'].map((raw) => findPlainValue(raw, ''))).toEqual([
      undefined,
      undefined,
      undefined,
      '1',
    ]);
  });

  it('does not find a name that contains an equals sign or an ampersand', () => {
    expect(findPlainValue('a=b=c', 'a=b')).toBeUndefined();
    expect(findPlainValue('a&b=c', 'a&b')).toBeUndefined();
  });
});

describe('isEncoded', () => {
  it.each(['%', 'a=%41', 'a+b', '+'])('is true for %j', (raw) => expect(isEncoded(raw)).toBe(true));

  it.each(['', 'a=b&c', 'é=1'])('is false for %j', (raw) => expect(isEncoded(raw)).toBe(false));
});
