export { cors } from './cors';
export type { CorsOptions } from './cors-options';
export type { OriginFunction, OriginRule } from './allowed-origins';
