import fc from 'fast-check';
import { SseEvent, sseEvent, type SseEventInit } from '../../../src';
import { formatEvent } from '../../../src/http/reply/sse-event';

describe.each([
  ['sseEvent', sseEvent],
  ['new SseEvent', (data: unknown, init: SseEventInit) => new SseEvent(data, init)],
])('%s', (_, make) => {
  it.each([{ event: 'a\nb' }, { event: '\r' }])('refuses %j, which would break the stream', (init) =>
    expect(() => make('data', init)).toThrow('The name of an event must not contain CR or LF.'),
  );

  it.each(['a\nid: b', 'a\r', '\0', 'a\t', '\x7f', 'é', '日本', '\ud800', ' a', 'a ', ' '])(
    'refuses the id %j, which a client could not send back in a header',
    (id) => expect(() => make('data', { id })).toThrow('The id of an event must be visible ASCII'),
  );

  it.each(['', 'a', 'a b', '~!"#:', 0, -1.5])('takes the id %j', (id) =>
    expect(formatEvent(make(undefined, { id }))).toBe(`id: ${id}\n\n`),
  );

  it.each([-1, 1.5, NaN, Infinity])('refuses the retry %p', (retry) =>
    expect(() => make('data', { retry })).toThrow(
      'The retry of an event must be a whole number of milliseconds.',
    ),
  );

  it('keeps what it has checked, not an object that changes later', () => {
    const init = { id: 'a', event: 'b' };
    const event = make('c', init);
    init.id = 'a\ndata: injected';
    expect(() => ((event.init as { id: string }).id = 'a\ndata: injected')).toThrow(TypeError);
    expect(formatEvent(event)).toBe('event: b\nid: a\ndata: c\n\n');
  });

  it('converts each value once, so that it cannot change between the check and the line', () => {
    const makeFickle = (texts: string[]) => ({ toString: () => texts.shift() ?? 'a\ndata: injected' });
    const fickle = { id: makeFickle(['a']), event: makeFickle(['b']) };
    const event = make(undefined, fickle as unknown as SseEventInit);
    expect(formatEvent(event)).toBe('event: b\nid: a\n\n');
  });
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
