export { ipFilter } from './ip-filter';
export type { IpFilterOptions } from './ip-filter';
