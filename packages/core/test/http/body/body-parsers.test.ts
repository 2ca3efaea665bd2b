import fc from 'fast-check';
import { parseJson, parseText } from '../../../src/http/body/body-parsers';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('parseText', () => {
  it('decodes UTF-8', () => expect(parseText(encode('é'))).toBe('é'));

  it.each([
    ['a byte that UTF-8 does not have', [0xff]],
    ['a truncated character', [0x61, 0xc3]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['an overlong character', [0xc0, 0xaf]],
    ['a character beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ])('refuses %s', (_, bytes) =>
    expect(() => parseText(new Uint8Array(bytes))).toThrow('The body is not valid UTF-8.'),
  );

  it('accepts a replacement character that was sent', () =>
    expect(parseText(encode('\ufffd'))).toBe('\ufffd'));

  it('drops one byte order mark, and keeps no state between texts', () => {
    expect(parseText(encode('\ufeff\ufeffa'))).toBe('\ufeffa');
    expect(() => parseText(new Uint8Array([0xc3]))).toThrow();
    expect(parseText(new Uint8Array([0x61]))).toBe('a');
    expect(parseText(new Uint8Array(0))).toBe('');
  });

  it('decodes only the given view of the memory', () =>
    expect(parseText(encode('abcd').subarray(1, 3))).toBe('bc'));
});

describe('parseJson', () => {
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const written = JSON.stringify(value);
        fc.pre(!/"(__proto__|constructor)":/.test(written));
        expect(parseJson(encode(written))).toEqual(JSON.parse(written));
      }),
    );
  });

  it.each([
    ['', 'json_empty'],
    [' \n', 'json_empty'],
    ['{', 'json_syntax'],
    ["{'a':1}", 'json_syntax'],
    ['{"a":1}x', 'json_syntax'],
    ['{"__proto__":{"admin":true}}', 'json_prototype'],
    ['{"a":[{"\\u005f_proto__":1}]}', 'json_prototype'],
    ['{"constructor":{"prototype":{"a":1}}}', 'json_prototype'],
    ['{"\\u0063onstructor":{"prototype":1}}', 'json_prototype'],
  ])('refuses %j with %s', (text, code) => {
    expect.assertions(2);
    try {
      parseJson(encode(text));
    } catch (error) {
      expect(error).toMatchObject({ status: 400, code });
      expect((error as Error).message).not.toContain('admin');
    }
  });

  it('allows these words as values, and a constructor without a prototype', () => {
    expect(parseJson(encode('["__proto__","constructor"]'))).toEqual(['__proto__', 'constructor']);
    expect(parseJson(encode('{"constructor":"Bauer"}'))).toHaveProperty('constructor', 'Bauer');
  });
});
