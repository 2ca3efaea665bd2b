import type { CustomRead } from '../http/custom-parameter';
import type { ErrorFilter, ErrorHandler } from '../http/error-handler';
import type { RouteMethod } from '../routing/http-method';
import type { ValidationOptions } from '../validation/validation-target';
import type { FormFilesOptions } from './form-options';
import type { RepeatedOptions } from './parameter-options';
import type { Token } from '../http/token';

export const LIFETIMES = ['singleton', 'request', 'transient'] as const;

/** How long the container keeps what it makes: as long as the application, as long as a request, or not at all. */
export type Lifetime = (typeof LIFETIMES)[number];

export interface InjectableOptions {
  readonly scope?: Lifetime;
}

/** The token of one constructor parameter. */
export interface InjectRecord {
  readonly index: number;
  readonly token: Token;
}

/** A method that a service calls. */
export interface WorkRecord<O = unknown> {
  /** As it is written: `@Cron`. */
  readonly decorator: string;
  /** The name of the service that runs it: `scheduler`. */
  readonly service: string;
  /** The arguments of the decorator, for the service. */
  readonly options: O;
}

/** A work record on its class. */
export interface PlacedWork extends WorkRecord {
  readonly property: string | symbol;
}

export interface RouteRecord {
  readonly method: RouteMethod;
  readonly path: string;
}

export const BODY_FORMATS = ['json', 'text', 'bytes', 'form'] as const;

/** The format in which a body is read. */
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
  /** The name of the path parameter, header, cookie or field; for a custom parameter that of its decorator. */
  readonly name: string;
  /** The type given in the decorator. Null means that the given type is undefined, because two files import each other. */
  readonly type?: unknown;
  /** For one text of the request: the options beside its type. */
  readonly options?: Omit<RepeatedOptions, 'type'>;
  /** The decorator has no name, so the parameter is the whole path, query, headers or cookies. */
  readonly whole?: true;
  readonly format?: BodyFormat | undefined;
  /** For the body or a whole part: how it is checked. */
  readonly validation?: ValidationOptions;
  /** For the body or a form: `{ validate: false }` hands the value on as it comes, whatever its type is. */
  readonly unchecked?: true;
  /** For the body or a form: `{ required: false }` hands an empty one on as undefined. */
  readonly optional?: true;
  /** For the query or a form: lists are also read from names with brackets. */
  readonly brackets?: true;
  /** For files: their limits. */
  readonly file?: FormFilesOptions;
  /** For a custom parameter: the function that reads it. */
  readonly read?: CustomRead;
}

export interface CatchRecord {
  readonly error: ErrorFilter;
  /** Undefined if the decorated method itself is the handler. */
  readonly handle?: ErrorHandler['handle'] | undefined;
}

/** A header as written, not yet checked. */
export interface ReplyHeaderRecord {
  readonly name: string;
  readonly value: string | number;
}
