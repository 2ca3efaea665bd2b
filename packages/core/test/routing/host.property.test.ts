import fc from 'fast-check';
import { parseHost } from '../../src/routing/host';

describe('any Host header', () => {
  it('that is accepted is what a URL parser takes it for, and nothing beside it', () => {
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
        // A URL parser is laxer (xn-- labels it checks more closely, some names it refuses): where it reads one, both agree.
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

  it('reads the same again', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.domain(),
          fc.ipV4(),
          fc.ipV6().map((address) => `[${address}]`),
        ),
        (name) => {
          const host = parseHost(name);
          expect(host).toBeDefined();
          expect(parseHost(host!.name)).toEqual(host);
        },
      ),
    );
  });
});
