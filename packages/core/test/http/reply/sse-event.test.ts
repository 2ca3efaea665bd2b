import fc from 'fast-check';
import { SseEvent, sseEvent } from '../../../src';
import { formatEvent } from '../../../src/http/reply/sse-event';

describe('sseEvent', () => {
  it.each([{ id: 'a\n' }, { id: 'a\r' }, { id: '\0' }, { event: 'a\nb' }, { event: '\r' }])(
    'refuses %j, which would break the stream',
    (init) => expect(() => sseEvent('data', init)).toThrow('must not contain CR'),
  );

  it.each([-1, 1.5, NaN, Infinity])('refuses the retry %p', (retry) =>
    expect(() => sseEvent('data', { retry })).toThrow(
      'The retry of an event must be a whole number of milliseconds.',
    ),
  );
});

describe('formatEvent', () => {
  it.each<[unknown, string]>([
    ['text', 'data: text\n\n'],
    [{ a: 1 }, 'data: {"a":1}\n\n'],
    [null, 'data: null\n\n'],
    ['', 'data: \n\n'],
    ['one\ntwo\r\nthree\rfour', 'data: one\ndata: two\ndata: three\ndata: four\n\n'],
    [sseEvent('a', { id: 7, event: 'price', retry: 0 }), 'event: price\nid: 7\nretry: 0\ndata: a\n\n'],
    [sseEvent(undefined, { id: '' }), 'id: \n\n'],
    [new SseEvent('a', {}), 'data: a\n\n'],
  ])('formats %j as %j', (item, lines) => expect(formatEvent(item)).toBe(lines));

  it('never lets text add a field', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('\r', '\n', ':', 'id', 'a') }), (text) => {
        expect(formatEvent(text)).toMatch(/^(data: [^\r\n]*\n)+\n$/);
      }),
    );
  });
});
