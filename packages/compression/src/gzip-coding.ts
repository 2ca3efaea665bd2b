import { promisify } from 'node:util';
import { constants, createGzip, gzip, gzipSync, type ZlibOptions } from 'node:zlib';
import { fitChunkSize, fitWindow, UNBOUNDED_READS, type ContentCoding } from './content-coding';

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

/** A window no larger than the body: the result is as small, and less memory has to be cleared first. */
function fitGzip(size: number, level: number): ZlibOptions {
  const windowBits = fitWindow(size, 10, 15);
  return { level, windowBits, memLevel: windowBits - 7, chunkSize: fitChunkSize(size) };
}
