export { accessLog } from './access-log';
export type { AccessLogOptions } from './access-log-options';
export type { AccessEntry } from './access-entry';
export type { AccessLogger, AccessLevel } from './access-logger';
