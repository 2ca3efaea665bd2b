import type { Transform } from 'node:stream';

/** A content coding by its registered name (RFC 9110 §8.4.1, RFC 7932, RFC 8878). */
export type CodingName = 'zstd' | 'br' | 'gzip';

/** One way to encode bodies, at a fixed level. */
export interface ContentCoding {
  /** The value of Content-Encoding. */
  readonly name: CodingName;
  /** Encodes on this thread, for small bodies. */
  encodeNow(bytes: Uint8Array): Uint8Array;
  /** Encodes on a thread of libuv's pool, for large bodies. */
  encodeLater(bytes: Uint8Array): Promise<Uint8Array>;
  /** Opens an encoder that flushes each write. */
  openEncoder(): Transform;
}

/**
 * The size of the output buffer, which is allocated before the encoded size is known. Half of the input is plenty for
 * text: it saves small bodies a buffer of 16 KiB (zlib's default) and large ones most round trips to the pool.
 */
export function fitChunkSize(size: number): number {
  return Math.min(Math.max(size >> 1, 256), 128 * 1024);
}

/** Lets an encoder buffer all the output of a block: it is read before the next block is written. */
export const UNBOUNDED_READS = { readableHighWaterMark: Number.MAX_SAFE_INTEGER };
