import { stringifySetCookie } from 'cookie';
import fc from 'fast-check';
import {
  findCookieFault,
  formatSetCookie,
  parseCookies,
  parseCookieValues,
  type CookieOptions,
} from '../../../src/http/headers/cookies';

describe('formatSetCookie', () => {
  it('writes every attribute', () => {
    const options: CookieOptions = {
      maxAge: 60,
      path: '/notes',
      domain: 'app.example',
      httpOnly: true,
      secure: true,
      sameSite: 'none',
      partitioned: true,
    };
    expect(formatSetCookie('a', 'b', options)).toBe(
      'a=b; Max-Age=60; Domain=app.example; Path=/notes; HttpOnly; Secure; Partitioned; SameSite=None',
    );
  });

  it('encodes a value so that it cannot add attributes', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const line = formatSetCookie('a', value, { path: '/' });
        expect(line).toMatch(/^a=[!-+\--:<-~]*; Path=\/$/);
        expect(parseCookies(line.split('; ')[0])['a']).toBe(value);
      }),
    );
  });

  it('refuses a value that is not valid Unicode text', () => {
    expect(() => formatSetCookie('a', '\ud800')).toThrow('Cookie "a": the value is not valid Unicode text.');
  });
});

describe('a cookie that is set again', () => {
  it.each<CookieOptions>([
    {},
    { maxAge: 60 },
    { maxAge: 0 },
    { path: '/notes' },
    { domain: 'app.example' },
    { httpOnly: true },
    { secure: true },
    { sameSite: 'lax' },
    { secure: true, partitioned: true },
  ])('has the attributes of this time, not of the time before: %p', (options) => {
    const plain = formatSetCookie('again', 'a', { path: '/' });
    const line = formatSetCookie('again', 'b', options);
    expect(line).toBe(stringifySetCookie({ ...options, name: 'again', value: 'b' }));
    expect(formatSetCookie('again', 'c', { ...options })).toBe(line.replace('=b', '=c'));
    expect(formatSetCookie('again', 'a', { path: '/' })).toBe(plain);
  });

  it('follows an object of attributes that changes', () => {
    const options = { path: '/a' };
    formatSetCookie('changing', '', options);
    options.path = '/b';
    expect(formatSetCookie('changing', '', options)).toBe('changing=; Path=/b');
  });

  it('is refused again for the same fault', () => {
    for (let time = 0; time < 2; time++)
      expect(() => formatSetCookie('__Host-a', '', { path: '/' })).toThrow('needs Secure');
  });
});

describe('findCookieFault', () => {
  it.each<[string, CookieOptions, string]>([
    ['a b', {}, "the name must have only letters, digits and !#$%&'*+-.^_`|~ (RFC 6265bis §4.1.1)"],
    ['', {}, "the name must have only letters, digits and !#$%&'*+-.^_`|~ (RFC 6265bis §4.1.1)"],
    ['a=b', {}, "the name must have only letters, digits and !#$%&'*+-.^_`|~ (RFC 6265bis §4.1.1)"],
    ['a', { maxAge: 1.5 }, 'maxAge must be a whole number of seconds'],
    ['a', { maxAge: Infinity }, 'maxAge must be a whole number of seconds'],
    [
      'a',
      { path: '/; HttpOnly' },
      'path must begin with / and contain only printable ASCII characters other than ;',
    ],
    [
      'a',
      { path: '/\r\n' },
      'path must begin with / and contain only printable ASCII characters other than ;',
    ],
    [
      'a',
      { path: 'notes' },
      'path must begin with / and contain only printable ASCII characters other than ;',
    ],
    ['a', { domain: 'a.example; Secure' }, 'domain must be a host name'],
    ['a', { domain: '' }, 'domain must be a host name'],
    ['a', { sameSite: 'none' }, 'SameSite=None needs Secure'],
    ['a', { partitioned: true }, 'Partitioned needs Secure'],
    ['__Secure-a', {}, 'the prefix __Secure- needs Secure'],
    ['__secure-a', {}, 'the prefix __Secure- needs Secure'],
    ['__Host-a', { path: '/' }, 'the prefix __Host- needs Secure'],
    ['__Host-a', { secure: true }, 'the prefix __Host- needs Path=/ and no Domain'],
    ['__Host-a', { secure: true, path: '/a' }, 'the prefix __Host- needs Path=/ and no Domain'],
    [
      '__hOsT-a',
      { secure: true, path: '/', domain: 'a.example' },
      'the prefix __Host- needs Path=/ and no Domain',
    ],
    ['__Http-a', { httpOnly: true }, 'the prefix __Http- needs Secure'],
    ['__Http-a', { secure: true }, 'the prefix __Http- needs HttpOnly'],
    ['__hTTp-a', { secure: true }, 'the prefix __Http- needs HttpOnly'],
    ['__Host-Http-a', { secure: true, path: '/' }, 'the prefix __Host-Http- needs HttpOnly'],
    [
      '__Host-Http-a',
      { secure: true, httpOnly: true, path: '/a' },
      'the prefix __Host-Http- needs Path=/ and no Domain',
    ],
  ])('refuses %j with %j', (name, options, fault) => {
    expect(findCookieFault(name, options)).toBe(fault);
    expect(() => formatSetCookie(name, 'x', options)).toThrow(
      new TypeError(`Cookie ${JSON.stringify(name)}: ${fault}.`),
    );
  });

  it('accepts a cookie that follows the rules of its prefix', () => {
    expect(findCookieFault('__Host-a', { secure: true, path: '/' })).toBeUndefined();
    expect(findCookieFault('__Secure-a', { secure: true, domain: '.a.example' })).toBeUndefined();
    const hidden = { secure: true, httpOnly: true };
    expect(findCookieFault('__Http-a', { ...hidden, path: '/a' })).toBeUndefined();
    expect(findCookieFault('__Host-Http-a', { ...hidden, path: '/' })).toBeUndefined();
    expect(findCookieFault('__HostHttp-a', {})).toBeUndefined();
  });
});

