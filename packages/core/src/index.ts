export { afterwards } from './pipeline/afterwards';
export {
  checkOptions,
  invalidOption,
  isBooleanOption,
  isFunctionOption,
  isIntegerOption,
  isOneOfOption,
} from './http/check-options';
export type { OptionRule, OptionRules } from './http/check-options';
export { BackgroundTasks } from './http/background-tasks';
export { CONFIGURATION_CODES, type ConfigurationCode } from './http/configuration-codes';
export { ConfigurationError, type ConfigurationProblem } from './http/configuration-error';
export { Context, type BackgroundTask } from './http/context';
export type { FormLimits } from './http/form-limits';
export { contextKey, type ContextKey } from './http/context-key';
export { findCookieFault, type CookieOptions } from './http/cookies';
export type { ProxyHeaders } from './http/forwarded-claims';
export { isToken } from './http/header-check';
export { HeaderLine } from './http/header-line';
export type { ResponseHeaders } from './http/headers';
export { parseHost, type Host } from './http/host';
export * from './http/http-error';
export type { ItemSource } from './http/item-reply';
export { jsonLines } from './http/json-lines';
export { LateReply } from './http/late-reply';
export type { PathValue, QueryRecord } from './http/format-path';
export type { FileOptions } from './http/describe-file';
export { file } from './http/file';
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
export type { QueryValues } from './http/query-values';
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
export { ReceivedHead } from './http/received-head';
export { redirectTo } from './http/redirect-to';
export { lastEventId, sse, type SseOptions } from './http/sse';
export { SseEvent, sseEvent, type SseEventInit } from './http/sse-event';
export type { HttpRequest } from './http/request';
export type { HttpResponse, ResponseBody } from './http/response';
export type { Class } from './http/class';
export type { ControllerClass, MethodName, UrlOptions } from './http/url-table';
export type { RouteInfo } from './http/route-info';
export { routeMark, type MarkedValue, type RouteMark, type RouteMarkNeeds } from './http/route-mark';
export type { MarkScope, RouteMarks } from './http/route-marks';
export type { StandardSchema } from './http/standard-schema';
export { isStreamSource, readChunks, type StreamSource } from './http/stream-body';
export { UploadedFile } from './http/uploaded-file';
export { compileTrust, findTrustFault, type IsTrustedProxy, type TrustProxy } from './http/trusted-proxies';
export {
  VERSION_NEUTRAL,
  type HeaderVersioning,
  type MediaTypeVersioning,
  type PathVersioning,
  type Versioning,
  type VersionName,
} from './http/versioning';
export { mergeVary } from './http/vary';
export { App } from './app';
export { createApp } from './create-app';
export type { AppOptions } from './app-options';
export type { AppState } from './http/app-state';
export { File, Files, Form, Multipart } from './metadata/form';
export type { FormFileOptions, FormFilesOptions, MultipartOptions } from './metadata/form-options';
export type { CustomParameter, ReadCustom, Use } from './http/custom-parameter';
export { createParameterDecorator } from './metadata/create-parameter-decorator';
export { Body, Cookie, Ctx, Header, HostParam, Param, Query } from './metadata/parameter';
export type {
  EnumType,
  ParameterOptions,
  ParameterType,
  PathParameterOptions,
  TextType,
} from './metadata/parameter-options';
export { Background } from './metadata/background';
export { BodyLimit } from './metadata/body-limit';
export { Catch } from './metadata/catch';
export { Controller, type ControllerOptions } from './metadata/controller';
export { Inject, Injectable } from './metadata/injectable';
export { Mark } from './metadata/mark';
export type { BodyOptions } from './metadata/body-options';
export type { EachOf, ValidationOptions, ValidationTarget } from './metadata/validation-target';
export { OnStart, OnStop } from './metadata/life';
export type { BodyFormat, Lifetime, Token } from './metadata/records';
export { All, Delete, Get, Head, Options, Patch, Post, Put } from './metadata/route';
export { token, type TypedToken } from './metadata/token';
export { Returns, type ReplyType, type ReturnsOptions } from './metadata/returns';
export { LastEventId, SetHeader, Sse, Status } from './metadata/reply';
export { Version, type VersionGiven } from './metadata/version';
export { UseMiddleware } from './metadata/use-middleware';
export type { Container, Provider } from './plan/container';
export { override, type ParameterOverride } from './plan/override';
export type { Plan, RoutePlan, Step } from './plan/plan';
export { printPlan } from './plan/print-plan';
export type { PlainRoute } from './plan/route-definition';
export type { ErrorFilter, ErrorHandler, FormatError } from './http/error-handler';
export type { Address, ListenOptions } from './engine/listen-options';
export type { InjectRequest } from './engine/memory/inject';
export type { InjectedResponse } from './engine/memory/injected-response';
export type { InjectedStream } from './engine/memory/injected-stream';
export { fastapiErrors, nestErrors } from './pipeline/error-formats';
