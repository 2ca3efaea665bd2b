import { parseForwarded } from '../../../src/http/proxy/forwarded-header';

const parse = (header: string) => [...parseForwarded(header)].map((element) => Object.fromEntries(element));

describe('a Forwarded header', () => {
  it('is read from the right, with names in lower case and values as sent', () => {
    expect(parse('for=192.0.2.43;proto=HTTPS, For="[2001:db8:cafe::17]:4711";By=_gate')).toEqual([
      { for: '[2001:db8:cafe::17]:4711', by: '_gate' },
      { for: '192.0.2.43', proto: 'HTTPS' },
    ]);
  });

  it('can have commas, semicolons and escaped characters in quotes', () => {
    expect(parse('for=a;x="1, for=evil;y=\\"\\\\\\"", for=b')).toEqual([
      { for: 'b' },
      { for: 'a', x: '1, for=evil;y="\\"' },
    ]);
  });

  it('can have spaces between its parts, and empty pairs', () => {
    expect(parse('for=a ,\tfor=b ; proto=https;;')).toEqual([{ for: 'b', proto: 'https' }, { for: 'a' }]);
  });

  it.each([
    ['has no value', 'for='],
    ['has no name', '=a'],
    ['has a colon outside of quotes', 'for=192.0.2.1:80'],
    ['has an IPv6 address outside of quotes', 'for=[2001:db8::1]'],
    ['has a quote that is never closed', 'for="a'],
    ['has text after a quoted string', 'for="a"b'],
    ['repeats a parameter', 'for=a;FOR=b'],
    ['has spaces around the equals sign', 'for = a'],
    ['consists of semicolons', ';;'],
  ])('ends at an element that %s', (_case, element) => {
    expect(parse(element)).toEqual([]);
    expect(parse(`for=left, ${element}, for=right`)).toEqual([{ for: 'right' }]);
  });

  it.each(['', ' ', '\t'])('has no element where nothing is between two commas: %j', (element) => {
    expect(parse(element)).toEqual([]);
    expect(parse(`${element},for=left,${element},for=right,${element}`)).toEqual([
      { for: 'right' },
      { for: 'left' },
    ]);
  });
});
