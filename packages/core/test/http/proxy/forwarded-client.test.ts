import fc from 'fast-check';
import {
  createApp,
  type AppOptions,
  type Context,
  type InjectRequest,
  type ProxyHeaders,
} from '../../../src';
import { compileProxyTrust, findForwardedFacts } from '../../../src/http/proxy/forwarded-client';

type Trust = AppOptions['trustProxy'];

async function ask(
  trustProxy: Trust,
  request: Omit<InjectRequest, 'url'> = {},
  options: Pick<AppOptions, 'proxyHeaders'> = {},
) {
  const app = await createApp({
    ...(trustProxy !== undefined && { trustProxy }),
    ...options,
    routes: [
      {
        method: 'GET',
        path: '/',
        handler: ({ request: { address, protocol, host } }: Context) => `${protocol} ${host} ${address}`,
      },
    ],
  });
  return (await app.inject({ url: '/', address: '10.0.0.1', ...request })).text();
}

const FORWARDED = {
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'app.example',
};

describe('the X-Forwarded headers', () => {
  it('are ignored without trustProxy', async () => {
    expect(await ask(undefined, { headers: FORWARDED })).toBe('http localhost 10.0.0.1');
  });

  it('are believed from the listed proxies only', async () => {
    expect(await ask(['10.0.0.0/8'], { headers: FORWARDED })).toBe('https app.example 203.0.113.9');
    expect(await ask(['192.168.0.0/16'], { headers: FORWARDED })).toBe('http localhost 10.0.0.1');
    expect(await ask(['private'], { headers: FORWARDED })).toBe('https app.example 203.0.113.9');
    expect(await ask(['loopback'], { headers: FORWARDED, address: '::1' })).toContain('203.0.113.9');
    expect(await ask(['unix'], { headers: FORWARDED, address: '' })).toContain('203.0.113.9');
    expect(await ask(['private'], { headers: FORWARDED, address: '' })).toBe('http localhost ');
  });

  it.each([
    ['to the first address that is not a proxy', '198.51.100.1, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
    ['to the last address if all are proxies', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['past ports and brackets', '[2001:db8::1]:443, 10.0.0.2:8080', '2001:db8::1'],
    ['past IPv4 written as IPv6', '203.0.113.9, ::ffff:10.0.0.2', '203.0.113.9'],
    ['not past an unreadable entry', '203.0.113.9, unknown, 10.0.0.2', '10.0.0.2'],
    ['past empty entries', '203.0.113.9,, 10.0.0.3 , ,10.0.0.2,', '203.0.113.9'],
    ['to canonical text', '2001:DB9:0:0::1', '2001:db9::1'],
    ['to IPv4 of a mapped address', '::FFFF:cb00:7107', '203.0.113.7'],
    ['to IPv4 of a mapped address with a port', '[0:0:0:0:0:ffff:203.0.113.7]:443', '203.0.113.7'],
    ['and stops at once when they are empty', '', '10.0.0.1'],
  ])('are walked from the right, %s', async (_case, value, address) => {
    expect(await ask(['10.0.0.0/8'], { headers: { 'x-forwarded-for': value } })).toBe(
      `http localhost ${address}`,
    );
  });

  it('are believed from that many proxies at any address', async () => {
    const headers = { 'x-forwarded-for': ['198.51.100.1', '203.0.113.9, 172.16.0.1'] };
    expect(await ask(1, { headers, address: '192.0.2.1' })).toContain('172.16.0.1');
    expect(await ask(2, { headers, address: '192.0.2.1' })).toContain('203.0.113.9');
    expect(await ask(9, { headers, address: '192.0.2.1' })).toContain('198.51.100.1');
  });

  it('report scheme and host from the proxy at which the walk ends', async () => {
    const headers = {
      'x-forwarded-for': '198.51.100.1, 203.0.113.9',
      'x-forwarded-proto': 'https, http',
      'x-forwarded-host': 'evil.example, app.example:8443',
    };
    expect(await ask(['10.0.0.1'], { headers })).toBe('http app.example:8443 203.0.113.9');
    expect(await ask(['10.0.0.1'], { headers: { 'x-forwarded-proto': 'gopher' } })).toContain('http ');
    expect(await ask(['10.0.0.1'], { headers: { 'x-forwarded-host': 'a b/@' } })).toContain('localhost');
  });
});

describe('the Forwarded header', () => {
  const askForwarded = (forwarded: string | readonly string[], trust: Trust = ['10.0.0.0/8']) =>
    ask(trust, { headers: { ...FORWARDED, forwarded } }, { proxyHeaders: 'forwarded' });

  it('is read only with proxyHeaders, and then instead of the others', async () => {
    const forwarded = 'for=198.51.100.1;proto=http;host=other.example';
    expect(await ask(['private'], { headers: { ...FORWARDED, forwarded } })).toBe(
      'https app.example 203.0.113.9',
    );
    expect(await askForwarded(forwarded)).toBe('http other.example 198.51.100.1');
    expect(await ask(['private'], { headers: FORWARDED }, { proxyHeaders: 'forwarded' })).toBe(
      'http localhost 10.0.0.1',
    );
  });

  it('is believed from the listed proxies only', async () => {
    expect(await askForwarded('for=198.51.100.1;proto=https', ['192.168.0.0/16'])).toBe(
      'http localhost 10.0.0.1',
    );
  });

  it.each([
    [
      'to the first address that is not a proxy',
      'for=198.51.100.1, for=203.0.113.9, for=10.0.0.2',
      '203.0.113.9',
    ],
    ['over several lines', ['for=198.51.100.1', 'for=203.0.113.9', 'for=10.0.0.2'], '203.0.113.9'],
    ['past ports and brackets', 'for="[2001:db8::1]:47", for="10.0.0.2:8080"', '2001:db8::1'],
    ['past empty elements', 'for=203.0.113.9,, for=10.0.0.3 ,\t,for=10.0.0.2,', '203.0.113.9'],
    ['to canonical text', 'for="[2001:DB9:0:0::1]"', '2001:db9::1'],
    ['past obfuscated ports', 'for="203.0.113.9:_hidden"', '203.0.113.9'],
    ['not past an unknown node', 'for=203.0.113.9, for=unknown, for=10.0.0.2', '10.0.0.2'],
    ['not past an obfuscated node', 'for=203.0.113.9, for=_gate1, for=10.0.0.2', '10.0.0.2'],
    ['not past a malformed element', 'for=203.0.113.9, for=10.0.0.3:80, for=10.0.0.2', '10.0.0.2'],
    ['not past a quote that a client did not close', 'for="203.0.113.9, for=10.0.0.2', '10.0.0.2'],
    ['not past an element without for', 'for=203.0.113.9, by=10.0.0.9', '10.0.0.1'],
  ])('is walked from the right, %s', async (_case, forwarded, address) => {
    expect(await askForwarded(forwarded)).toBe(`http localhost ${address}`);
  });

  it('reports scheme and host from the farthest trusted proxy that names them', async () => {
    const spoofed = 'for=192.0.2.66;proto=https;host=evil.example';
    const gate = 'for=203.0.113.9;proto=https;host="app.example:8443"';
    const inner = 'for=10.0.0.2;proto=http;host=inner.example';
    expect(await askForwarded(`${spoofed}, ${gate}, ${inner}`)).toBe('https app.example:8443 203.0.113.9');
    expect(await askForwarded(`${spoofed}, for=203.0.113.9, ${inner}`)).toBe(
      'http inner.example 203.0.113.9',
    );
    expect(await askForwarded(`${spoofed}, for=_hidden;proto=https, ${inner}`)).toBe(
      'https inner.example 10.0.0.2',
    );
    expect(await askForwarded('for=203.0.113.9;host="a b/@"')).toContain('localhost');
  });

  it('is believed from that many proxies at any address', async () => {
    const forwarded = 'for=198.51.100.1;proto=https, for=203.0.113.9, for=172.16.0.1';
    expect(await askForwarded(forwarded, 1)).toBe('http localhost 172.16.0.1');
    expect(await askForwarded(forwarded, 9)).toBe('https localhost 198.51.100.1');
  });
});

describe('the address of the other end', () => {
  it.each([
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['::FFFF:102:304', '1.2.3.4'],
    ['2001:DB9:0:0::1', '2001:db9::1'],
    ['127.0.0.1', '127.0.0.1'],
    ['', ''],
    ['a name', 'a name'],
  ])('of an injected request is canonical text: %j is %j', async (address, canonical) => {
    expect(await ask(undefined, { address })).toBe(`http localhost ${canonical}`);
  });

  it('is compared with the trusted proxies as canonical text', async () => {
    const sent = { headers: FORWARDED, address: '::ffff:10.0.0.1' };
    expect(await ask(['10.0.0.0/8'], sent)).toBe('https app.example 203.0.113.9');
    expect(await ask(['2001:db9::/32'], { ...sent, address: '2001:DB9:0::1' })).toContain('203.0.113.9');
    expect(await ask(['::ffff:10.0.0.0/104'], { ...sent, address: '11.0.0.1' })).toContain('11.0.0.1');
  });
});

describe('any forwarded header', () => {
  const text = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.string(),
    fc.constantFrom('', 'unknown', '::ffff:1.2.3.4', '[::1]:1'),
  );
  const trusts = ['10.0.0.0/8', 'loopback'];
  const plain = (address: string) => ({ address, isSecure: false });
  const find = (forwarded: string, peer: string) =>
    findForwardedFacts(
      plain(peer),
      (name) => ({ 'x-forwarded-for': forwarded })[name],
      compileProxyTrust(trusts)!,
    );
  const findForwarded = (forwarded: string, peer: string) =>
    findForwardedFacts(plain(peer), (name) => ({ forwarded })[name], compileProxyTrust(trusts, 'forwarded')!);

  it('never throws, and results in an IP address', () => {
    fc.assert(
      fc.property(fc.array(text), fc.ipV4(), (entries, peer) => {
        const { address } = find(entries.join(','), peer);
        expect(address === peer || /^[\da-f:.]+$/.test(address)).toBe(true);
        const other = findForwarded(entries.map((entry) => `for=${entry}`).join(','), peer).address;
        expect(other === peer || /^[\da-f:.]+$/.test(other)).toBe(true);
      }),
    );
  });

  it('is ignored to the left of the first untrusted address', () => {
    fc.assert(
      fc.property(fc.array(text), (spoofed) => {
        expect(find([...spoofed, '203.0.113.9', '10.0.0.2'].join(','), '10.0.0.1').address).toBe(
          '203.0.113.9',
        );
        const forwarded = [...spoofed, 'for=203.0.113.9;proto=https', 'for=10.0.0.2'].join(',');
        expect(findForwarded(forwarded, '10.0.0.1')).toEqual({
          address: '203.0.113.9',
          protocol: 'https',
          host: undefined,
        });
      }),
    );
  });

  it.each([9999, trusts])('is followed for at most 32 hops with trustProxy %j', (trust) => {
    const proxies = Array.from({ length: 50 }, (_, index) => `10.0.0.${index + 1}`);
    const read = (headers: Record<string, string>, kind: ProxyHeaders) =>
      findForwardedFacts(plain('10.0.0.99'), (name) => headers[name], compileProxyTrust(trust, kind)!)
        .address;
    expect(read({ 'x-forwarded-for': proxies.join() }, 'x-forwarded')).toBe('10.0.0.19');
    expect(read({ forwarded: proxies.map((proxy) => `for=${proxy}`).join() }, 'forwarded')).toBe('10.0.0.19');
  });

  it('is ignored from a client that is not a proxy', () => {
    fc.assert(
      fc.property(fc.array(text), (spoofed) => {
        expect(find(spoofed.join(','), '203.0.113.9').address).toBe('203.0.113.9');
      }),
    );
  });
});
