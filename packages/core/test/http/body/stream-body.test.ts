import { Readable } from 'node:stream';
import { isStreamSource, readChunks, type StreamSource } from '../../../src/http/body/stream-body';

async function collect(source: StreamSource): Promise<(Uint8Array | string)[]> {
  const collected: (Uint8Array | string)[] = [];
  const chunks = readChunks(source);
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) collected.push(next.value);
  return collected;
}

async function* count(): AsyncGenerator<string> {
  yield 'one';
  await Promise.resolve();
  yield 'two';
}

describe('isStreamSource', () => {
  it('accepts async iterables, Readables and web streams', () => {
    expect([count(), Readable.from([]), new ReadableStream()].map(isStreamSource)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it.each([undefined, null, 'text', 1, [], {}, new Uint8Array()])('does not accept %j', (value) => {
    expect(isStreamSource(value)).toBe(false);
  });
});

describe('readChunks', () => {
  it('reads an async iterable', async () => {
    expect(await collect(count())).toEqual(['one', 'two']);
  });

  it('reads a Readable', async () => {
    expect(await collect(Readable.from(['one', 'two']))).toEqual(['one', 'two']);
  });

  it('reads a web stream', async () => {
    expect(await collect(ReadableStream.from(count()))).toEqual(['one', 'two']);
  });

  it('rejects with the error of a Readable', async () => {
    const source = new Readable({ read: () => source.destroy(new Error('disk')) });
    await expect(collect(source)).rejects.toThrow('disk');
  });

  it('destroys a Readable that was not read', async () => {
    const source = new Readable({ read: () => undefined });
    await readChunks(source).return?.();
    expect(source.destroyed).toBe(true);
  });

  it('destroys a Readable while a chunk is awaited', async () => {
    const source = new Readable({ read: () => undefined });
    const chunks = readChunks(source);
    const waiting = chunks.next();
    await chunks.return?.();
    expect(source.destroyed).toBe(true);
    await expect(waiting).rejects.toThrow('Premature close');
  });

  it('cancels a web stream that was not read', async () => {
    const cancel = jest.fn();
    await readChunks(new ReadableStream({ cancel })).return?.();
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  it('cancels a web stream while a chunk is awaited', async () => {
    const cancel = jest.fn();
    const chunks = readChunks(new ReadableStream({ cancel }));
    const waiting = chunks.next();
    await chunks.return?.();
    expect(cancel).toHaveBeenCalledTimes(1);
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});
