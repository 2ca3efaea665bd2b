import type { AbstractClass } from '../http/class';
import type { CustomRead } from '../http/custom-parameter';
import type { ErrorFilter, ErrorHandler } from '../http/error-handler';
import type { RouteMethod } from '../routing/http-method';
import type { MiddlewareLike } from '../http/middleware';
import type { MarkedValue } from '../routing/route-mark';
import type { ControllerOptions } from './decorators/controller';
import type { FormFilesOptions, MultipartOptions } from './form-options';
import type { LifeEnd } from './decorators/life';
import type { SseOptions } from '../http/reply/sse';
import type { ParameterOptions } from './parameter-options';
import type { ReturnsRecord } from './decorators/returns';
import { readOwn } from './store';
import type { ValidationOptions } from '../validation/validation-target';
import type { TypedToken } from './decorators/token';
import type { VersionGiven } from './decorators/version';

/** What a class name or token a constructor parameter is asked for by. */
export type Token<T = unknown> = AbstractClass<T> | TypedToken<T> | string | symbol;

/** How long what the container makes is kept: for the application, for a request, or not at all. */
export type Lifetime = 'singleton' | 'request' | 'transient';

export interface RouteRecord {
  readonly method: RouteMethod;
  readonly path: string;
}

export const BODY_FORMATS = ['json', 'text', 'bytes', 'form'] as const;

/** How a body is read. */
export type BodyFormat = (typeof BODY_FORMATS)[number];

export interface ParameterRecord {
  readonly index: number;
  readonly kind:
    | 'param'
    | 'query'
    | 'header'
    | 'cookie'
    | 'host'
    | 'body'
    | 'form'
    | 'field'
    | 'file'
    | 'files'
    | 'context'
    | 'custom';
  /** The parameter, header or cookie; for custom ones the decorator's name. */
  readonly name: string;
  /** The type given in the decorator; null where one was given that is undefined: two files import one another. */
  readonly type?: unknown;
  /** Of a text: what is said beside its type. */
  readonly options?: Omit<ParameterOptions, 'type'>;
  /** Of a query, path, headers or cookies: no name was given, all of them are taken. */
  readonly whole?: true;
  readonly format?: BodyFormat | undefined;
  /** Of the body, or a whole part: how it is checked. */
  readonly validation?: ValidationOptions;
  /** Of a file: what it may be. */
  readonly file?: FormFilesOptions;
  /** How a custom parameter is read. */
  readonly read?: CustomRead;
}

export interface CatchRecord {
  readonly error: ErrorFilter;
  /** Left out where the decorated method itself is the handler. */
  readonly handle?: ErrorHandler['handle'] | undefined;
}

/** A header as it was written, not yet checked. */
export interface ReplyHeaderRecord {
  readonly name: string;
  readonly value: string | number;
}

/** The reading side of every record: own metadata only, each under its one name. */
export const read = {
  prefix: (type: object) => readOwn<ControllerOptions>('controller', type)?.path,
  host: (type: object) => readOwn<ControllerOptions>('controller', type)?.host,
  controllerVersion: (type: object) => readOwn<ControllerOptions>('controller', type)?.version,
  version: (prototype: object, property: string | symbol) =>
    readOwn<VersionGiven>('version', prototype, property),
  routes: (prototype: object, property: string | symbol) =>
    readOwn<readonly RouteRecord[]>('routes', prototype, property),
  properties: (prototype: object) => readOwn<readonly (string | symbol)[]>('properties', prototype) ?? [],
  middleware: (target: object, property?: string | symbol) =>
    readOwn<readonly MiddlewareLike[]>('middleware', target, property) ?? [],
  parameters: (prototype: object, property: string | symbol) =>
    readOwn<readonly ParameterRecord[]>('parameters', prototype, property),
  catches: (target: object, property?: string | symbol) =>
    readOwn<readonly CatchRecord[]>('catches', target, property) ?? [],
  marks: (target: object, property?: string | symbol) =>
    readOwn<readonly MarkedValue[]>('marks', target, property) ?? [],
  multipart: (target: object, property?: string | symbol) =>
    readOwn<MultipartOptions>('multipart', target, property),
  bodyLimit: (target: object, property?: string | symbol) => readOwn<number>('body-limit', target, property),
  life: (end: LifeEnd, prototype: object) => readOwn<readonly (string | symbol)[]>(end, prototype) ?? [],
  lifetime: (type: object) => readOwn<{ readonly scope?: Lifetime }>('injectable', type)?.scope,
  status: (prototype: object, property: string | symbol) => readOwn<number>('status', prototype, property),
  replyHeaders: (target: object, property?: string | symbol) =>
    readOwn<readonly ReplyHeaderRecord[]>('reply-headers', target, property) ?? [],
  returns: (prototype: object, property: string | symbol) =>
    readOwn<ReturnsRecord>('returns', prototype, property),
  sse: (prototype: object, property: string | symbol) => readOwn<SseOptions>('sse', prototype, property),
  tokens: (type: object) =>
    readOwn<readonly { readonly index: number; readonly token: Token }[]>('tokens', type) ?? [],
};
