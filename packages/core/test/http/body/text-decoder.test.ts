import { parseText } from '../../../src/http/body/body-parsers';
import { findTextDecoder, isUtf8Text, parseTextAs } from '../../../src/http/body/text-decoder';

describe('the decoder of a text', () => {
  it.each(['', 'text/plain', 'text/plain; charset=UTF8', 'text/plain; charset="us-ascii"', 'a/b; x=1;;'])(
    'is that of UTF-8 for %j',
    (contentType) => {
      expect(findTextDecoder(contentType)).toBe(parseText);
      expect(isUtf8Text(contentType)).toBe(true);
    },
  );

  it('is found once for each label, in any case', () => {
    const decode = findTextDecoder('text/plain; charset=ISO-8859-15');
    expect(decode!(new Uint8Array([0xa4]))).toBe('€');
    expect(findTextDecoder('text/html; charset=iso-8859-15')).toBe(decode);
    expect(isUtf8Text('text/html; charset=iso-8859-15')).toBe(false);
  });

  it.each(['klingon', 'utf-7', 'hz-gb-2312', '*', '"a b"', "'utf-8'"])(
    'does not exist for the charset %s',
    (charset) => {
      expect(findTextDecoder(`text/plain; charset=${charset}`)).toBeUndefined();
      expect(() => parseTextAs(`text/plain; charset=${charset}`, new Uint8Array())).toThrow(
        expect.objectContaining({ status: 415 }) as Error,
      );
    },
  );
});
