import { GatheredChunks } from '../../../src/http/body/gathered-chunks';
import { readChunks } from '../../../src/http/body/stream-body';

type Source = AsyncIterable<string | Uint8Array>;

const gather = (source: Source): GatheredChunks => new GatheredChunks(readChunks(source));

async function readAll(source: Source): Promise<string[]> {
  const blocks: string[] = [];
  for await (const block of gather(source)) blocks.push(Buffer.from(block).toString());
  return blocks;
}

async function readOne(blocks: GatheredChunks): Promise<string> {
  return Buffer.from((await blocks.next()).value!).toString();
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('GatheredChunks', () => {
  it('gathers the chunks of one turn, text and bytes', async () => {
    const blocks = await readAll(
      (async function* () {
        yield 'grüße ';
        yield '';
        yield Buffer.from('and ');
        yield new Uint8Array([98, 121, 101]);
      })(),
    );
    expect(blocks).toEqual(['grüße and bye']);
  });

  it('passes on what it has when the source waits for another turn', async () => {
    const blocks = await readAll(
      (async function* () {
        yield 'a';
        yield 'b';
        await new Promise((resolve) => setTimeout(resolve, 20));
        yield 'c';
      })(),
    );
    expect(blocks).toEqual(['ab', 'c']);
  });

  it('passes on blocks of 64 KiB, and long chunks as they are', async () => {
    const long = Buffer.alloc(100_000, 'x');
    const blocks: Uint8Array[] = [];
    const source = (async function* () {
      yield long;
      for (let count = 0; count < 10_000; count++) yield '0123456789';
    })();
    for await (const block of gather(source)) blocks.push(block);
    expect(blocks[0]).toBe(long);
    expect(blocks.map(({ byteLength }) => byteLength)).toEqual([100_000, 65_540, 34_460]);
  });

  it('reads no further than one block and one chunk ahead', async () => {
    let asked = 0;
    const blocks = gather(
      (async function* () {
        for (;;) {
          asked++;
          yield '0123456789';
        }
      })(),
    );
    await blocks.next();
    await turn();
    expect(asked).toBeLessThanOrEqual(65_536 / 10 + 2);
    await blocks.return();
  });

  it('lets the event loop turn while it gathers', async () => {
    let turns = 0;
    const count = (): void => void (turns++, setImmediate(count).unref());
    setImmediate(count).unref();
    await gather(
      (async function* () {
        for (let left = 10_000; left > 0; left--) yield 'x';
      })(),
    ).next();
    expect(turns).toBeGreaterThan(100);
  });

  it('passes on what came before an error, and then throws it', async () => {
    const blocks = gather(
      (async function* () {
        yield 'a';
        yield 'b';
        throw new Error('database gone');
      })(),
    );
    expect(await readOne(blocks)).toBe('ab');
    await turn();
    await expect(blocks.next()).rejects.toThrow('database gone');
  });

  it('throws TypeError for a chunk that is neither text nor bytes, after the ones before it', async () => {
    const blocks = gather(
      (async function* () {
        yield 'a';
        yield 7 as unknown as string;
      })(),
    );
    expect(await readOne(blocks)).toBe('a');
    await expect(blocks.next()).rejects.toThrow(TypeError);
  });

  it('stops the source, also while it waits', async () => {
    const stop = jest.fn(() => Promise.resolve({ done: true as const, value: undefined }));
    let give: ((item: IteratorResult<string>) => void) | undefined;
    const next = (): Promise<IteratorResult<string>> => new Promise((resolve) => (give = resolve));
    const blocks = gather({ [Symbol.asyncIterator]: () => ({ next, return: stop }) });
    const waiting = blocks.next();
    await blocks.return();
    expect(stop).toHaveBeenCalledTimes(1);
    give!({ done: false, value: 'late' });
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});
