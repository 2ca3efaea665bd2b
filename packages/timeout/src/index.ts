export { Timeout } from './timeout-decorator';
export { timeout } from './timeout';
export type { TimeoutOptions } from './timeout';
