import fc from 'fast-check';
import { createApp, type AppOptions, type Context, type InjectRequest } from '../../../src';
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

describe('what proxies say of the client', () => {
  it('is not believed unless an application says so', async () => {
    expect(await ask(undefined, { headers: FORWARDED })).toBe('http localhost 10.0.0.1');
  });

  it('is believed of the listed, and of nobody else', async () => {
    expect(await ask(['10.0.0.0/8'], { headers: FORWARDED })).toBe('https app.example 203.0.113.9');
    expect(await ask(['192.168.0.0/16'], { headers: FORWARDED })).toBe('http localhost 10.0.0.1');
    expect(await ask(['private'], { headers: FORWARDED })).toBe('https app.example 203.0.113.9');
    expect(await ask(['loopback'], { headers: FORWARDED, address: '::1' })).toContain('203.0.113.9');
    expect(await ask(['unix'], { headers: FORWARDED, address: '' })).toContain('203.0.113.9');
    expect(await ask(['private'], { headers: FORWARDED, address: '' })).toBe('http localhost ');
  });

  it.each([
    ['to the first that is none of them', '198.51.100.1, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
    ['to the last where all are', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['past ports and brackets', '[2001:db8::1]:443, 10.0.0.2:8080', '2001:db8::1'],
    ['past IPv4 written as IPv6', '203.0.113.9, ::ffff:10.0.0.2', '203.0.113.9'],
    ['not past what can not be read', '203.0.113.9, unknown, 10.0.0.2', '10.0.0.2'],
    ['nowhere where nothing is said', '', '10.0.0.1'],
  ])('is walked from the right, %s', async (_what, value, address) => {
    expect(await ask(['10.0.0.0/8'], { headers: { 'x-forwarded-for': value } })).toBe(
      `http localhost ${address}`,
    );
  });

  it('is believed of so many proxies, whoever they are', async () => {
    const headers = { 'x-forwarded-for': ['198.51.100.1', '203.0.113.9, 172.16.0.1'] };
    expect(await ask(1, { headers, address: '192.0.2.1' })).toContain('172.16.0.1');
    expect(await ask(2, { headers, address: '192.0.2.1' })).toContain('203.0.113.9');
    expect(await ask(9, { headers, address: '192.0.2.1' })).toContain('198.51.100.1');
  });

  it('is read of scheme and host at the place where the walk ended', async () => {
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

describe('what proxies say in Forwarded', () => {
  const askForwarded = (forwarded: string | readonly string[], trust: Trust = ['10.0.0.0/8']) =>
    ask(trust, { headers: { ...FORWARDED, forwarded } }, { proxyHeaders: 'forwarded' });

  it('is read only where an application says so, and then nothing else is', async () => {
    const forwarded = 'for=198.51.100.1;proto=http;host=other.example';
    expect(await ask(['private'], { headers: { ...FORWARDED, forwarded } })).toBe(
      'https app.example 203.0.113.9',
    );
    expect(await askForwarded(forwarded)).toBe('http other.example 198.51.100.1');
    expect(await ask(['private'], { headers: FORWARDED }, { proxyHeaders: 'forwarded' })).toBe(
      'http localhost 10.0.0.1',
    );
  });

  it('is believed of the listed, and of nobody else', async () => {
    expect(await askForwarded('for=198.51.100.1;proto=https', ['192.168.0.0/16'])).toBe(
      'http localhost 10.0.0.1',
    );
  });

  it.each([
    ['to the first that is none of them', 'for=198.51.100.1, for=203.0.113.9, for=10.0.0.2', '203.0.113.9'],
    ['over several lines', ['for=198.51.100.1', 'for=203.0.113.9', 'for=10.0.0.2'], '203.0.113.9'],
    ['past ports and brackets', 'for="[2001:db8::1]:47", for="10.0.0.2:8080"', '2001:db8::1'],
    ['past ports with names', 'for="203.0.113.9:_hidden"', '203.0.113.9'],
    ['not past who is unknown', 'for=203.0.113.9, for=unknown, for=10.0.0.2', '10.0.0.2'],
    ['not past who is hidden', 'for=203.0.113.9, for=_gate1, for=10.0.0.2', '10.0.0.2'],
    ['not past what is malformed', 'for=203.0.113.9, for=10.0.0.3:80, for=10.0.0.2', '10.0.0.2'],
    ['not past a quote that a client left open', 'for="203.0.113.9, for=10.0.0.2', '10.0.0.2'],
    ['not past who does not say for whom', 'for=203.0.113.9, by=10.0.0.9', '10.0.0.1'],
  ])('is walked from the right, %s', async (_what, forwarded, address) => {
    expect(await askForwarded(forwarded)).toBe(`http localhost ${address}`);
  });

  it('says scheme and host, the farthest proxy that is trusted before those next to the application', async () => {
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

  it('is believed of so many proxies, whoever they are', async () => {
    const forwarded = 'for=198.51.100.1;proto=https, for=203.0.113.9, for=172.16.0.1';
    expect(await askForwarded(forwarded, 1)).toBe('http localhost 172.16.0.1');
    expect(await askForwarded(forwarded, 9)).toBe('https localhost 198.51.100.1');
  });
});

describe('whatever stands in the headers', () => {
  const text = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.string(),
    fc.constantFrom('', 'unknown', '::ffff:1.2.3.4', '[::1]:1'),
  );
  const trusts = ['10.0.0.0/8', 'loopback'];
  const find = (forwarded: string, peer: string) =>
    findForwardedFacts(
      peer,
      (name) => ({ 'x-forwarded-for': forwarded, host: 'localhost' })[name],
      compileProxyTrust(trusts)!,
    );
  const findForwarded = (forwarded: string, peer: string) =>
    findForwardedFacts(
      peer,
      (name) => ({ forwarded, host: 'localhost' })[name],
      compileProxyTrust(trusts, 'forwarded')!,
    );

  it('never throws, and gives an address or the peer’s own', () => {
    fc.assert(
      fc.property(fc.array(text), fc.ipV4(), (entries, peer) => {
        const { address } = find(entries.join(','), peer);
        expect(address === peer || /^[\da-f:.]+$/.test(address)).toBe(true);
        const other = findForwarded(entries.map((entry) => `for=${entry}`).join(','), peer).address;
        expect(other === peer || /^[\da-f:.]+$/.test(other)).toBe(true);
      }),
    );
  });

  it('to the left of the first untrusted address changes nothing', () => {
    fc.assert(
      fc.property(fc.array(text), (spoofed) => {
        expect(find([...spoofed, '203.0.113.9', '10.0.0.2'].join(','), '10.0.0.1').address).toBe(
          '203.0.113.9',
        );
        const forwarded = [...spoofed, 'for=203.0.113.9;proto=https', 'for=10.0.0.2'].join(',');
        expect(findForwarded(forwarded, '10.0.0.1')).toEqual({
          address: '203.0.113.9',
          protocol: 'https',
          host: 'localhost',
        });
      }),
    );
  });

  it('of a client that is no proxy changes nothing', () => {
    fc.assert(
      fc.property(fc.array(text), (spoofed) => {
        expect(find(spoofed.join(','), '203.0.113.9').address).toBe('203.0.113.9');
      }),
    );
  });
});
