import fc from 'fast-check';
import { BLOCK_BYTES, ByteBlocks } from '../../../src/http/body/byte-blocks';

const count = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, index) => index % 251);

/** Cuts bytes into chunks of the given sizes, over and over. */
function* cut(bytes: Uint8Array, ...sizes: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.byteLength; turn++) {
    const size = sizes[turn % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

function gather(chunks: Iterable<Uint8Array>): ByteBlocks {
  const blocks = new ByteBlocks();
  for (const chunk of chunks) blocks.push(chunk);
  return blocks;
}

function shiftAll(blocks: ByteBlocks): Uint8Array[] {
  const all: Uint8Array[] = [];
  for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) all.push(block);
  return all;
}

describe('ByteBlocks', () => {
  it('gathers chunks of one byte into whole blocks; only the last one is shorter', () => {
    const bytes = count(3 * BLOCK_BYTES + 5);
    const blocks = gather(cut(bytes, 1));
    expect([blocks.byteLength, blocks.hasWhole]).toEqual([bytes.byteLength, true]);
    const all = shiftAll(blocks);
    expect(all.map(({ byteLength }) => byteLength)).toEqual([BLOCK_BYTES, BLOCK_BYTES, BLOCK_BYTES, 5]);
    // No block has more memory than bytes.
    expect(all.map(({ buffer }) => buffer.byteLength)).toEqual([BLOCK_BYTES, BLOCK_BYTES, BLOCK_BYTES, 5]);
    expect(Buffer.concat(all).equals(bytes)).toBe(true);
    expect([blocks.byteLength, blocks.hasWhole]).toEqual([0, false]);
  });

  it('keeps large chunks whole, with small ones between them', () => {
    const sizes = shiftAll(gather(cut(count(100_000), 1, 40_000))).map(({ byteLength }) => byteLength);
    expect(sizes.slice(0, -1).every((size) => size >= BLOCK_BYTES)).toBe(true);
    expect(sizes.length).toBeLessThanOrEqual(6);
  });

  it('copies what it is given, into memory that belongs to each block alone', () => {
    const shared = Buffer.from('shared');
    const blocks = gather([shared, Buffer.from('!')]);
    shared.fill(0);
    const block = blocks.shift()!;
    expect(Buffer.from(block).toString()).toBe('shared!');
    expect([block.byteOffset, block.buffer.byteLength, Buffer.isBuffer(block)]).toEqual([0, 7, false]);
    const whole = gather([Buffer.from('abc')]).takeAll();
    expect([whole.byteOffset, whole.buffer.byteLength, Buffer.isBuffer(whole)]).toEqual([0, 3, false]);
  });

  it('is empty at first and when it was cleared', () => {
    const blocks = gather(cut(count(50_000), 7));
    blocks.clear();
    expect([blocks.byteLength, blocks.hasWhole, blocks.shift(), blocks.takeAll().byteLength]).toEqual([
      0,
      false,
      undefined,
      0,
    ]);
    blocks.push(count(2));
    expect(blocks.takeAll()).toEqual(count(2));
  });

  it('gives back the bytes in their order, however they are cut and taken', () => {
    const size = fc.integer({ min: 1, max: 3 * BLOCK_BYTES });
    const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), size), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 150_000 }), sizes, fc.nat(20), (total, pieces, taken) => {
        const bytes = count(total);
        const blocks = new ByteBlocks();
        const seen: Uint8Array[] = [];
        let turn = 0;
        for (const chunk of cut(bytes, ...pieces)) {
          blocks.push(chunk);
          if (++turn % (taken + 1) === 0) seen.push(blocks.shift()!);
        }
        seen.push(blocks.takeAll());
        expect(Buffer.concat(seen).equals(bytes)).toBe(true);
        expect(blocks.byteLength).toBe(0);
      }),
    );
  });
});
