import fc from 'fast-check';
import { createApp, type Context, type InjectRequest, type TrustProxy } from '../../src';
import { findForwardedFacts } from '../../src/http/forwarded-client';
import { compileTrust } from '../../src/http/trusted-proxies';

async function ask(trustProxy: TrustProxy | undefined, request: Omit<InjectRequest, 'url'> = {}) {
  const app = await createApp({
    ...(trustProxy !== undefined && { trustProxy }),
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

describe('whatever stands in the headers', () => {
  const text = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.string(),
    fc.constantFrom('', 'unknown', '::ffff:1.2.3.4', '[::1]:1'),
  );
  const isTrusted = compileTrust(['10.0.0.0/8', 'loopback']);
  const find = (forwarded: string, peer: string) =>
    findForwardedFacts(
      peer,
      (name) => ({ 'x-forwarded-for': forwarded, host: 'localhost' })[name],
      isTrusted,
    );

  it('never throws, and gives an address or the peer’s own', () => {
    fc.assert(
      fc.property(fc.array(text), fc.ipV4(), (entries, peer) => {
        const { address } = find(entries.join(','), peer);
        expect(address === peer || /^[\da-f:.]+$/.test(address)).toBe(true);
      }),
    );
  });

  it('to the left of the first untrusted address changes nothing', () => {
    fc.assert(
      fc.property(fc.array(text), (spoofed) => {
        expect(find([...spoofed, '203.0.113.9', '10.0.0.2'].join(','), '10.0.0.1').address).toBe(
          '203.0.113.9',
        );
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
