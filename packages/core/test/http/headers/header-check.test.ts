import fc from 'fast-check';
import { checkHeaderName, checkHeaderValue, isToken } from '../../../src/http/headers/header-check';

/** Calls `check` and returns its result or its error. */
function attempt(check: () => string): string | Error {
  try {
    return check();
  } catch (error) {
    return error as Error;
  }
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('\r', '\n', '\0', '\t', ' ', 'a', 'é', '\u2028', '\u{1f600}', '\x7f', '\ud800'),
  }),
);

describe('checkHeaderName and checkHeaderValue', () => {
  it('refuse any value with control or non-ASCII characters, and return the others unchanged', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const result = attempt(() => checkHeaderValue('X-Any', text));
        if (/^[\t\x20-\x7e]*$/.test(text)) expect(result).toBe(text);
        else expect(result).toBeInstanceOf(TypeError);
      }),
    );
  });

  it('refuse any name that is not a token, and return the others in lower case', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const result = attempt(() => checkHeaderName(text));
        if (isToken(text)) expect(result).toBe(text.toLowerCase());
        else expect(result).toBeInstanceOf(TypeError);
      }),
    );
  });

  it('report the position of the fault, not the value', () => {
    expect(() => checkHeaderValue('X-Next', 'secret\r\nSet-Cookie: a=b')).toThrow(
      'The value of header X-Next has U+000d at position 6: only visible ASCII, space and tab may be sent. ' +
        'Encode it first (RFC 8187, or encodeURIComponent).',
    );
    expect(() => checkHeaderValue('X-Next', 'secret é')).toThrow('U+00e9 at position 7');
    expect(() => checkHeaderValue('X-Next', 'secret\n')).not.toThrow('secret');
  });

  it.each([1, 100])('accept exactly tab, space and visible ASCII, %i times', (times) => {
    const accepted = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code).repeat(times)).filter(
      (text) => typeof attempt(() => checkHeaderValue('X-Any', text)) === 'string',
    );
    expect(accepted.map((text) => text[0]).join('')).toMatch(/^\t [!-~]{94}$/);
  });

  it('write numbers as text', () => {
    expect(checkHeaderValue('Retry-After', 120)).toBe('120');
  });

  it.each([undefined, null, true, {}, ['a']])('refuse %j as a value', (value) => {
    expect(() => checkHeaderValue('X-Any', value as never)).toThrow(
      'The value of header X-Any must be a string.',
    );
  });

  it.each(['', 'X Y', 'X:Y', 'Ünder', 'a\r\nb', undefined, 1])('refuse %j as a name', (name) => {
    expect(() => checkHeaderName(name as never)).toThrow(TypeError);
  });

  it('keep working after more names than they remember', () => {
    for (let index = 0; index < 600; index++) expect(checkHeaderName(`X-${index}`)).toBe(`x-${index}`);
  });
});

describe('isToken', () => {
  it.each(['a', 'x-Any', "!#$%&'*+.^_`|~-9"])('accepts %s', (text) => expect(isToken(text)).toBe(true));
  it.each(['', 'a b', 'a\n', 'a=b', '"a"', 'é', 'a,b'])('does not accept %j', (text) =>
    expect(isToken(text)).toBe(false),
  );
});
