import { parseQualityList } from '../../../src/http/headers/quality-list';

describe('parseQualityList', () => {
  it('keeps the order sent, and gives weight 1 by default', () => {
    expect(parseQualityList('gzip, br;q=0.5, *;q=0')).toEqual([
      { value: 'gzip', quality: 1 },
      { value: 'br', quality: 0.5 },
      { value: '*', quality: 0 },
    ]);
  });

  it('lower-cases values and accepts q in any case', () => {
    expect(parseQualityList('GZip;Q=0.25')).toEqual([{ value: 'gzip', quality: 0.25 }]);
  });

  it.each([
    ['0', 0],
    ['0.', 0],
    ['0.000', 0],
    ['0.001', 0.001],
    ['1', 1],
    ['1.', 1],
    ['1.000', 1],
  ])('accepts the weight %s', (weight, quality) => {
    expect(parseQualityList(`gzip;q=${weight}`)).toEqual([{ value: 'gzip', quality }]);
  });

  it.each(['', '-1', '1.001', '2', '0.0001', '.5', '1e0', 'NaN', '1;q=0', '"1'])(
    'leaves out an element with the weight %j',
    (weight) => {
      expect(parseQualityList(`gzip;q=${weight}`).map(({ value }) => value)).not.toContain('gzip');
    },
  );

  it.each([
    ['gzip;q =0', 0],
    ['gzip; q = 0.5', 0.5],
    ['gzip;q="0"', 0],
    ['gzip;;q=0.5;', 0.5],
    ['gzip ; ; q=0.5', 0.5],
  ])('understands %j as the weight %d', (header, quality) => {
    expect(parseQualityList(header)).toEqual([{ value: 'gzip', quality }]);
  });

  it('leaves commas, semicolons and weights in quoted strings alone', () => {
    expect(parseQualityList('a/b;x="1,c/d;q=0";q=0.5, e/f;x="\\",", g/h')).toEqual([
      { value: 'a/b', quality: 0.5 },
      { value: 'e/f', quality: 1 },
      { value: 'g/h', quality: 1 },
    ]);
  });

  it('allows spaces and tabs around commas and semicolons', () => {
    expect(parseQualityList('\tgzip \t;\tq=0.5 , br')).toEqual([
      { value: 'gzip', quality: 0.5 },
      { value: 'br', quality: 1 },
    ]);
  });

  it.each(['', ' ', ',', ', ,', ';q=1'])('finds no element in %j', (header) => {
    expect(parseQualityList(header)).toEqual([]);
  });

  it('skips empty elements', () => {
    expect(parseQualityList(',gzip,,br,').map(({ value }) => value)).toEqual(['gzip', 'br']);
  });

  it('ignores parameters other than the weight', () => {
    expect(parseQualityList('text/html;level=1;q=0.5;quality=9')).toEqual([
      { value: 'text/html', quality: 0.5 },
    ]);
  });

  it('does not confuse a value with one that contains it', () => {
    expect(parseQualityList('notgzip, gzipped').map(({ value }) => value)).toEqual(['notgzip', 'gzipped']);
  });

  it('reads at most 50 elements', () => {
    expect(parseQualityList(Array.from({ length: 1000 }, (_, index) => `c${index}`).join())).toHaveLength(50);
  });
});
