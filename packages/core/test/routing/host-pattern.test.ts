import { parseHost } from '../../src/routing/host';
import {
  compareHosts,
  matchesHost,
  parseHostPattern,
  type HostPattern,
} from '../../src/routing/host-pattern';

const parse = (text: string): HostPattern => {
  const pattern = parseHostPattern(text);
  if (typeof pattern === 'string') throw new Error(pattern);
  return pattern;
};

describe('a host pattern', () => {
  it.each([
    ['API.Example.com', 'api.example.com', 'api.example.com'],
    ['api.example.com.', 'api.example.com', 'api.example.com'],
    ['*.Example.com', '*.example.com', '*.example.com'],
    [':Tenant.Example.com', ':Tenant.example.com', ':.example.com'],
    ['api.:region.example.com', 'api.:region.example.com', 'api.:.example.com'],
    ['127.0.0.1', '127.0.0.1', '127.0.0.1'],
    ['[0:0::1]', '[::1]', '[::1]'],
    [':name', ':name', ':'],
  ])('reads %s as %s, with the shape %s', (text, read, shape) => {
    expect(parse(text)).toMatchObject({ text: read, shape });
  });

  it('knows its parameters, and is frozen', () => {
    const pattern = parse(':tenant.:region.example.com');
    expect(pattern.parameters).toEqual(['tenant', 'region']);
    expect([pattern, pattern.labels, pattern.parameters].every(Object.isFrozen)).toBe(true);
  });

  it.each([
    ['', 'It is not a host name.'],
    ['*', 'A route without a host already matches every host.'],
    ['api.*.com', 'Only the first label may be *.'],
    ['api*.example.com', 'It is not a host name.'],
    ['example.com:80', 'A host pattern cannot have a port.'],
    ['[::1]:80', 'A host pattern cannot have a port.'],
    ['http://example.com', 'It is not a host name.'],
    ['exa_mple.com', 'It is not a host name.'],
    [':.example.com', 'It is not a host name.'],
    [':a-b.example.com', 'It is not a host name.'],
    ['*.', 'A route without a host already matches every host.'],
    ['*.1', 'It is not a host name.'],
    ['münchen.de', 'It is not a host name.'],
    [':a.:a.com', 'The parameter :a appears twice.'],
  ])('refuses %j: %s', (text, fault) => expect(parseHostPattern(text)).toBe(fault));

  it.each([
    [
      'api.example.com',
      ['api.example.com', 'API.example.com:8080', 'api.example.com.'],
      ['example.com', 'xapi.example.com', 'a.api.example.com'],
    ],
    [
      '*.example.com',
      ['a.example.com', 'a.b.example.com'],
      ['example.com', 'aexample.com', 'a.example.org', 'example.com.a.org'],
    ],
    [':a.example.com', ['x.example.com'], ['example.com', 'a.b.example.com', 'x.example.org']],
    ['api.:r.example.com', ['api.eu.example.com'], ['web.eu.example.com', 'api.example.com']],
    ['[::1]', ['[::1]', '[0:0:0:0:0:0:0:1]:80'], ['[::2]']],
  ])('%s matches %j but not %j', (text, yes, no) => {
    const matches = (host: string) => matchesHost(parse(text), parseHost(host)!.name);
    expect([yes.map(matches), no.map(matches)]).toEqual([yes.map(() => true), no.map(() => false)]);
  });

  it('sorts the most specific pattern first', () => {
    const sorted = ['api.example.com', ':any.example.com', '*.example.com', ':one.:two.com', '*.com'];
    const mixed = [undefined, ...sorted.map(parse).reverse()].sort((one, other) => compareHosts(one, other));
    expect(mixed.flatMap((pattern) => pattern?.text ?? [])).toEqual(sorted);
    expect([compareHosts(undefined, parse('*.com')), compareHosts(parse('*.com'), undefined)]).toEqual([
      1, -1,
    ]);
    expect(compareHosts(parse(':a.com'), parse(':b.com'))).toBe(0);
  });
});
