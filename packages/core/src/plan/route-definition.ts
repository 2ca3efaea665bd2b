import type { FormatError } from '../http/error-handler';
import type { FormRules } from '../form/form-rules';
import type { RouteMethod } from '../routing/http-method';
import type { MiddlewareLike } from '../http/middleware';
import type { MarkedValue, RouteMarks } from '../routing/route-mark';
import type { Context } from '../http/context';
import type { BodyFormat } from '../metadata/records';
import type { VersionGiven } from '../metadata/controller-options';
import type { ValidationOptions, ValidationTarget } from '../validation/validation-target';
import type { CatchPlan, RouteOrigin } from './plan';
import { CONTEXT_ARGUMENT, type ArgumentPlan } from './arguments';
import type { TextProperty } from '../validation/text-types';
import type { ReplyStep, Scope } from './steps';

/** A route without a class: the plain value that decorators are sugar over. */
export interface PlainRoute {
  readonly method: RouteMethod;
  readonly path: string;
  /** Called with the context; what it returns is the reply. */
  readonly handler: (context: Context) => unknown;
  /** The hosts that it answers: `api.example.com`, `*.example.com`, `:tenant.example.com`. Default: every host. */
  readonly host?: string | readonly string[];
  /** Default: `defaultVersion` of the application's `versioning`. */
  readonly version?: VersionGiven;
  /** Round this route only, first = outermost. */
  readonly middleware?: readonly MiddlewareLike[];
  /** What is said about the route, for middleware that prepare themselves for it: `[ROLES.of(['admin'])]`. */
  readonly marks?: readonly MarkedValue[];
  /** Default: the handler function's name. */
  readonly name?: string;
  /** Bytes; default 1 MiB. */
  readonly bodyLimit?: number;
}

/** The form that a route reads. */
export interface FormDefinition extends FormRules {
  /** The limit of the whole body; undefined: the limit of other bodies plus what the files may have. */
  readonly totalBytes: number | undefined;
}

/** How a handler wants the body. */
export interface BodyDefinition {
  readonly format: BodyFormat;
  /** What checks it; undefined: taken as it is parsed. */
  readonly type: ValidationTarget | undefined;
  readonly validation?: ValidationOptions | undefined;
  /** Where it is a form and a class checks it: what the texts of its fields are made into. */
  readonly properties?: readonly TextProperty[] | undefined;
  /** Where it is a form with its files: what it may have. */
  readonly form?: FormDefinition | undefined;
}

/** Something that was written on a route or its class, with where it was. */
export interface Written<T> {
  readonly value: T;
  readonly place: string;
}

/** A route as it was written, by decorators or by hand, before middleware is resolved. */
export interface RouteDefinition {
  readonly method: RouteMethod;
  readonly prefix: string;
  readonly path: string;
  readonly hosts: Written<string | readonly string[]> | undefined;
  readonly versions: Written<VersionGiven> | undefined;
  /** `NotesController.show`. */
  readonly name: string;
  readonly stepName: string;
  readonly middleware: readonly { readonly scope: Scope; readonly middleware: MiddlewareLike }[];
  readonly marks: RouteMarks;
  readonly arguments: readonly ArgumentPlan[];
  readonly body: BodyDefinition | undefined;
  readonly bodyLimit: number | undefined;
  readonly catches: readonly CatchPlan[];
  /** What is done with the reply. */
  readonly reply: readonly ReplyStep[];
  readonly origin: RouteOrigin | undefined;
  /** Of a mounted application. */
  readonly formatError?: FormatError | undefined;
  readonly run: (...values: never[]) => unknown;
}

/** What was written and where; undefined where nothing was. */
export function write<T>(value: T | undefined, place: string): Written<T> | undefined {
  return value === undefined ? undefined : { value, place };
}

/** Reads a plain route into a definition. */
export function definePlainRoute(route: PlainRoute, marks: RouteMarks): RouteDefinition {
  const name = route.name ?? (route.handler.name || 'handler');
  const middleware = (route.middleware ?? []).map((one) => ({ scope: 'method' as const, middleware: one }));
  return {
    method: route.method,
    prefix: '',
    path: route.path,
    hosts: write(route.host, name),
    versions: write(route.version, name),
    name,
    stepName: name,
    middleware,
    marks,
    arguments: [CONTEXT_ARGUMENT],
    body: undefined,
    bodyLimit: route.bodyLimit,
    catches: [],
    reply: [],
    origin: undefined,
    run: route.handler,
  };
}
