import fc from 'fast-check';
import { parseJson, parseText } from '../../src/http/body-parsers';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('parseText', () => {
  it('decodes UTF-8', () => expect(parseText(encode('é'))).toBe('é'));

  it('refuses what is not UTF-8', () =>
    expect(() => parseText(new Uint8Array([0xff]))).toThrow('The body is not valid UTF-8.'));
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
  ])('answers %j with %s', (text, code) => {
    expect.assertions(2);
    try {
      parseJson(encode(text));
    } catch (error) {
      expect(error).toMatchObject({ status: 400, code });
      expect((error as Error).message).not.toContain('admin');
    }
  });

  it('has nothing against these words where they are no keys, nor a constructor without prototype', () => {
    expect(parseJson(encode('["__proto__","constructor"]'))).toEqual(['__proto__', 'constructor']);
    expect(parseJson(encode('{"constructor":"Bauer"}'))).toHaveProperty('constructor', 'Bauer');
  });
});
