import fc from 'fast-check';
import { parseQualityList } from '../../../src/http/headers/quality-list';

describe('any weighted list', () => {
  it('is parsed without an error into at most 50 elements with weights from 0 to 1', () => {
    const pieces = fc.constantFrom(
      ',',
      ';',
      'q=',
      'q',
      '=',
      '0.5',
      '1',
      '1.5',
      '-1',
      'gzip',
      '*',
      ' ',
      '\t',
      'Q',
    );
    const headers = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(pieces, { maxLength: 300 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(headers, (header) => {
        const list = parseQualityList(header);
        expect(list.length).toBeLessThanOrEqual(50);
        for (const { value, quality } of list) {
          expect(value).not.toBe('');
          expect(quality >= 0 && quality <= 1).toBe(true);
        }
      }),
    );
  });

  it('is read back as it was written', () => {
    const element = fc.record({
      value: fc.constantFrom('gzip', 'br', '*', 'text/html'),
      quality: fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000),
    });
    fc.assert(
      fc.property(fc.array(element, { maxLength: 20 }), fc.constantFrom(',', ', ', ' ,\t'), (list, comma) => {
        const header = list.map(({ value, quality }) => `${value};q=${quality}`).join(comma);
        expect(parseQualityList(header)).toEqual(list);
      }),
    );
  });
});
