import type { Transform } from 'node:stream';

/** A content coding by its registered name (RFC 9110 §8.4.1, RFC 7932, RFC 8878). */
export type CodingName = 'zstd' | 'br' | 'gzip';

/** One way to encode bodies, its level settled. */
export interface ContentCoding {
  /** What Content-Encoding says. */
  readonly name: CodingName;
  /** Encodes on this thread: right for small bodies. */
  encodeNow(bytes: Uint8Array): Uint8Array;
  /** Encodes on a thread of libuv's pool: right for large bodies. */
  encodeLater(bytes: Uint8Array): Promise<Uint8Array>;
  /** An encoder that flushes whatever it is given, chunk by chunk. */
  openEncoder(): Transform;
}

/**
 * Output buffers are made before the size is known: half of the input is plenty for text, and spares
 * small bodies zlib's 16 KiB and large ones most round trips to the pool.
 */
export function fitChunkSize(size: number): number {
  return Math.min(Math.max(size >> 1, 256), 128 * 1024);
}

/** The base-2 logarithm of the smallest window that holds `size` bytes, within limits. */
export function fitWindow(size: number, least: number, most: number): number {
  return Math.min(Math.max(Math.ceil(Math.log2(size)), least), most);
}

/** Nothing waits in an encoder for somebody to read: one chunk's output is taken before the next goes in. */
export const UNBOUNDED_READS = { readableHighWaterMark: Number.MAX_SAFE_INTEGER };
