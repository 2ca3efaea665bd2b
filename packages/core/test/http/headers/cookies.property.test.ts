import fc from 'fast-check';
import { formatSetCookie, parseCookies, parseCookieValues } from '../../../src/http/headers/cookies';

const TOKEN_CHARACTERS = [..."!#$%&'*+-.^_`|~0123456789abcXYZ"];
const tokens = fc.string({ unit: fc.constantFrom(...TOKEN_CHARACTERS), minLength: 1, maxLength: 20 });
const pieces = fc.constantFrom('=', ';', ' ', '"', '%', '%zz', '%41', ',', '__proto__', 'constructor', 'a');
const headers = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(pieces, { maxLength: 60 }).map((list) => list.join('')),
);

describe('any Cookie header', () => {
  it('is parsed without an error into an object that inherits nothing', () => {
    fc.assert(
      fc.property(headers, (header) => {
        const cookies = parseCookies(header);
        for (const name of Object.getOwnPropertyNames(Object.prototype))
          expect(name in cookies).toBe(Object.hasOwn(cookies, name));
        expect(Object.values(cookies).every((value) => typeof value === 'string')).toBe(true);
        expect(({} as Record<string, unknown>)['a']).toBeUndefined();
      }),
    );
  });

  it('has the values that a plain split finds', () => {
    fc.assert(
      fc.property(headers, tokens, (header, name) => {
        const bare = (text: string): string => text.replace(/^[ \t]+|[ \t]+$/g, '');
        const expected = header
          .split(';')
          .slice(0, 100)
          .filter((part) => part.includes('=') && bare(part.slice(0, part.indexOf('='))) === name)
          .map((part) => bare(part.slice(part.indexOf('=') + 1)).replace(/^"(.*)"$/s, '$1'));
        expect(parseCookieValues(header, name)).toEqual(expected);
      }),
    );
  });
});

describe('any cookie that a response sets', () => {
  it('is read back with the same value', () => {
    const values = fc.string({ unit: 'grapheme', maxLength: 50 });
    fc.assert(
      fc.property(tokens, values, (name, value) => {
        // The prefixes have rules of their own.
        fc.pre(!/^__(host|secure)-/i.test(name) && value.isWellFormed());
        const [pair = ''] = formatSetCookie(name, value, { path: '/' }).split(';');
        expect(pair).toMatch(/^[\x21-\x7e]*$/);
        expect(parseCookies(`other=1; ${pair}; last=2`)[name]).toBe(value);
      }),
    );
  });
});
