import { randomBytes } from 'node:crypto';
import { Readable, type Transform } from 'node:stream';
import { constants, createGunzip, brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { StreamSource } from '@sluice/core';
import { makeBrotliCoding } from '../src/brotli-coding';
import { EncodedChunks } from '../src/encoded-chunks';
import { makeGzipCoding } from '../src/gzip-coding';

const GZIP = makeGzipCoding(6);

/** Yields each chunk in a turn of its own. */
async function* yieldSlowly(...chunks: string[]): AsyncGenerator<string> {
  for (const chunk of chunks) {
    yield chunk;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function* yieldAll(...chunks: (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const collected: Uint8Array[] = [];
  for await (const chunk of chunks) collected.push(chunk);
  return Buffer.concat(collected);
}

/** Decodes a body that has not ended. */
function decodePart(bytes: Uint8Array): string {
  return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
}

function encode(source: StreamSource, open = new Set<Transform>()): EncodedChunks {
  return new EncodedChunks(source, GZIP, open);
}

/** A source that yields one chunk and then nothing, without ending. */
function stall(): { readonly source: AsyncIterable<string>; readonly stop: jest.Mock } {
  const results = [Promise.resolve({ done: false as const, value: 'first' })];
  const stop = jest.fn(() => Promise.resolve({ done: true as const, value: undefined }));
  const next = (): Promise<IteratorResult<string>> => results.shift() ?? new Promise(() => undefined);
  return { source: { [Symbol.asyncIterator]: () => ({ next, return: stop }) }, stop };
}

describe('EncodedChunks', () => {
  it('encodes text and bytes', async () => {
    const encoded = await collect(
      encode(yieldAll('grüße ', Buffer.from('and '), new Uint8Array([98, 121, 101]))),
    );
    expect(gunzipSync(encoded).toString()).toBe('grüße and bye');
  });

  it('encodes a Readable and a web stream', async () => {
    for (const source of [Readable.from(['a', 'b']), ReadableStream.from(yieldAll('a', 'b'))])
      expect(gunzipSync(await collect(encode(source))).toString()).toBe('ab');
  });

  it('encodes with Brotli', async () => {
    const encoded = await collect(new EncodedChunks(yieldAll('a', 'b'), makeBrotliCoding(4), new Set()));
    expect(brotliDecompressSync(encoded).toString()).toBe('ab');
  });

  it('encodes an empty source as a valid empty body', async () => {
    expect(gunzipSync(await collect(encode(yieldAll()))).toString()).toBe('');
  });

  it('yields each chunk before a slow source has the next', async () => {
    const chunks = encode(yieldSlowly('one ', 'two'));
    const first = (await chunks.next()).value as Uint8Array;
    expect(decodePart(first)).toBe('one ');
    const second = (await chunks.next()).value as Uint8Array;
    expect(decodePart(Buffer.concat([first, second]))).toBe('one two');
  });

  it('encodes short chunks that come at once as one block, about as well as the whole', async () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `${index},customer ${index % 97}\n`);
    const encoded = await collect(encode(yieldAll(...lines)));
    const whole = GZIP.encodeNow(Buffer.from(lines.join('')));
    expect(gunzipSync(encoded).toString()).toBe(lines.join(''));
    expect(encoded.byteLength).toBeLessThan(1.2 * whole.byteLength);
  });

  it('reads from the source only a block ahead', async () => {
    let given = 0;
    const chunks = encode(
      (async function* () {
        for (;;) {
          given += 1;
          yield await Promise.resolve('chunk of ten');
        }
      })(),
    );
    await chunks.next();
    const before = given;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(given).toBe(before);
    expect(given).toBeLessThan(65_536 / 10);
    await chunks.return();
  });

  it('skips empty chunks', async () => {
    const chunks = encode(yieldAll('', new Uint8Array(), 'text'));
    expect(decodePart((await chunks.next()).value as Uint8Array)).toBe('text');
    await chunks.return();
  });

  it('encodes chunks larger than any buffer, even if they do not shrink', async () => {
    const noise = randomBytes(200_000);
    const encoded = await collect(encode(yieldAll(noise, 'end')));
    expect(gunzipSync(encoded).equals(Buffer.concat([noise, Buffer.from('end')]))).toBe(true);
  });

  it('holds an encoder only while it is read', async () => {
    const open = new Set<Transform>();
    const chunks = encode(yieldSlowly('one', 'two'), open);
    expect(open.size).toBe(0);
    await chunks.next();
    expect(open.size).toBe(1);
    const [encoder] = open;
    await collect(chunks);
    expect(open.size).toBe(0);
    expect(encoder!.destroyed).toBe(true);
  });

  it('stays done after its end', async () => {
    const chunks = encode(yieldAll('one'));
    await collect(chunks);
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
    expect(await chunks.return()).toEqual({ done: true, value: undefined });
  });

  it('rejects with the error of the source, and frees its encoder', async () => {
    const open = new Set<Transform>();
    const chunks = encode(
      (async function* () {
        yield await Promise.resolve('one');
        throw new Error('database gone');
      })(),
      open,
    );
    await chunks.next();
    await expect(chunks.next()).rejects.toThrow('database gone');
    expect(open.size).toBe(0);
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
  });

  it('rejects for chunks that are neither text nor bytes, and stops the source', async () => {
    const stop = jest.fn();
    const chunks = encode(
      (async function* () {
        try {
          yield await Promise.resolve({ length: 1 } as unknown as string);
        } finally {
          stop();
        }
      })(),
    );
    await expect(chunks.next()).rejects.toThrow('chunk');
    expect(stop).toHaveBeenCalledTimes(1);
  });

  it('stops a source that was never read', async () => {
    const { source, stop } = stall();
    await encode(source).return();
    expect(stop).toHaveBeenCalledTimes(1);
  });

  it('stops an idle source at once, and only once', async () => {
    const { source, stop } = stall();
    const open = new Set<Transform>();
    const chunks = encode(source, open);
    await chunks.next();
    void chunks.next();
    await chunks.return();
    await chunks.return();
    expect(stop).toHaveBeenCalledTimes(1);
    expect(open.size).toBe(0);
  });

  it('destroys an idle Readable, and ends the pending read', async () => {
    const source = new Readable({ read: () => undefined });
    const chunks = encode(source);
    const waiting = chunks.next();
    await chunks.return();
    expect(source.destroyed).toBe(true);
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('ends a pending read if it is stopped while it encodes', async () => {
    const chunks = encode(yieldAll('x'.repeat(2_000_000)));
    const waiting = chunks.next();
    await new Promise((resolve) => setImmediate(resolve));
    await chunks.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('makes a body that a client can decode as it arrives', async () => {
    const decoded = Readable.from(encode(yieldAll('data: 1\n\n', 'data: 2\n\n'))).pipe(createGunzip());
    const events: string[] = [];
    for await (const event of decoded) events.push(String(event));
    expect(events.join('')).toBe('data: 1\n\ndata: 2\n\n');
  });
});
