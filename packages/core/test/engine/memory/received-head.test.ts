import { ReceivedHead } from '../../../src';

const head = new ReceivedHead(200, [
  ['Vary', 'Origin'],
  ['Set-Cookie', 'a=1'],
  ['vary', 'Accept'],
  ['Set-Cookie', 'b=2; Path=/'],
  ['__proto__', 'x'],
]);

describe('the head of a response, as a client sees it', () => {
  it('joins the lines of one name, however it was written', () => {
    expect({ ...head.headers }).toEqual({
      vary: 'Origin, Accept',
      'set-cookie': 'a=1, b=2; Path=/',
      ['__proto__']: 'x',
    });
    expect([head.header('VARY'), head.header('accept')]).toEqual(['Origin, Accept', undefined]);
  });

  it('keeps the lines of one name apart', () => {
    expect([head.headerLines('set-cookie'), head.headerLines('etag')]).toEqual([['a=1', 'b=2; Path=/'], []]);
  });

  it('has no header that nobody sent', () => {
    expect(head.header('constructor')).toBe(undefined);
  });
});
