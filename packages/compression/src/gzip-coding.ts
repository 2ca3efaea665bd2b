import { promisify } from 'node:util';
import { constants, createGzip, gzip, gzipSync, type ZlibOptions } from 'node:zlib';
import { fitChunkSize, UNBOUNDED_READS, type ContentCoding } from './content-coding';

const gzipLater = promisify<Uint8Array, ZlibOptions, Buffer>(gzip);

/**
 * gzip (RFC 1952).
 *
 * @param level 1 (fastest) to 9 (smallest)
 */
export function makeGzipCoding(level: number): ContentCoding {
  return {
    name: 'gzip',
    encodeNow: (bytes) => gzipSync(bytes, fitGzip(bytes.byteLength, level)),
    encodeLater: (bytes) => gzipLater(bytes, fitGzip(bytes.byteLength, level)),
    openEncoder: () => createGzip({ level, flush: constants.Z_SYNC_FLUSH, ...UNBOUNDED_READS }),
  };
}

/** The smallest window that holds the body: the result is as small, and zlib has less memory to clear. */
function fitGzip(size: number, level: number): ZlibOptions {
  const windowBits = Math.min(Math.max(Math.ceil(Math.log2(size)), 10), 15);
  return { level, windowBits, memLevel: windowBits - 7, chunkSize: fitChunkSize(size) };
}
