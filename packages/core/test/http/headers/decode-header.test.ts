import { decodeHeader } from '../../../src/http/headers/decode-header';

/** A character for each byte. */
const bytes = (text: string, encoding: BufferEncoding = 'utf8'): string =>
  Buffer.from(text, encoding).toString('latin1');

describe('decodeHeader', () => {
  it.each([
    ['ASCII', 'gzip, deflate; q=0.5', 'gzip, deflate; q=0.5'],
    ['nothing', '', ''],
    ['UTF-8', bytes('Müller 日本 🙂'), 'Müller 日本 🙂'],
    ['long UTF-8', bytes(`${'a'.repeat(100)}ü`), `${'a'.repeat(100)}ü`],
    ['Latin-1', 'Müller', 'Müller'],
    ['long Latin-1', `${'a'.repeat(100)}ü`, `${'a'.repeat(100)}ü`],
    ['the controls of Latin-1', 'a\x80\x9f\xa0\xffb', 'a\x80\x9f\xa0\xffb'],
    ['UTF-8 that is cut off', bytes('日').slice(0, 2), bytes('日').slice(0, 2)],
    ['an overlong encoding', '\xc0\xaf', '\xc0\xaf'],
    ['half a surrogate pair', '\xed\xa0\x80', '\xed\xa0\x80'],
    ['a byte order mark', bytes('\ufeffa'), '\ufeffa'],
    ['text that is decoded already', 'Müller 日本', 'Müller 日本'],
  ])('reads %s', (_, value, expected) => expect(decodeHeader(value)).toBe(expected));

  it('looks at every character, at the edges of short and long values too', () => {
    for (const length of [1, 31, 32, 33, 64])
      for (const at of [0, length - 1]) {
        const text = `${'a'.repeat(at)}ü${'a'.repeat(length - at - 1)}`;
        expect(decodeHeader(bytes(text))).toBe(text);
      }
  });
});
