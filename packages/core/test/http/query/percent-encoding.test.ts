import { HttpError } from '../../../src/http/status/http-error';
import { decodeFormPart, decodePercent } from '../../../src/http/query/percent-encoding';

describe('decodePercent', () => {
  it('decodes once', () => expect(decodePercent('%2541')).toBe('%41'));
  it('leaves a plus alone', () => expect(decodePercent('a+b%20c')).toBe('a+b c'));

  it.each(['%', '%a', '%gg', '%ff', '%c0%af', '%ed%a0%80'])('refuses %s with 400', (text) => {
    expect.assertions(2);
    try {
      decodePercent(text);
    } catch (error) {
      expect(error).toBeInstanceOf(HttpError);
      expect(error).toMatchObject({ status: 400, code: 'percent_encoding' });
    }
  });
});

describe('decodeFormPart', () => {
  it('decodes a plus as a space, and an encoded plus as a plus', () =>
    expect(decodeFormPart('a+b%2Bc')).toBe('a b+c'));
});
