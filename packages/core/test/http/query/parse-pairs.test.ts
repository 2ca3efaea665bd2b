import { HttpError } from '../../../src/http/status/http-error';
import { parsePairs } from '../../../src/http/query/parse-pairs';

describe('parsePairs', () => {
  it('returns names and values, decoded, in order, and skips empty parts', () => {
    expect(parsePairs('&a=1&b=%C3%A9+x&&a=2&flag&=nameless&c=x=y&')).toEqual([
      ['a', '1'],
      ['b', 'é x'],
      ['a', '2'],
      ['flag', ''],
      ['', 'nameless'],
      ['c', 'x=y'],
    ]);
  });

  it('refuses malformed encoding', () => expect(() => parsePairs('a=%C3')).toThrow(HttpError));
});
