import { HttpError } from '../../../src/http/status/http-error';
import { parsePairs } from '../../../src/http/query/parse-pairs';

describe('a query, taken apart', () => {
  it('gives names and values, decoded, in order, and leaves out what is empty', () => {
    expect(parsePairs('&a=1&b=%C3%A9+x&&a=2&flag&=nameless&c=x=y&')).toEqual([
      ['a', '1'],
      ['b', 'é x'],
      ['a', '2'],
      ['flag', ''],
      ['', 'nameless'],
      ['c', 'x=y'],
    ]);
  });

  it('is refused where its encoding is malformed', () =>
    expect(() => parsePairs('a=%C3')).toThrow(HttpError));
});
