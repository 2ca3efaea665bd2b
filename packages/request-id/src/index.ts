export { RequestId } from './request-id-parameter';
export { REQUEST_ID, requestId } from './request-id';
export type { RequestIdOptions } from './request-id';
