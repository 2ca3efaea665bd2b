import { Closing } from '../../../src/http/closing';
import { EventStream } from '../../../src/http/reply/event-stream';
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

const OPTIONS = { keepAliveSeconds: 15, retry: undefined };
const DONE = { done: true, value: undefined };
const comment = { done: false, value: ':\n\n' };

describe('an event stream', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('begins with a comment, or with the time before a client reconnects', async () => {
    const { items, pulls } = makeItems();
    expect(await new EventStream(items, OPTIONS, undefined).next()).toEqual(comment);
    const stream = new EventStream(items, { ...OPTIONS, retry: 2000 }, undefined);
    expect(await stream.next()).toEqual({ done: false, value: 'retry: 2000\n\n' });
    expect(pulls).toEqual([]);
  });

  it('sends items as events, and ends with its source', async () => {
    const { items, pulls, stop } = makeItems();
    const stream = new EventStream(items, OPTIONS, undefined);
    await stream.next();
    const first = stream.next();
    pulls[0]!.resolve({ done: false, value: { price: 1 } });
    expect(await first).toEqual({ done: false, value: 'data: {"price":1}\n\n' });
    const second = stream.next();
    pulls[1]!.resolve({ done: true, value: undefined });
    expect([await second, await stream.next()]).toEqual([DONE, DONE]);
    expect([stop.mock.calls.length, jest.getTimerCount()]).toEqual([1, 0]);
  });

  it('breaks a silence with comments, without a second pull', async () => {
    const { items, pulls } = makeItems();
    const stream = new EventStream(items, OPTIONS, undefined);
    await stream.next();
    for (let silence = 0; silence < 3; silence++) {
      const next = stream.next();
      await jest.advanceTimersByTimeAsync(14_999);
      expect(jest.getTimerCount()).toBe(1);
      await jest.advanceTimersByTimeAsync(1);
      expect(await next).toEqual(comment);
    }
    expect(pulls).toHaveLength(1);
    pulls[0]!.resolve({ done: false, value: 'late' });
    await jest.advanceTimersByTimeAsync(0);
    expect(await stream.next()).toEqual({ done: false, value: 'data: late\n\n' });
  });

  it('throws the error of its source', async () => {
    const { items, pulls } = makeItems();
    const stream = new EventStream(items, OPTIONS, undefined);
    await stream.next();
    const next = stream.next();
    pulls[0]!.reject(new Error('disk'));
    await expect(next).rejects.toThrow('disk');
  });

  it.each([
    ['the client disconnects', (stream: EventStream) => void stream.return()],
    ['the application closes', (_stream: EventStream, closing: Closing) => closing.begin()],
  ])('ends during a silence when %s, and stops its source once', async (_case, end) => {
    const { items, stop } = makeItems();
    const closing = new Closing();
    const stream = new EventStream(items, OPTIONS, closing);
    await stream.next();
    const next = stream.next();
    end(stream, closing);
    expect([await next, await stream.return()]).toEqual([DONE, DONE]);
    expect([stop.mock.calls.length, jest.getTimerCount()]).toEqual([1, 0]);
  });

  it('listens to the application no longer than it lasts', async () => {
    const closing = new Closing();
    const stop = jest.fn();
    jest.spyOn(closing, 'listen').mockReturnValue(stop);
    const stream = new EventStream(makeItems().items, OPTIONS, closing);
    expect(stop).not.toHaveBeenCalled();
    await stream.return();
    expect(stop).toHaveBeenCalledTimes(1);
  });
});
