import type { Transform } from 'node:stream';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { fitChunkSize, UNBOUNDED_READS, type ContentCoding } from './content-coding';

interface ZstdOptions {
  readonly params?: Readonly<Record<number, number>>;
  readonly flush?: number;
  readonly chunkSize?: number;
  readonly pledgedSrcSize?: number;
  readonly readableHighWaterMark?: number;
}

/** The Zstandard functions of node:zlib since Node 22.15 and 23.8, which the types of Node 20 do not declare. */
interface Zstd {
  zstdCompressSync(bytes: Uint8Array, options: ZstdOptions): Buffer;
  zstdCompress(
    bytes: Uint8Array,
    options: ZstdOptions,
    done: (error: Error | null, bytes: Buffer) => void,
  ): void;
  createZstdCompress(options: ZstdOptions): Transform;
  readonly constants: { readonly ZSTD_c_compressionLevel: number; readonly ZSTD_e_flush: number };
}

/** Whether this Node has Zstandard. */
export function hasZstd(): boolean {
  return 'zstdCompressSync' in zlib;
}

/**
 * Zstandard (RFC 8878). Call it only if `hasZstd()`.
 *
 * @param level 1 (fastest) to 19 (smallest); higher levels need windows that browsers refuse (RFC 9659 §3)
 */
export function makeZstdCoding(level: number): ContentCoding {
  const { constants, createZstdCompress, zstdCompress, zstdCompressSync } = zlib as unknown as Zstd;
  const zstdLater = promisify<Uint8Array, ZstdOptions, Buffer>(zstdCompress);
  const params = { [constants.ZSTD_c_compressionLevel]: level };

  // With the size in advance, the encoder chooses a window that fits.
  function fitZstd(size: number): ZstdOptions {
    return { params, pledgedSrcSize: size, chunkSize: fitChunkSize(size) };
  }

  return {
    name: 'zstd',
    encodeNow: (bytes) => zstdCompressSync(bytes, fitZstd(bytes.byteLength)),
    encodeLater: (bytes) => zstdLater(bytes, fitZstd(bytes.byteLength)),
    openEncoder: () => createZstdCompress({ params, flush: constants.ZSTD_e_flush, ...UNBOUNDED_READS }),
  };
}
