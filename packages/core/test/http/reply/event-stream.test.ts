import { EventStream, type EventStreamOptions } from '../../../src/http/reply/event-stream';
import type { ItemReader } from '../../../src/http/reply/item-reply';

interface Pull {
  readonly resolve: (item: IteratorResult<unknown, undefined>) => void;
  readonly reject: (error: Error) => void;
}

/** A source whose items the test hands out, one for each pull. */
function makeItems() {
  const pulls: Pull[] = [];
  const stop = jest.fn(async () => ({ done: true, value: undefined }) as const);
  const items: ItemReader = {
    next: () => new Promise((resolve, reject) => pulls.push({ resolve, reject })),
    return: stop,
    [Symbol.asyncIterator]: () => items as never,
  };
  return { items, pulls, stop };
}

const OPTIONS: EventStreamOptions = { headAfterMs: 100, keepAliveSeconds: 15, retry: undefined };
const DONE = { done: true, value: undefined };
const comment = { done: false, value: ':\n\n' };

describe('an event stream', () => {
  let source: ReturnType<typeof makeItems>;

  beforeEach(() => {
    jest.useFakeTimers();
    source = makeItems();
  });

  afterEach(() => jest.useRealTimers());

  const open = (options: Partial<EventStreamOptions> = {}): EventStream =>
    new EventStream(source.items, { ...OPTIONS, ...options });

  it('begins with its first event, and with the time before a client reconnects', async () => {
    const stream = open({ retry: 2000 });
    const first = stream.next();
    await jest.advanceTimersByTimeAsync(99);
    source.pulls[0]!.resolve({ done: false, value: 'one' });
    expect(await first).toEqual({ done: false, value: 'retry: 2000\n\ndata: one\n\n' });
    expect([source.pulls.length, jest.getTimerCount()]).toEqual([1, 0]);
  });

  it('begins with a comment if its first event takes long', async () => {
    const stream = open();
    const first = stream.next();
    await jest.advanceTimersByTimeAsync(100);
    expect(await first).toEqual(comment);
    const second = stream.next();
    source.pulls[0]!.resolve({ done: false, value: 'late' });
    expect(await second).toEqual({ done: false, value: 'data: late\n\n' });
    expect(source.pulls).toHaveLength(1);
  });

  it('begins with the time before a client reconnects in place of the comment', async () => {
    const first = open({ retry: 2000, headAfterMs: 0 }).next();
    await jest.advanceTimersByTimeAsync(0);
    expect(await first).toEqual({ done: false, value: 'retry: 2000\n\n' });
  });

  it.each<[number | undefined, string[]]>([
    [undefined, []],
    [2000, ['retry: 2000\n\n']],
  ])('may have no event (retry: %s)', async (retry, expected) => {
    const stream = open({ retry });
    const chunks: unknown[] = [];
    const reading = (async () => {
      for await (const chunk of stream) chunks.push(chunk);
    })();
    source.pulls[0]!.resolve({ done: true, value: undefined });
    await reading;
    expect([chunks, source.pulls.length, jest.getTimerCount()]).toEqual([expected, 1, 0]);
  });

  it('sends items as events, and ends with its source', async () => {
    const stream = open();
    const first = stream.next();
    source.pulls[0]!.resolve({ done: false, value: { price: 1 } });
    expect(await first).toEqual({ done: false, value: 'data: {"price":1}\n\n' });
    const second = stream.next();
    source.pulls[1]!.resolve({ done: true, value: undefined });
    expect([await second, await stream.next(), await stream.return()]).toEqual([DONE, DONE, DONE]);
    expect([source.stop.mock.calls.length, jest.getTimerCount()]).toEqual([0, 0]);
  });

  it('breaks a silence with comments, without a second pull', async () => {
    const stream = open();
    const first = stream.next();
    source.pulls[0]!.resolve({ done: false, value: 'one' });
    await first;
    for (let silence = 0; silence < 3; silence++) {
      const next = stream.next();
      await jest.advanceTimersByTimeAsync(14_999);
      expect(jest.getTimerCount()).toBe(1);
      await jest.advanceTimersByTimeAsync(1);
      expect(await next).toEqual(comment);
    }
    expect(source.pulls).toHaveLength(2);
    source.pulls[1]!.resolve({ done: false, value: 'late' });
    await jest.advanceTimersByTimeAsync(0);
    expect(await stream.next()).toEqual({ done: false, value: 'data: late\n\n' });
  });

  it('throws the error of its source, before its first event too', async () => {
    const stream = open();
    const next = stream.next();
    source.pulls[0]!.reject(new Error('disk'));
    await expect(next).rejects.toThrow('disk');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('ends a silence when it is stopped, and its source once', async () => {
    const stream = open();
    const next = stream.next();
    const stopping = stream.return();
    expect([await next, await stopping, await stream.return()]).toEqual([DONE, DONE, DONE]);
    expect([source.stop.mock.calls.length, jest.getTimerCount()]).toEqual([1, 0]);
  });
});
