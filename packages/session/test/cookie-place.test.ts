import { formatPlace, parsePlace, type CookiePlace } from '../src/cookie-place';

describe('the place of a cookie', () => {
  it.each<[CookiePlace]>([[{}], [{ path: '/' }], [{ path: '/', partitioned: false }]])(
    'is undefined if it is the usual one: %j',
    (place) => expect(formatPlace(place)).toBeUndefined(),
  );

  it.each<[Required<CookiePlace>]>([
    [{ path: '/a', domain: 'example.com', partitioned: true }],
    [{ path: '/', domain: 'a.example.com', partitioned: false }],
    [{ path: '/a,b c', domain: 'example', partitioned: false }],
  ])('comes back as it was written: %j', (place) => expect(parsePlace(formatPlace(place))).toEqual(place));

  it('has a domain as the browser keeps it', () => {
    expect(formatPlace({ domain: '.Example.COM' })).toBe(formatPlace({ domain: 'example.com' }));
    expect(parsePlace(undefined)).toEqual({ path: '/', partitioned: false });
  });
});
