import { BlockList } from 'node:net';
import { compileTrust, findTrustFault, parseForwardedAddress } from '../../../src/http/proxy/trusted-proxies';

describe('compileTrust', () => {
  it.each<[readonly string[], readonly string[], readonly string[]]>([
    [['10.0.0.1'], ['10.0.0.1'], ['10.0.0.2', '10.0.0.0', '', '::1']],
    [['10.1.0.0/16'], ['10.1.0.0', '10.1.255.255'], ['10.0.255.255', '10.2.0.0']],
    [['10.1.2.3/16'], ['10.1.0.0'], ['10.2.2.3']],
    [['0.0.0.0/0'], ['203.0.113.9'], ['2001:db8::1', '']],
    [['2001:db8::/32'], ['2001:db8::1', '2001:db8:ffff::'], ['2001:db9::', '10.0.0.1']],
    [['2001:db8::1'], ['2001:db8:0::1'], ['2001:db8::2']],
    [['loopback'], ['127.0.0.1', '127.255.255.255', '::1'], ['128.0.0.0', '::2', '']],
    [
      ['private'],
      ['10.0.0.0', '172.16.0.0', '172.31.255.255', '192.168.255.255', 'fc00::', 'fdff::1'],
      ['11.0.0.0', '172.15.255.255', '172.32.0.0', '192.169.0.0', 'fe00::', '127.0.0.1'],
    ],
    [['unix'], [''], ['10.0.0.1', 'unix']],
    [['all'], ['203.0.113.9', '2001:db8::1', '', '::ffff:203.0.113.9'], []],
    [
      ['::ffff:10.0.0.0/104'],
      ['10.0.0.1', '10.255.0.0', '::ffff:10.0.0.1'],
      ['11.0.0.0', '203.0.113.9', '::1'],
    ],
    [['::ffff:a00:1'], ['10.0.0.1'], ['10.0.0.2', '::1']],
    [['0:0:0:0:0:ffff:10.0.0.1/128'], ['10.0.0.1'], ['10.0.0.2', '::ffff:10.0.0.2']],
    [['2001::/16'], ['2001:db8::1'], ['203.0.113.9', '::ffff:203.0.113.9']],
    [
      ['unix', '10.0.0.1'],
      ['', '10.0.0.1'],
      ['10.0.0.2', 'not an address'],
    ],
  ])('%j contains %j, but not %j', (trust, inside, outside) => {
    const isTrusted = compileTrust(trust);
    expect(inside.filter((address) => !isTrusted(address, 0))).toEqual([]);
    expect(outside.filter((address) => isTrusted(address, 0))).toEqual([]);
  });

  it('asks once about an address, and forgets those of clients before they fill the memory', () => {
    const check = jest.spyOn(BlockList.prototype, 'check');
    const isTrusted = compileTrust(['10.0.0.0/8']);
    const ask = (address: string): boolean => isTrusted(address, 0);
    expect([ask('10.0.0.1'), ask('10.0.0.1'), ask('11.0.0.1'), ask('11.0.0.1')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(check).toHaveBeenCalledTimes(2);
    for (let index = 0; index < 600; index++)
      expect(ask(`${10 + (index % 2)}.1.${index >> 8}.${index & 255}`)).toBe(index % 2 === 0);
    check.mockClear();
    expect([ask('10.0.0.1'), ask('11.0.0.1')]).toEqual([true, false]);
    expect(check).toHaveBeenCalledTimes(2);
    check.mockRestore();
  });

  it('counts hops when it is a number, whatever the address', () => {
    const isTrusted = compileTrust(2);
    expect([0, 1, 2, 3].map((hop) => isTrusted('203.0.113.9', hop))).toEqual([true, true, false, false]);
  });
});

describe('findTrustFault', () => {
  it.each([
    [1],
    [9],
    [['10.0.0.1', '10.0.0.0/8', '10.0.0.0/0', '10.0.0.1/32', '::1', 'fc00::/7', '::1/128']],
    [['loopback', 'private', 'unix']],
    [['all']],
    [['::ffff:10.0.0.0/96', '::ffff:10.0.0.0/104', '64:ff9b::/96', '::/97']],
  ])('finds none in %j', (trust) => expect(findTrustFault(trust)).toBeUndefined());

  it.each([0, -1, 1.5, NaN, Infinity])('refuses the number %p', (trust) =>
    expect(findTrustFault(trust)).toBe('must count at least one proxy'),
  );

  it.each([true, 'loopback', [], {}, null])('refuses %j, which is not a list', (trust) =>
    expect(findTrustFault(trust)).toBe('must be a number of proxies, or a list of their addresses'),
  );

  it.each([
    '',
    'proxy.example',
    'public',
    'toString',
    '10.0.0.0/33',
    '::1/129',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/0x8',
    '10.0.0.0/8/8',
    '10.0.0',
    'fe80::1%eth0',
    10,
    null,
  ])('names the wrong entry %j', (entry) => {
    const fault = findTrustFault(['10.0.0.1', entry]);
    expect(fault).toBe(
      `must list addresses ('10.0.0.1'), ranges ('10.0.0.0/8'), 'loopback', 'private', 'unix' or 'all', but has ${JSON.stringify(entry)}`,
    );
  });

  it.each(['::ffff:10.0.0.0/8', '::ffff:10.0.0.0/95', '::/0', '::/80', '::/1', '0:0::/64', '::FFFF:0:0/95'])(
    'refuses the range %j, which has every IPv4 address in it',
    (entry) =>
      expect(findTrustFault(['loopback', entry])).toBe(
        `must not have ${JSON.stringify(entry)}, which contains every IPv4 address; write an IPv4 range ('10.0.0.0/8') or more bits, or 'all' for every client`,
      ),
  );

  it('describes an entry that JSON cannot express', () =>
    expect(findTrustFault([undefined])).toMatch(/, but has something else$/));
});

describe('parseForwardedAddress', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:80', '203.0.113.9'],
    ['2001:DB8::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:DB8::1]:65535', '2001:db8::1'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['[::FFFF:203.0.113.9]:80', '203.0.113.9'],
    ['::ffff:cb00:7109', '203.0.113.9'],
    ['0:0:0:0:0:FFFF:CB00:7109', '203.0.113.9'],
    ['[2001:db9:0:0::1]', '2001:db9::1'],
    ['2001:0db9:0000::0001', '2001:db9::1'],
  ])('finds in %j the address %j', (text, address) => expect(parseForwardedAddress(text)).toBe(address));

  it.each([
    '',
    'unknown',
    '_hidden',
    'proxy.example',
    '203.0.113',
    '203.0.113.999',
    '203.0.113.9:',
    '203.0.113.9:123456',
    '203.0.113.9:http',
    '[2001:db8::1',
    '[2001:db8::1]:',
    '[203.0.113.9',
    'fe80::1%eth0',
    ' 203.0.113.9',
  ])('finds no address in %j', (text) => expect(parseForwardedAddress(text)).toBeUndefined());
});