describe('parseCookies', () => {
  it('decodes values, takes the first of equal names, and has no prototype', () => {
    const cookies = parseCookies('a=%20x; b="q"; a=second; bad=%zz; =nameless; toString=1');
    expect(Object.getPrototypeOf(cookies)).not.toBe(Object.prototype);
    expect({ ...cookies }).toEqual({ a: ' x', b: '"q"', bad: '%zz', toString: '1' });
    expect(parseCookies('a=1')['constructor']).toBeUndefined();
  });

  it('takes no cookie without a name for one with a prefix (RFC 6265bis §5.7)', () => {
    expect({ ...parseCookies('=__Host-a=planted; __Host-a=mine') }).toEqual({ '__Host-a': 'mine' });
  });

  it('is empty without a header', () => expect(Object.keys(parseCookies(undefined))).toEqual([]));

  it('reads 1000 cookies, more than a browser sends to one host', () => {
    const header = Array.from({ length: 5000 }, (_, index) => `c${index}=1`).join(';');
    expect(Object.keys(parseCookies(header))).toHaveLength(1000);
  });

  it('sets nothing on any prototype', () => {
    const cookies = parseCookies('__proto__=x; constructor=y');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    expect(cookies['constructor']).toBe('y');
  });
});

describe('parseCookieValues', () => {
  it('returns every raw value, in order', () => {
    expect(parseCookieValues('a=1; b=2;a="%20"; A=3; a', 'a')).toEqual(['1', '%20']);
  });

  it('finds a name behind any number of other cookies', () => {
    const others = Array.from({ length: 5000 }, (_, index) => `c${index}=1`).join(';');
    expect(parseCookieValues(`${others}; mine=1; ${others}; mine=2`, 'mine')).toEqual(['1', '2']);
  });

  it('ignores longer names, and values that look like the name', () => {
    expect(parseCookieValues('aa=1; ba=2; b=a=3; a b=4; a; b a=5; a;=6; A=7', 'a')).toEqual([]);
    expect(parseCookieValues('aa=1;a=b=c;a=', 'a')).toEqual(['b=c', '']);
  });

  it('ignores spaces and tabs around names and values', () => {
    const blank = fc.constantFrom('', ' ', '\t ');
    const word = fc.stringMatching(/^[ab]{1,3}$/);
    const cookie = fc.record({ name: word, value: word, before: blank, between: blank, after: blank });
    fc.assert(
      fc.property(fc.array(cookie), word, (written, name) => {
        const parts = written.map(
          (part) => part.before + part.name + part.between + '=' + part.value + part.after,
        );
        const values = written.filter((part) => part.name === name).map(({ value }) => value);
        expect(parseCookieValues(parts.join(';'), name)).toEqual(values);
      }),
    );
  });

  it('strips only spaces and tabs from a name, so that no look-alike passes for __Host-', () => {
    expect(parseCookieValues('\u2000__Host-a=evil; \t__Host-a\t = good', '__Host-a')).toEqual(['good']);
  });
});
