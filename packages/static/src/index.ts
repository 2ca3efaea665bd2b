export type { PrecompressedCoding } from './coding';
export { staticFiles } from './static-files';
export type { StaticOptions } from './static-options';
