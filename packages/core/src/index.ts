export { afterwards } from './pipeline/afterwards';
export {
  checkOptions,
  invalidOption,
  isBooleanOption,
  isIntegerOption,
  isOneOfOption,
} from './http/check-options';
export type { OptionRule, OptionRules } from './http/check-options';
export { CONFIGURATION_CODES, type ConfigurationCode } from './http/configuration-codes';
export { ConfigurationError, type ConfigurationProblem } from './http/configuration-error';
export { Context, type BackgroundTask } from './http/context';
export { contextKey, type ContextKey } from './http/context-key';
export { findCookieFault, type CookieOptions } from './http/cookies';
export { isToken } from './http/header-check';
export type { ResponseHeaders } from './http/headers';
export { parseHost, type Host } from './http/host';
export * from './http/http-error';
export type { HttpMethod, RouteMethod } from './http/http-method';
export type { Logger } from './http/logger';
export { isPromise, type MaybePromise } from './http/maybe-promise';
export { guard } from './http/middleware';
export type {
  Middleware,
  MiddlewareClass,
  MiddlewareFunction,
  MiddlewareLike,
  Next,
} from './http/middleware';
export { parseQualityList, type QualityValue } from './http/quality-list';
export { Query } from './http/query';
export {
  bytes,
  created,
  html,
  json,
  noContent,
  redirect,
  Reply,
  stream,
  text,
  type ReplyInit,
} from './http/replies';
export type { HttpRequest } from './http/request';
export type { HttpResponse, ResponseBody } from './http/response';
export type { RouteInfo } from './http/route-info';
export { isStreamSource, readChunks, type StreamSource } from './http/stream-body';
export { mergeVary } from './http/vary';
