import { CLAIM_READERS, type ProxyHeaders } from '../../../src/http/proxy/forwarded-claims';

function read(kind: ProxyHeaders, headers: Readonly<Record<string, string>>) {
  return [...CLAIM_READERS[kind]((name) => headers[name])];
}

const NOTHING = { address: undefined, protocol: undefined, host: undefined };

describe('the claims in X-Forwarded headers', () => {
  it('have one per address, from the right, with the scheme and host at the same place', () => {
    const headers = {
      'x-forwarded-for': '203.0.113.9 ,unknown,10.0.0.2',
      'x-forwarded-proto': 'https, http ,wss',
      'x-forwarded-host': 'a.example,b.example, c.example',
    };
    expect(read('x-forwarded', headers)).toEqual([
      { address: '10.0.0.2', protocol: 'wss', host: 'c.example' },
      { address: undefined, protocol: 'http', host: 'b.example' },
      { address: '203.0.113.9', protocol: 'https', host: 'a.example' },
    ]);
  });

  it('use the first scheme and host for all hops further away', () => {
    const headers = {
      'x-forwarded-for': '203.0.113.9, 10.0.0.3, 10.0.0.2',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'a.example, b.example',
    };
    expect(read('x-forwarded', headers).map(({ protocol, host }) => [protocol, host])).toEqual([
      ['https', 'b.example'],
      ['https', 'a.example'],
      ['https', 'a.example'],
    ]);
  });

  it('skip empty members of their lists', () => {
    const headers = {
      'x-forwarded-for': ',203.0.113.9,, ,10.0.0.2, ,',
      'x-forwarded-proto': 'https,,http,',
      'x-forwarded-host': ' ,a.example,\t,b.example , ',
    };
    expect(read('x-forwarded', headers)).toEqual([
      { address: '10.0.0.2', protocol: 'http', host: 'b.example' },
      { address: '203.0.113.9', protocol: 'https', host: 'a.example' },
    ]);
    expect(read('x-forwarded', { 'x-forwarded-for': ',, ,', 'x-forwarded-proto': ',' })).toEqual([NOTHING]);
  });

  it('are one without X-Forwarded-For', () => {
    expect(read('x-forwarded', {})).toEqual([NOTHING]);
    expect(read('x-forwarded', { 'x-forwarded-proto': 'http, https' })).toEqual([
      { ...NOTHING, protocol: 'https' },
    ]);
  });
});

describe('the claims in Forwarded', () => {
  it('have one per element, from the right, without ports', () => {
    const forwarded =
      'for="203.0.113.9:_port", for=_hidden;proto=http, for="10.0.0.2:80";host=a.example;proto=https';
    expect(read('forwarded', { forwarded })).toEqual([
      { address: '10.0.0.2', protocol: 'https', host: 'a.example' },
      { ...NOTHING, protocol: 'http' },
      { ...NOTHING, address: '203.0.113.9' },
    ]);
  });

  it('skip empty elements, but not elements that say nothing', () => {
    expect(read('forwarded', { forwarded: ',for=192.0.2.1,, ,for=192.0.2.2,\t,' })).toEqual([
      { ...NOTHING, address: '192.0.2.2' },
      { ...NOTHING, address: '192.0.2.1' },
    ]);
    expect(read('forwarded', { forwarded: 'for=192.0.2.1, ;, for=192.0.2.2' })).toHaveLength(1);
    expect(read('forwarded', { forwarded: ', ,' })).toEqual([]);
    expect(read('forwarded', { forwarded: `for=192.0.2.1${','.repeat(50_000)}` })).toHaveLength(1);
  });

  it('are none without the header', () => expect(read('forwarded', {})).toEqual([]));

  it('do not remove the name of a hidden node', () => {
    expect(read('forwarded', { forwarded: 'for="_hidden:_port"' })).toEqual([NOTHING]);
    expect(read('forwarded', { forwarded: 'for="10.0.0.1:_a:_b"' })).toEqual([NOTHING]);
  });
});
