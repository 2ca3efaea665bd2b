export { afterwards } from './pipeline/afterwards';
export { BackgroundTasks } from './http/background-tasks';
export { CONFIGURATION_CODES, type ConfigurationCode } from './configuration/configuration-codes';
export { ConfigurationError, type ConfigurationProblem } from './configuration/configuration-error';
export type { BackgroundTask } from './http/after-response';
export { Context } from './http/context';
export type { FormLimits } from './form/form-limits';
export { contextKey, type ContextKey } from './http/context-key';
export type { CookieOptions } from './http/headers/cookies';
export type { ProxyHeaders } from './http/proxy/forwarded-claims';
export { HeaderBlock } from './http/headers/header-block';
export { HeaderLine } from './http/headers/header-line';
export type { ResponseHeaders } from './http/headers/headers';
export {
  badGateway,
  badRequest,
  conflict,
  contentTooLarge,
  forbidden,
  gatewayTimeout,
  gone,
  HttpError,
  internalServerError,
  methodNotAllowed,
  notAcceptable,
  notFound,
  notImplemented,
  preconditionFailed,
  serviceUnavailable,
  tooManyRequests,
  unauthorized,
  unprocessableContent,
  unsupportedMediaType,
  type ErrorDetail,
  type HttpErrorInit,
} from './http/status/http-error';
export type { ItemSource } from './http/reply/item-reply';
export { jsonLines } from './http/reply/json-lines';
export { LateReply } from './http/reply/late-reply';
export type { PathValue, QueryRecord } from './routing/format-path';
export type { FileOptions } from './http/file/describe-file';
export { file } from './http/file/file';
export type { HttpMethod, RouteMethod } from './routing/http-method';
export type { Logger } from './http/logger';
export { isPromise, type MaybePromise } from './http/maybe-promise';
export { inAnyOrder } from './http/order/in-any-order';
export { guard, withDependencies } from './http/middleware';
export type {
  DescribedCredentials,
  DescribedHeader,
  DescribedHeaders,
  DescribedStatus,
  SecurityScheme,
  StepDescription,
} from './http/description/step-description';
export type { MiddlewareLayer } from './http/order/middleware-layer';
export type {
  AroundStep,
  InnerStep,
  KeptInProcess,
  Middleware,
  MiddlewareClass,
  MiddlewareFactory,
  MiddlewareFunction,
  MiddlewareLike,
  Next,
} from './http/middleware';
export type { QueryValues } from './http/query/query-values';
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
} from './http/reply/replies';
export { redirectTo } from './http/reply/redirect-to';
export type { JsonOptions } from './http/reply/write-json';
export { lastEventId, sse, type SseOptions } from './http/reply/sse';
export { SseEvent, sseEvent, type SseEventInit } from './http/reply/sse-event';
export type { HttpRequest } from './http/request';
export type { HttpResponse, ResponseBody } from './http/response';
export type { ResponseEnd, ResponseEndListener } from './http/response-end';
export type { Class } from './http/class';
export type { ControllerClass, MethodName, UrlOptions } from './routing/url-table';
export type { RouteInfo } from './routing/route-info';
export {
  routeMark,
  type MarkedValue,
  type MarkScope,
  type PlacedMark,
  type RouteMark,
  type RouteMarkNeeds,
  type RouteMarks,
} from './routing/route-mark';
export type { StandardSchema } from './validation/standard-schema';
export type { StreamSource } from './http/body/stream-body';
export { UploadedFile } from './form/uploaded-file';
export type { TrustProxy } from './http/proxy/trusted-proxies';
export {
  VERSION_NEUTRAL,
  type HeaderVersioning,
  type MediaTypeVersioning,
  type PathVersioning,
  type Versioning,
  type VersionName,
} from './routing/versioning';
export type { Service, ServiceApp, WorkMethod } from './plan/work/service';
export { App } from './app/app';
export { createApp } from './app/create-app';
export { serve } from './app/serve';
export type { AppOptions } from './app/app-options';
export type { CloseOptions } from './app/app-life';
export type { EndedWorker, ServeOptions, StartedWorker } from './workers/serve-options';
export type { AppPhase } from './http/closing';
export type { WorkerInfo } from './configuration/worker-info';
export type { BackgroundOptions } from './engine/background-queue';
export type { AppState } from './http/app-state';
export { File, Files, Form, Multipart } from './metadata/decorators/form';
export type { FormFileOptions, FormFilesOptions, MultipartOptions } from './metadata/form-options';
export type { CustomParameter, ReadCustom, Use } from './http/custom-parameter';
export {
  createParameterDecorator,
  type CustomParameterOptions,
} from './metadata/decorators/create-parameter-decorator';
export { Body, Cookie, Ctx, Header, HostParam, Param, Query } from './metadata/decorators/parameter';
export type {
  EnumType,
  ParameterOptions,
  ParameterType,
  PathParameterOptions,
  RepeatedOptions,
  TextType,
} from './metadata/parameter-options';
export { Background } from './metadata/decorators/background';
export { BodyLimit } from './metadata/decorators/body-limit';
export { Catch } from './metadata/decorators/catch';
export { Controller } from './metadata/decorators/controller';
export { controller, type MakeRoute, type RouteMaker } from './metadata/plain/controller';
export type { ControllerRoute, PlainController } from './metadata/plain/plain-controller';
export type { GroupOptions, ObjectSpec, RouteSpec } from './metadata/plain/route-spec';
export type { ValueSpec } from './validation/value-spec';
export type { ControllerOptions, VersionGiven } from './metadata/controller-options';
export { Inject, Injectable } from './metadata/decorators/injectable';
export { Mark } from './metadata/decorators/mark';
export type { BodyOptions, FormOptions, QueryOptions } from './metadata/body-options';
export {
  IntersectionType,
  OmitType,
  PartialType,
  PickType,
  type Fields,
  type IntersectionOf,
  type PartialTypeOptions,
} from './metadata/mapped-types';
export type { EachOf, ValidationOptions, ValidationTarget } from './validation/validation-target';
export { OnStart, OnStop } from './metadata/decorators/life';
export type { BodyFormat, Lifetime } from './metadata/records';
export { All, Delete, Get, Head, Options, Patch, Post, Put } from './metadata/decorators/route';
export { token, type Token, type TypedToken } from './http/token';
export { Returns } from './metadata/decorators/returns';
export type { ReplyType, ReturnsOptions } from './metadata/returns-options';
export { LastEventId, SetHeader, Sse, Status } from './metadata/decorators/reply';
export { Version } from './metadata/decorators/version';
export { SkipMiddleware } from './metadata/decorators/skip-middleware';
export { UseMiddleware } from './metadata/decorators/use-middleware';
export type { Container, Provider } from './container/container';
export { override, type ParameterOverride } from './plan/override';
export type { Plan, PlanReader, RoutePlan, RouteOrigin, WorkPlan } from './plan/plan';
export { printPlan } from './plan/print-plan';
export type { PlainRoute } from './plan/read/plain/read-plain-route';
export type { Step } from './plan/steps';
export type { ErrorFilter, ErrorHandler, FormatError } from './http/error-handler';
export type { Address, ListenOptions } from './engine/listen-options';
export type { TlsCertificate, TlsOptions } from './engine/tls/tls-options';
export type { InjectRequest } from './engine/memory/inject';
export type { InjectedResponse } from './engine/memory/injected-response';
export type { InjectedStream } from './engine/memory/injected-stream';
export { fastapiErrors, nestErrors } from './pipeline/errors/error-formats';
