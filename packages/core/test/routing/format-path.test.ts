import { formatPath, formatQuery } from '../../src/routing/format-path';

describe('formatPath', () => {
  it.each<[string[], Record<string, string | number | bigint | boolean>, string]>([
    [[''], {}, '/'],
    [['notes', 'list', ''], {}, '/notes/list/'],
    [['notes', ':id'], { id: 7 }, '/notes/7'],
    [['notes', ':id'], { id: 7n }, '/notes/7'],
    [['flags', ':on'], { on: false }, '/flags/false'],
    [['a', ':x', ':y'], { y: 2, x: 1 }, '/a/1/2'],
    [['%20', ':x'], { x: 1 }, '/%20/1'],
  ])('writes %j with %p as %s', (segments, values, path) => {
    expect(formatPath(segments, values)).toBe(path);
  });

  it.each([
    ['a b', 'a%20b'],
    ['a/b', 'a%2Fb'],
    ['a?b#c', 'a%3Fb%23c'],
    ['100%', '100%25'],
    ['%2e', '%252e'],
    ['a\\b', 'a%5Cb'],
    ['a\r\nb', 'a%0D%0Ab'],
    ['Zürich', 'Z%C3%BCrich'],
    ['💧', '%F0%9F%92%A7'],
    ['\ud83d', '%EF%BF%BD'],
    ['...', '...'],
    ['.hidden', '.hidden'],
  ])('encodes %j as one segment', (value, segment) => {
    expect(formatPath([':x'], { x: value })).toBe(`/${segment}`);
  });

  it('keeps the slashes of the rest and encodes the text between them', () => {
    expect(formatPath(['files', '*'], { '*': 'a b/c?/d' })).toBe('/files/a%20b/c%3F/d');
  });

  it.each(['', '.', '..'])('refuses %j, as a parameter and as a segment of the rest', (value) => {
    const refusal = (name: string) =>
      `The path parameter ${name} cannot be empty, '.' or '..', because clients would request another path.`;
    expect(() => formatPath([':x'], { x: value })).toThrow(refusal('x'));
    expect(() => formatPath(['*'], { '*': `a/${value}` })).toThrow(refusal('*'));
    expect(() => formatPath(['*'], { '*': `${value}/a` })).toThrow(refusal('*'));
  });
});

describe('formatQuery', () => {
  it.each<[Record<string, string | number | boolean | undefined | (string | number)[]>, string]>([
    [{}, ''],
    [{ a: undefined, b: [] }, ''],
    [{ a: 1, b: true, c: '' }, '?a=1&b=true&c='],
    [{ tag: ['x', 'y', 3] }, '?tag=x&tag=y&tag=3'],
    [{ 'a b': 'c&d=e#f' }, '?a+b=c%26d%3De%23f'],
    [{ city: 'Zürich' }, '?city=Z%C3%BCrich'],
  ])('writes %p as %j', (query, text) => {
    expect(formatQuery(query)).toBe(text);
  });
});
