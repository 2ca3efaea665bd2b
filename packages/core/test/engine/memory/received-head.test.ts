import { ReceivedHead } from '../../../src/kit';

const head = new ReceivedHead(200, [
  ['Vary', 'Origin'],
  ['Set-Cookie', 'a=1'],
  ['vary', 'Accept'],
  ['Set-Cookie', 'b=2; Path=/'],
  ['__proto__', 'x'],
]);

describe('a received head', () => {
  it('joins the lines of one name in any case', () => {
    expect({ ...head.headers }).toEqual({
      vary: 'Origin, Accept',
      'set-cookie': 'a=1, b=2; Path=/',
      ['__proto__']: 'x',
    });
    expect([head.header('VARY'), head.header('accept')]).toEqual(['Origin, Accept', undefined]);
  });

  it('returns each line of one name by itself', () => {
    expect([head.headerLines('set-cookie'), head.headerLines('etag')]).toEqual([['a=1', 'b=2; Path=/'], []]);
  });

  it('does not have the properties of Object.prototype as headers', () => {
    expect(head.header('constructor')).toBe(undefined);
  });
});
