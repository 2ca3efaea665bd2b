import { splitList } from '../../../src/http/headers/split-list';

describe('a list', () => {
  it.each([
    ['', ['']],
    ['a, b,,c', ['a', ' b', '', 'c']],
    ['a;x="1,2",b', ['a;x="1,2"', 'b']],
    ['a;x="\\",",b', ['a;x="\\","', 'b']],
    ['a;x="1,2', ['a;x="1,2']],
    ['"a","b"', ['"a"', '"b"']],
  ])('is split at its commas, but not at those in quotes: %j', (header, elements) => {
    expect(splitList(header, 10)).toEqual(elements);
  });

  it('is read up to the number of elements that is wanted', () => {
    expect(splitList('a,b,c', 2)).toEqual(['a', 'b']);
    expect(splitList('"a",b,c', 2)).toEqual(['"a"', 'b']);
    expect(splitList(`"a"${','.repeat(100_000)}`, 5)).toHaveLength(5);
  });
});
