import { Readable } from 'node:stream';
import { OpenedStream } from '../../../src/http/body/opened-stream';
import type { StreamSource } from '../../../src/http/body/stream-body';

const DONE = { done: true, value: undefined };

async function* yieldAll(...chunks: string[]): AsyncGenerator<string> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

/** A source whose chunks the test hands out, and that notes when it was stopped. */
function makeIdle() {
  const pulls: ((result: IteratorResult<string>) => void)[] = [];
  const stop = jest.fn(async () => ({ done: true as const, value: undefined }));
  const next = () => new Promise<IteratorResult<string>>((resolve) => pulls.push(resolve));
  return { source: { [Symbol.asyncIterator]: () => ({ next, return: stop }) }, pulls, stop };
}

async function open(source: StreamSource): Promise<OpenedStream> {
  const stream = new OpenedStream(source);
  await stream.begin();
  return stream;
}

async function collect(stream: OpenedStream): Promise<unknown[]> {
  const chunks: unknown[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

describe('an opened stream', () => {
  it('has its first chunk, and gives it once', async () => {
    const stream = await open(yieldAll('one', 'two'));
    expect(stream.first).toEqual({ done: false, value: 'one' });
    expect(await collect(stream)).toEqual(['one', 'two']);
    expect([stream.first, stream.isOver]).toEqual([undefined, true]);
  });

  it('gives its first chunk without a promise', async () => {
    const stream = await open(yieldAll('one', 'two'));
    expect(stream.takeFirst()).toEqual({ done: false, value: 'one' });
    expect(stream.takeFirst()).toBeUndefined();
    expect(await collect(stream)).toEqual(['two']);
  });

  it('skips empty chunks at the beginning, and lets others run meanwhile', async () => {
    let turns = 0;
    const count = (): void => void (turns++, (timer = setImmediate(count)));
    let timer = setImmediate(count);
    const stream = await open(yieldAll(...Array<string>(200).fill(''), 'one', ''));
    clearImmediate(timer);
    expect(turns).toBeGreaterThan(1);
    expect(await collect(stream)).toEqual(['one', '']);
  });

  it('may be empty', async () => {
    const stream = await open(yieldAll());
    expect([stream.first, stream.isOver]).toEqual([DONE, true]);
    expect(await collect(stream)).toEqual([]);
  });

  it.each<[string, () => StreamSource, string]>([
    ['of a Readable', () => new Readable({ read: fail }), 'disk'],
    ['of a next() that throws', () => ({ [Symbol.asyncIterator]: () => ({ next: throwNow }) }), 'disk'],
    ['of a chunk that is none', () => yieldAll(7 as unknown as string), 'a chunk of type number'],
  ])('throws the error %s while it begins', async (_, makeSource, message) => {
    await expect(open(makeSource())).rejects.toThrow(message);
  });

  it('keeps the order of its chunks for a reader that does not wait for the first', async () => {
    const stream = new OpenedStream(yieldAll('one', 'two', 'three'));
    const beginning = stream.begin();
    expect(await collect(stream)).toEqual(['one', 'two', 'three']);
    await beginning;
  });

  it.each(['while it begins', 'while its reader waits'])(
    'ends at once when it is stopped %s',
    async (when) => {
      const { source, pulls, stop } = makeIdle();
      const stream = new OpenedStream(source);
      const beginning = stream.begin();
      if (when !== 'while it begins') {
        pulls[0]!({ done: false, value: 'one' });
        await beginning;
        await stream.next();
      }
      const waiting = stream.next();
      await Promise.all([stream.return(), stream.return(), beginning]);
      expect([await waiting, await stream.next(), stream.isStopped, stream.isOver]).toEqual([
        DONE,
        DONE,
        true,
        true,
      ]);
      expect(stop).toHaveBeenCalledTimes(1);
    },
  );

  it('is over only when its source has ended, although its reader is done before', async () => {
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const stream = new OpenedStream(
      (async function* () {
        yield 'one';
        await released;
      })(),
    );
    await stream.begin();
    await stream.next();
    const waiting = stream.next();
    let hasEnded = false;
    const ending = stream.return().then(() => (hasEnded = true));
    expect(await waiting).toEqual(DONE);
    await new Promise((resolve) => setImmediate(resolve));
    expect([hasEnded, stream.isOver]).toEqual([false, false]);
    release();
    await ending;
    expect(stream.isOver).toBe(true);
  });

  it('does not stop a source that has ended by itself', async () => {
    const { source, pulls, stop } = makeIdle();
    const stream = new OpenedStream(source);
    const beginning = stream.begin();
    pulls[0]!(DONE as IteratorResult<string>);
    await beginning;
    await stream.return();
    expect(stop).not.toHaveBeenCalled();
  });

  it('waits for a Readable to close, and not for an old one that never says so', async () => {
    const closed: string[] = [];
    const slow = new Readable({
      read: () => undefined,
      destroy: (_, done) =>
        setImmediate(() => {
          closed.push('closed');
          done(null);
        }),
    });
    await new OpenedStream(slow).return();
    expect(closed).toEqual(['closed']);
    const old = Object.create(Readable.from([]), { closed: { value: undefined } }) as Readable;
    await new OpenedStream(old).return();
  });

  it('cannot be made of a web stream that other code reads', () => {
    const source = new ReadableStream();
    source.getReader();
    expect(() => new OpenedStream(source)).toThrow('locked');
  });
});

function fail(this: Readable): void {
  this.destroy(new Error('disk'));
}

function throwNow(): never {
  throw new Error('disk');
}
