import fc from 'fast-check';
import { HttpError } from '../../../src';
import { decodeFormPart, decodePercent } from '../../../src/http/query/percent-encoding';

describe('any percent-encoded text', () => {
  it('is decoded, or refused with 400', () => {
    const pieces = fc.constantFrom(
      '%',
      '%4',
      '%41',
      '%ff',
      '%c3%bc',
      '%00',
      '+',
      'a',
      '%%',
      '%zz',
      '%ed%a0%80',
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 20 }).map((list) => list.join('')),
        (text) => {
          for (const decode of [decodePercent, decodeFormPart]) {
            try {
              expect(decode(text).isWellFormed()).toBe(true);
            } catch (error) {
              expect(error).toBeInstanceOf(HttpError);
              expect((error as HttpError).status).toBe(400);
            }
          }
        },
      ),
    );
  });

  it('is decoded once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(text.isWellFormed());
        expect(decodePercent(encodeURIComponent(text))).toBe(text);
        expect(decodePercent(encodeURIComponent(encodeURIComponent(text)))).toBe(encodeURIComponent(text));
        expect(decodeFormPart(encodeURIComponent(text).replaceAll('%20', '+'))).toBe(text);
      }),
    );
  });
});
