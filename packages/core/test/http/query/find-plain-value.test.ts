import { findPlainValue, isEncoded } from '../../../src/http/query/find-plain-value';

describe('a value of a query in which nothing is encoded', () => {
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
  ])('of %j under x is %j', (raw, value) => expect(findPlainValue(raw, 'x')).toBe(value));

  it('has an empty name only where an equals sign says so', () => {
    expect(['&&', '', 'x', '&=1'].map((raw) => findPlainValue(raw, ''))).toEqual([
      undefined,
      undefined,
      undefined,
      '1',
    ]);
  });

  it('is not found under a name that reaches beyond the equals sign or the next name', () => {
    expect(findPlainValue('a=b=c', 'a=b')).toBeUndefined();
    expect(findPlainValue('a&b=c', 'a&b')).toBeUndefined();
  });
});

describe('a query', () => {
  it.each(['%', 'a=%41', 'a+b', '+'])('%j has something to decode', (raw) =>
    expect(isEncoded(raw)).toBe(true),
  );

  it.each(['', 'a=b&c', 'é=1'])('%j has not', (raw) => expect(isEncoded(raw)).toBe(false));
});
