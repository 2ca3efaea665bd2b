export { compression, type CompressionOptions } from './compression';
export type { CodingName } from './content-coding';
export type { SharedOptions } from './shared-options';
export { isCompressibleType } from './compressible-type';
export { gzip, type GzipOptions } from './gzip';
