import fc from 'fast-check';
import { parseByteRange } from '../../../src/http/file/byte-range';

const sizes = fc.integer({ min: 1, max: 1000 });

describe('parseByteRange', () => {
  it('returns only parts within the size', () => {
    const headers = fc.oneof(
      fc.string(),
      fc.string().map((text) => `bytes=${text}`),
      fc.stringMatching(/^bytes=\d{0,20}-\d{0,20}$/),
    );
    fc.assert(
      fc.property(headers, sizes, (header, size) => {
        const range = parseByteRange(header, size);
        if (range === undefined || range === 'unsatisfiable') return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThanOrEqual(range.start);
        expect(range.end).toBeLessThan(size);
      }),
    );
  });

  it('agrees with slice, from the front and from the end', () => {
    fc.assert(
      fc.property(sizes, fc.nat(1200), fc.nat(1200), (size, start, length) => {
        const bytes = Buffer.alloc(size, 'a').map((_, index) => index % 251);
        const read = (header: string): Buffer | undefined => {
          const range = parseByteRange(header, size);
          return typeof range === 'object'
            ? Buffer.from(bytes.subarray(range.start, range.end + 1))
            : undefined;
        };
        const front = Buffer.from(bytes.subarray(start, start + length + 1));
        expect(read(`bytes=${start}-${start + length}`)).toEqual(start < size ? front : undefined);
        expect(read(`bytes=-${length}`)).toEqual(
          length > 0 ? Buffer.from(bytes.subarray(-length)) : undefined,
        );
      }),
    );
  });
});
