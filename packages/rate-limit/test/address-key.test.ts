import { isIPv6 } from 'node:net';
import * as fc from 'fast-check';
import { makeAddressKey } from '../src/address-key';

describe('makeAddressKey', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:cb00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0000:0000:ffff:ffff:ffff:ffff', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', 'socket'],
    ['not:an:address', 'not:an:address'],
  ])('makes %j the key %j', (address, key) => {
    expect(makeAddressKey(address, 64)).toBe(key);
  });

  it('keeps the bits of the prefix, not whole groups only', () => {
    expect(makeAddressKey('2001:db8:1:2ff::1', 56)).toBe('2001:db8:1:200::/56');
    expect(makeAddressKey('2001:db8:1:3ff::1', 56)).toBe('2001:db8:1:300::/56');
    expect(makeAddressKey('2001:db8::1', 128)).not.toBe(makeAddressKey('2001:db8::2', 128));
    expect(makeAddressKey('2001:db8:ffff::', 32)).toBe('2001:db8::/32');
  });

  it('gives 100,000 addresses of one /64 one key', () => {
    const keys = new Set<string>();
    for (let index = 0; index < 100_000; index++)
      keys.add(
        makeAddressKey(`2001:db8:1:2::${index.toString(16).slice(-4)}:${(index >> 16).toString(16)}`, 64),
      );
    expect(keys.size).toBe(1);
  });

  it('never gives two IPv4 clients one key, mapped or not (GHSA-46wh-pxpv-q5gq)', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 32, max: 128 }), (one, other, bits) => {
        expect(makeAddressKey(`::ffff:${one}`, bits)).toBe(makeAddressKey(one, bits));
        expect(makeAddressKey(one, bits) === makeAddressKey(`::ffff:${other}`, bits)).toBe(one === other);
      }),
    );
  });

  it('gives two IPv6 addresses one key exactly if their first 64 bits agree, in every notation', () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    const groups = fc.array(group, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, groups, fc.nat(4), (one, other, shared) => {
        const mixed = [...one.slice(0, shared), ...other.slice(shared)];
        const isSame = one.slice(0, 4).every((value, index) => value === mixed[index]);
        const full = mixed.map((value) => value.toString(16).padStart(4, '0').toUpperCase()).join(':');
        const short = new URL(`http://[${full}]`).hostname.slice(1, -1);
        expect(makeAddressKey(short, 64)).toBe(makeAddressKey(full, 64));
        const [mine, theirs] = [one, mixed].map((value) =>
          makeAddressKey(value.map((part) => part.toString(16)).join(':'), 64),
        );
        expect(mine === theirs).toBe(isSame);
      }),
    );
  });

  it('reads exactly the addresses that node:net accepts', () => {
    const parts = fc.constantFrom(
      ':',
      '::',
      '0',
      'ffff',
      'abcde',
      '1',
      '1.2.3.4',
      '256.1.1.1',
      '1.2.3',
      'g',
      '%a',
    );
    const texts = fc.oneof(
      fc.ipV6(),
      fc.array(parts, { maxLength: 17 }).map((some) => some.join('')),
      fc
        .array(fc.constantFrom('1', 'ab', '0', ''), { minLength: 1, maxLength: 10 })
        .map((some) => some.join(':')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(text.includes(':'));
        const [address] = text.split('%') as [string];
        const isMapped = /^[\d.]+$/.test(makeAddressKey(text, 128));
        const isRead = isMapped || makeAddressKey(text, 128).endsWith('::/128');
        expect([text, isRead]).toEqual([text, isIPv6(address)]);
        if (!isRead || isMapped) return;
        const same = (one: string): string => new URL(`http://[${one}]`).hostname;
        const key = makeAddressKey(text, 128).replace('::/128', '');
        expect(same(key)).toBe(same(address));
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws and never makes a key with braces or spaces of an address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV6(), fc.ipV4()), (address) => {
        expect(makeAddressKey(address, 64)).toMatch(/^[0-9a-f.:/]+$/);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => void makeAddressKey(text, 64)));
  });
});
