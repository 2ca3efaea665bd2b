import { promisify } from 'node:util';
import {
  brotliCompress,
  brotliCompressSync,
  constants,
  createBrotliCompress,
  type BrotliOptions,
} from 'node:zlib';
import { fitChunkSize, UNBOUNDED_READS, type ContentCoding } from './content-coding';

const brotliLater = promisify<Uint8Array, BrotliOptions, Buffer>(brotliCompress);

/**
 * Brotli (RFC 7932).
 *
 * @param level 0 (fastest) to 11 (smallest); from 5 on too slow to encode every response
 */
export function makeBrotliCoding(level: number): ContentCoding {
  const params = { [constants.BROTLI_PARAM_QUALITY]: level };

  function fitBrotli(size: number): BrotliOptions {
    return {
      params: { ...params, [constants.BROTLI_PARAM_SIZE_HINT]: size },
      chunkSize: fitChunkSize(size),
    };
  }

  return {
    name: 'br',
    encodeNow: (bytes) => brotliCompressSync(bytes, fitBrotli(bytes.byteLength)),
    encodeLater: (bytes) => brotliLater(bytes, fitBrotli(bytes.byteLength)),
    openEncoder: () =>
      createBrotliCompress({ params, flush: constants.BROTLI_OPERATION_FLUSH, ...UNBOUNDED_READS }),
  };
}
