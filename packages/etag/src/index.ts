export { checkIfMatch, entityTag } from './check-if-match';
export type { IfMatchOptions } from './check-if-match';
export { etag } from './etag';
export type { EtagOptions } from './etag';
