import { parseHost } from '@sluice/core/kit';
import fc from 'fast-check';
import { findEntryFault, HostList, parseEntry } from '../src/host-list';

function isAllowed(entries: readonly string[], host: string): boolean {
  return new HostList(entries.map((entry) => parseEntry(entry)!)).has(parseHost(host)!);
}

describe('parseEntry', () => {
  it.each([
    ['App.Example.', { name: 'app.example', port: undefined, isWildcard: false }],
    ['app.example:8000', { name: 'app.example', port: 8000, isWildcard: false }],
    ['*.app.example', { name: 'app.example', port: undefined, isWildcard: true }],
    ['*.app.example:8000', { name: 'app.example', port: 8000, isWildcard: true }],
    ['::1', { name: '[::1]', port: undefined, isWildcard: false }],
    ['[0:0::1]:8000', { name: '[::1]', port: 8000, isWildcard: false }],
  ])('parses %s', (text, entry) => {
    expect(parseEntry(text)).toEqual(entry);
  });
});

describe('findEntryFault', () => {
  it.each([
    ['a.*.com', 'a wildcard must be the first label'],
    ['*example.com', 'a wildcard must be the first label'],
    ['exa*mple.com', 'a wildcard must be the first label'],
    ['*.*.com', 'a wildcard must be the first label'],
    ['*:8000', 'a wildcard must be the first label'],
    ['*.', 'a wildcard must be the first label'],
    ['**', 'a wildcard must be the first label'],
    ['*.127.0.0.1', 'a wildcard must be the first label'],
    ['*.[::1]', 'a wildcard must be the first label'],
    ['https://app.example/', 'write its host, "app.example"'],
    ['https://app.example:8443', 'write its host, "app.example:8443"'],
    ['bücher.example', 'write "xn--bcher-kva.example"'],
    ['app.example/path', 'write "app.example"'],
    ['.app.example', "write hosts as 'app.example'"],
    ['my_service', "write hosts as 'app.example'"],
    ['a.example,b.example', "write hosts as 'app.example'"],
    ['app.example:http', "write hosts as 'app.example'"],
    ['https://', "write hosts as 'app.example'"],
    ['', "write hosts as 'app.example'"],
  ])('rejects %j, and says what to write', (text, fault) => {
    expect(findEntryFault(text)).toContain(fault);
  });

  it('never throws, and accepts exactly the entries that can be parsed', () => {
    const tricky = fc.string({ unit: fc.constantFrom(...'a1*.:[]/-'), maxLength: 12 });
    fc.assert(
      fc.property(fc.oneof(fc.string(), tricky), (text) => {
        expect(findEntryFault(text) === undefined).toBe(parseEntry(text) !== undefined);
      }),
    );
  });
});

describe('HostList', () => {
  it('allows any port for an entry without one', () => {
    for (const host of ['app.example', 'app.example:80', 'app.example:8000'])
      expect(isAllowed(['app.example'], host)).toBe(true);
  });

  it('allows only its port for an entry with one', () => {
    expect(isAllowed(['app.example:8000'], 'app.example:8000')).toBe(true);
    expect(isAllowed(['app.example:8000'], 'app.example:8001')).toBe(false);
    expect(isAllowed(['app.example:8000'], 'app.example')).toBe(false);
  });

  it('treats a host without a port as port 80 or 443', () => {
    expect(isAllowed(['app.example:80'], 'app.example')).toBe(true);
    expect(isAllowed(['app.example:443'], 'app.example')).toBe(true);
    expect(isAllowed(['app.example:443'], 'app.example:80')).toBe(false);
  });

  it('collects the ports of several entries, in any order', () => {
    const ports = ['app.example:1', 'app.example:2'];
    expect([1, 2, 3].map((port) => isAllowed(ports, `app.example:${port}`))).toEqual([true, true, false]);
    expect(isAllowed([...ports, 'app.example'], 'app.example:3')).toBe(true);
    expect(isAllowed(['app.example', ...ports], 'app.example:3')).toBe(true);
  });

  it('allows every subdomain for a wildcard, but neither the apex nor a name with the same end', () => {
    const allowed = ['a.example.com', 'a.b.example.com', 'A.EXAMPLE.COM.', 'a.example.com:8000'];
    for (const host of allowed) expect(isAllowed(['*.example.com'], host)).toBe(true);
    for (const host of ['example.com', 'evilexample.com', 'example.com.evil', 'com'])
      expect(isAllowed(['*.example.com'], host)).toBe(false);
  });

  it('allows only its port for a wildcard with one', () => {
    expect(isAllowed(['*.example.com:8000'], 'a.example.com:8000')).toBe(true);
    expect(isAllowed(['*.example.com:8000'], 'a.example.com')).toBe(false);
  });

  it('allows an address in any spelling', () => {
    for (const entry of ['::1', '[::1]', '[0:0:0::1]']) expect(isAllowed([entry], '[::1]:8000')).toBe(true);
    expect(isAllowed(['127.0.0.1:8000'], '127.0.0.1:8000')).toBe(true);
  });

  it('agrees with a plain implementation of the rules', () => {
    const name = fc.constantFrom('com', 'a.com', 'b.a.com', 'c.b.a.com', 'xa.com', 'localhost', '10.0.0.1');
    const port = fc.constantFrom('', ':80', ':443', ':8000');
    const host = fc.tuple(name, port).map((parts) => parts.join(''));
    const entry = fc.oneof(
      host,
      host.filter((text) => !text.startsWith('10.')).map((text) => `*.${text}`),
    );
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 5 }), host, (entries, asked) => {
        expect(isAllowed(entries, asked)).toBe(entries.some((one) => allowsPlainly(one, asked)));
      }),
      { numRuns: 2000 },
    );
  });
});

/** The same rules, as simply as possible. */
function allowsPlainly(entry: string, asked: string): boolean {
  const [entryName = '', entryPort] = entry.split(':');
  const [askedName = '', askedPort] = asked.split(':');
  const fits = entryName.startsWith('*') ? askedName.endsWith(entryName.slice(1)) : askedName === entryName;
  if (!fits || entryPort === undefined) return fits;
  return askedPort === undefined ? entryPort === '80' || entryPort === '443' : askedPort === entryPort;
}
