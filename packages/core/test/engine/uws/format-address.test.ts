import { formatAddress } from '../../../src/engine/uws/format-address';

const format = (...octets: readonly number[]): string => formatAddress(Uint8Array.from(octets).buffer);
const six = (...groups: readonly number[]): string =>
  format(...groups.flatMap((group) => [group >> 8, group & 255]));

describe('A remote address as text', () => {
  it.each([
    ['127.0.0.1', format(127, 0, 0, 1)],
    ['255.255.255.255', format(255, 255, 255, 255)],
    ['::', six(0, 0, 0, 0, 0, 0, 0, 0)],
    ['::1', six(0, 0, 0, 0, 0, 0, 0, 1)],
    ['2001:db8::1', six(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)],
    ['2001:db8:0:1:1:1:1:1', six(0x2001, 0xdb8, 0, 1, 1, 1, 1, 1)],
    ['fe80::a:0:0:b', six(0xfe80, 0, 0, 0, 0xa, 0, 0, 0xb)],
  ])('is %s', (expected, text) => expect(text).toBe(expected));

  it('is IPv4 if it was mapped, and only then', () => {
    expect(six(0, 0, 0, 0, 0, 0xffff, 0xa00, 1)).toBe('10.0.0.1');
    expect(six(0, 0, 0, 0, 1, 0xffff, 0xa00, 1)).toBe('::1:ffff:a00:1');
    expect(six(0, 0, 0, 0, 0, 0, 0xa00, 1)).toBe('::a00:1');
  });

  it('is that of the bytes at the time of the call', () => {
    const bytes = Uint8Array.of(10, 0, 0, 1);
    expect([formatAddress(bytes.buffer), format(10, 0, 0, 2)]).toEqual(['10.0.0.1', '10.0.0.2']);
    formatAddress(bytes.buffer);
    bytes[3] = 3;
    expect([formatAddress(bytes.buffer), format(10, 0, 0, 1)]).toEqual(['10.0.0.3', '10.0.0.1']);
    expect([format(), format(0, 0, 0, 0), format()]).toEqual(['', '0.0.0.0', '']);
  });

  it('is empty if there is none', () => expect(format()).toBe(''));
});
