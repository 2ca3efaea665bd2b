import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import * as zlib from 'node:zlib';
import { makeBrotliCoding } from '../src/brotli-coding';
import type { ContentCoding } from '../src/content-coding';
import { makeGzipCoding } from '../src/gzip-coding';
import { hasZstd, makeZstdCoding } from '../src/zstd-coding';

type Decode = (bytes: Uint8Array) => Buffer;

const CODINGS: [ContentCoding, Decode][] = [
  [makeGzipCoding(1), gunzipSync],
  [makeGzipCoding(9), gunzipSync],
  [makeBrotliCoding(0), brotliDecompressSync],
  [makeBrotliCoding(4), brotliDecompressSync],
];
if (hasZstd()) {
  const { zstdDecompressSync } = zlib as unknown as { readonly zstdDecompressSync: Decode };
  CODINGS.push([makeZstdCoding(1), zstdDecompressSync], [makeZstdCoding(19), zstdDecompressSync]);
}

/** Sizes around the limits of the window and of the buffer. */
const SIZES = [0, 1, 255, 256, 257, 1024, 1025, 16_384, 16_385, 32_769, 300_000];

function makeNoise(size: number): Buffer {
  let state = 1;
  return Buffer.from(new Uint8Array(size).map(() => (state = (state * 48_271) % 2_147_483_647) & 255));
}

describe.each(CODINGS)('a coding (%#: $name)', (coding, decode) => {
  it.each(SIZES)('encodes %i bytes on this thread so that they decode to the same', (size) => {
    for (const bytes of [Buffer.alloc(size, 'abc'), makeNoise(size)])
      expect(decode(coding.encodeNow(bytes)).equals(bytes)).toBe(true);
  });

  it.each(SIZES)('encodes %i bytes on another thread so that they decode to the same', async (size) => {
    for (const bytes of [Buffer.alloc(size, 'abc'), makeNoise(size)])
      expect(decode(await coding.encodeLater(bytes)).equals(bytes)).toBe(true);
  });

  it('makes text smaller', () => {
    const bytes = Buffer.from('{"name":"value"},'.repeat(100));
    expect(coding.encodeNow(bytes).byteLength).toBeLessThan(bytes.byteLength / 4);
  });
});
