import { parseHost } from '../../src/routing/host';

describe('parseHost', () => {
  it.each([
    ['example.com', 'example.com', undefined],
    ['EXAMPLE.com', 'example.com', undefined],
    ['example.com.', 'example.com', undefined],
    ['example.com:8080', 'example.com', 8080],
    ['example.com.:8080', 'example.com', 8080],
    ['example.com:0', 'example.com', 0],
    ['example.com:00080', 'example.com', 80],
    ['example.com:65535', 'example.com', 65535],
    ['localhost', 'localhost', undefined],
    ['a', 'a', undefined],
    ['a--b.example', 'a--b.example', undefined],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example', undefined],
    ['3com.example', '3com.example', undefined],
    ['1.2.example', '1.2.example', undefined],
    ['127.0.0.1', '127.0.0.1', undefined],
    ['127.0.0.1:80', '127.0.0.1', 80],
    ['255.255.255.255', '255.255.255.255', undefined],
    ['[::1]', '[::1]', undefined],
    ['[::1]:8000', '[::1]', 8000],
    ['[0:0:0:0:0:0:0:1]', '[::1]', undefined],
    ['[2001:DB8::00A0]', '[2001:db8::a0]', undefined],
    ['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', undefined],
  ])('reads %s', (text, name, port) => {
    expect(parseHost(text)).toEqual({ name, port });
  });

  it.each([
    ['nothing', ''],
    ['a dot', '.'],
    ['an empty label', 'a..b'],
    ['a leading dot', '.example.com'],
    ['two trailing dots', 'example.com..'],
    ['a leading hyphen', '-a.example'],
    ['a trailing hyphen', 'a-.example'],
    ['an underscore', 'my_service'],
    ['userinfo', 'user@example.com'],
    ['userinfo with a password', 'example.com:80@evil.example'],
    ['a path', 'example.com/path'],
    ['a query', 'example.com?x'],
    ['a fragment', 'example.com#x'],
    ['a backslash', 'example.com\\@evil.example'],
    ['percent-encoding', 'ex%61mple.com'],
    ['a space', 'example.com '],
    ['a space before', ' example.com'],
    ['a tab', 'example\t.com'],
    ['a line feed', 'example.com\n'],
    ['NUL', 'example.com\0'],
    ['two hosts', 'a.example, b.example'],
    ['a scheme', 'http://example.com'],
    ['a colon without port', 'example.com:'],
    ['two ports', 'example.com:80:90'],
    ['a port with a sign', 'example.com:+80'],
    ['a port in hexadecimal', 'example.com:0x50'],
    ['a port out of range', 'example.com:65536'],
    ['a port of six digits', 'example.com:000080'],
    ['a port in other digits', 'example.com:\u0668\u0660'],
    ['a port alone', ':80'],
    ['letters beyond ASCII', 'b\u00fccher.example'],
    ['the Kelvin sign, whose lower case is k', '\u212aelvin.example'],
    ['the long s, whose upper case is S', 'te\u017ft.example'],
    ['a full stop of another script', 'example\u3002com'],
    ['IPv4 with three parts', '127.0.1'],
    ['IPv4 as one number', '2130706433'],
    ['IPv4 in octal', '0177.0.0.1'],
    ['IPv4 in hexadecimal', '0x7f.0.0.1'],
    ['IPv4 in hexadecimal at the end', '127.0.0.0x1'],
    ['IPv4 as one hexadecimal number', '0x7f000001'],
    ['IPv4 with five parts', '127.0.0.0.1'],
    ['IPv4 out of range', '256.0.0.1'],
    ['a name that ends in a number', 'example.1'],
    ['a name that ends in 0x', 'example.0x'],
    ['IPv6 without brackets', '::1'],
    ['IPv6 half in brackets', '[::1'],
    ['IPv6 with a zone', '[fe80::1%eth0]'],
    ['IPv6 with two gaps', '[1::2::3]'],
    ['IPv6 with too many parts', '[1:2:3:4:5:6:7:8:9]'],
    ['IPv4 in brackets', '[127.0.0.1]'],
    ['empty brackets', '[]'],
    ['a future address', '[v1.a]'],
    ['text after the brackets', '[::1]a'],
  ])('refuses %s', (_, text) => {
    expect(parseHost(text)).toBeUndefined();
  });

  it('takes names of 253 characters in labels of 63, and no longer ones', () => {
    const label = 'a'.repeat(63);
    const longest = `${label}.${label}.${label}.${'a'.repeat(61)}`;
    expect(parseHost(longest)?.name).toBe(longest);
    expect(parseHost(`${longest}.`)?.name).toBe(longest);
    expect(parseHost(`${longest}a`)).toBeUndefined();
    expect(parseHost(`${label}a.example`)).toBeUndefined();
  });
});
