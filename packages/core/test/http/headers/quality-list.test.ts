import fc from 'fast-check';
import { parseQualityList } from '../../../src/http/headers/quality-list';

describe('parseQualityList', () => {
  it('reads values in the order sent, with weight 1 where none is given', () => {
    expect(parseQualityList('gzip, br;q=0.5, *;q=0')).toEqual([
      { value: 'gzip', quality: 1 },
      { value: 'br', quality: 0.5 },
      { value: '*', quality: 0 },
    ]);
  });

  it('lower-cases values and takes weights in either case', () => {
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
  ])('takes the weight %s', (weight, quality) => {
    expect(parseQualityList(`gzip;q=${weight}`)).toEqual([{ value: 'gzip', quality }]);
  });

  it.each(['', '-1', '1.001', '2', '0.0001', '.5', '1e0', 'NaN', '"1"'])(
    'leaves out an element whose weight is %j',
    (weight) => {
      expect(parseQualityList(`gzip;q=${weight}`).map(({ value }) => value)).not.toContain('gzip');
    },
  );

  it.each(['gzip;q =0', 'gzip;q= 0', 'gzip; q = 0'])(
    'does not take %j, with space round the equals sign, for a wish',
    (header) => {
      expect(parseQualityList(header)).toEqual([]);
    },
  );

  it('allows optional white space round commas and semicolons, tabs too', () => {
    expect(parseQualityList('\tgzip \t;\tq=0.5 , br')).toEqual([
      { value: 'gzip', quality: 0.5 },
      { value: 'br', quality: 1 },
    ]);
  });

  it.each(['', ' ', ',', ', ,', ';q=1'])('reads nothing out of %j', (header) => {
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

  it('never takes a value for another that contains it', () => {
    expect(parseQualityList('notgzip, gzipped').map(({ value }) => value)).toEqual(['notgzip', 'gzipped']);
  });

  it('reads no more than 50 elements', () => {
    expect(parseQualityList(Array.from({ length: 1000 }, (_, index) => `c${index}`).join())).toHaveLength(50);
  });

  it('answers weights from 0 to 1 whatever is sent', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        for (const { value, quality } of parseQualityList(`${one};q=${other},${other}`)) {
          expect(value).not.toBe('');
          expect(quality).toBeGreaterThanOrEqual(0);
          expect(quality).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
