import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { parseHost } from '../../src/routing/host';

describe('parseHost, with any text', () => {
  it('reads the same host as a URL parser, and accepts nothing beside a host and a port', () => {
    const pieces = fc.constantFrom(
      'a',
      'A',
      '.',
      '-',
      ':',
      '[',
      ']',
      '1',
      '0x7f',
      '80',
      '@',
      '/',
      '_',
      '%41',
      '::1',
      '\u212a',
      ' ',
    );
    const hosts = fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((address) => `[${address}]`),
      fc.array(pieces, { maxLength: 8 }).map((list) => list.join('')),
      fc.string({ unit: 'binary', maxLength: 30 }),
    );
    const ports = fc.oneof(
      fc.constant(''),
      fc.nat(70_000).map((port) => `:${port}`),
    );
    fc.assert(
      fc.property(hosts, ports, (name, port) => {
        const host = parseHost(name + port);
        if (host === undefined) return;
        // A URL parser accepts more hosts, but rejects some xn-- labels that this one accepts. Both must agree on the rest.
        const text = `http://${name}${port}/`;
        if (!URL.canParse(text)) return;
        const url = new URL(text);
        expect([url.username, url.password, url.pathname]).toEqual(['', '', '/']);
        expect(host.name).toBe(url.hostname.replace(/\.$/, ''));
        expect(host.port ?? 80).toBe(Number(url.port || 80));
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, and reads its own result the same way again', () => {
    const tricky = fc.string({ unit: fc.constantFrom(...'aA0x:.[]-%@/ \u212a'), maxLength: 20 });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), tricky), (text) => {
        const host = parseHost(text);
        if (host === undefined) return;
        expect(host.name).toMatch(/^(?:\[[0-9a-f:]+\]|[a-z0-9.-]+)$/);
        expect(parseHost(host.name)).toEqual({ name: host.name, port: undefined });
      }),
      { numRuns: 2000 },
    );
  });

  it('accepts nothing that a URL parser rejects, apart from such labels', () => {
    const tricky = fc.string({ unit: fc.constantFrom(...'aA01x:.[]-f'), maxLength: 16 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.domain(),
          fc.ipV4(),
          fc.ipV6().map((ip) => `[${ip}]`),
          tricky,
        ),
        (text) => {
          const host = parseHost(text);
          if (host === undefined) return;
          const url = new URL(`http://${text}`);
          expect(url.hostname.replace(/\.$/, '')).toBe(host.name);
          expect(url.port).toBe(host.port === undefined || host.port === 80 ? '' : String(host.port));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reads every domain and every address', () => {
    fc.assert(fc.property(fc.domain(), (name) => expect(parseHost(name)?.name).toBe(name)));
    fc.assert(fc.property(fc.ipV4(), (address) => expect(isIPv4(parseHost(address)!.name)).toBe(true)));
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        expect(isIPv6(parseHost(`[${address}]`)!.name.slice(1, -1))).toBe(true);
      }),
    );
  });
});
