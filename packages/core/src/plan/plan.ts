import type { Context } from '../http/context';
import type { ErrorHandler, FormatError } from '../http/error-handler';
import type { FormRules } from '../form/form-rules';
import type { HeaderLine } from '../http/headers/header-line';
import type { HostPattern } from '../routing/host-pattern';
import type { Middleware, Next } from '../http/middleware';
import type { PathPattern } from '../routing/path-pattern';
import type { RouteInfo } from '../routing/route-info';
import type { SseOptions } from '../http/reply/sse';
import type { CustomRead } from '../http/custom-parameter';
import type { RouteVersion } from '../routing/versioning';
import type { StandardSchema } from '../validation/standard-schema';
import type { Class } from '../http/class';
import type { BodyFormat, ParameterRecord } from '../metadata/records';
import type { ReturnsOptions } from '../metadata/decorators/returns';
import type { PartPlan, PartProperty } from './read/read-part';
import type { Shapes } from './read/read-shapes';
import type { ValidationOptions, ValidationTarget } from '../validation/validation-target';
import type { TextArgument } from './read/read-text-argument';

export type {
  BodyFormat,
  PartPlan,
  PartProperty,
  ReturnsOptions,
  Shapes,
  ValidationOptions,
  ValidationTarget,
};

/** Where something was given; the order in which scopes run. */
export type Scope = 'application' | 'controller' | 'method';

/** A middleware, as it stands in a route's plan. */
export interface MiddlewareStep {
  readonly kind: 'middleware';
  readonly name: string;
  readonly scope: Scope;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly provides?: readonly string[];
  readonly needs?: string;
  readonly outside?: string;
  readonly run: (context: Context, next: Next) => unknown;
}

/** Reads the body and parses it into `context.request.body`. */
export interface BodyStep {
  readonly kind: 'body';
  readonly name: string;
  readonly format: BodyFormat;
}

/** Reads a form: its fields into `context.request.body`, its files to where the arguments find them. */
export interface FormStep extends FormRules {
  readonly kind: 'form';
  readonly name: string;
}

/** Refuses a body over the limit on a route that does not read it. */
export interface BodyLimitStep {
  readonly kind: 'body-limit';
  readonly name: string;
  readonly limit: number;
}

/** Checks `context.request.body` and makes it what the handler gets: an instance of the class, or a schema's output. */
export interface ValidateStep {
  readonly kind: 'validate';
  readonly name: string;
  readonly type: ValidationTarget;
  readonly options: ValidationOptions;
  /** Of a form: what its texts are made into, by the class; undefined for other bodies, and for a schema. */
  readonly properties?: readonly PartProperty[];
}

/** Sets the status that replies have unless they carry one. */
export interface StatusStep {
  readonly kind: 'status';
  readonly name: string;
  readonly status: number;
}

/** Sets a header that replies have unless they carry it. */
export interface HeaderStep {
  readonly kind: 'header';
  readonly name: string;
  readonly line: HeaderLine;
}

/** Sends what the handler's result gives as server-sent events. */
export interface EventsStep {
  readonly kind: 'events';
  readonly name: string;
  readonly options: SseOptions;
}

/** Keeps what the handler returns to a type. */
export interface ReturnsStep {
  readonly kind: 'returns';
  readonly name: string;
  readonly type: Class | StandardSchema;
  readonly each: boolean;
  /** The fields of the class and of what is nested in it; undefined for a schema. */
  readonly shapes: Shapes | undefined;
  readonly options: ReturnsOptions<Record<string, unknown>>;
}

/** What is done with a reply, next to the handler. */
export type ReplyStep = StatusStep | HeaderStep | ReturnsStep | EventsStep;

/** Calls the handler with its arguments and makes its result the response. */
export interface HandlerStep {
  readonly kind: 'handler';
  readonly name: string;
  readonly arguments: readonly ArgumentPlan[];
  readonly run: (...values: never[]) => unknown;
}

/** One thing that a route does with a request, as plain data. */
export type Step =
  MiddlewareStep | BodyStep | FormStep | BodyLimitStep | ValidateStep | ReplyStep | HandlerStep;

/** Where one argument of a handler comes from. */
export interface ArgumentPlan extends TextArgument {
  readonly kind: ParameterRecord['kind'];
  readonly name: string;
  /** Of `param` its position among the path's parameters, of `host` that among the host's labels, the last = 0; -1 for all others. */
  readonly position: number;
  /** No name was given: how all of the part are read. */
  readonly whole?: PartPlan;
  readonly read?: CustomRead;
  /** Of `custom`: the middleware without which it can not be read. */
  readonly needs?: string;
}

/** An error handler, as it stands in a route's plan: nearest scope first. */
export interface CatchPlan extends ErrorHandler {
  readonly scope: Scope;
}

/** One route: what it answers and every step that runs, first = outermost. */
export interface RoutePlan {
  readonly info: RouteInfo;
  readonly pattern: PathPattern;
  /** The hosts that it answers; undefined: all. */
  readonly host?: HostPattern;
  /** Which version it is, and where requests say that they want it; undefined: none in particular. */
  readonly version?: RouteVersion;
  readonly steps: readonly Step[];
  readonly catches: readonly CatchPlan[];
  /** The class and method it was written on; undefined for plain routes. */
  readonly origin: RouteOrigin | undefined;
  /** Of a mounted application, in place of that of the one it is mounted in. */
  readonly formatError?: FormatError;
}

/** Where a route was written. */
export interface RouteOrigin {
  readonly controller: Class;
  readonly method: string;
}

/** The application as data. `fallback` answers what no route does. */
export interface Plan {
  readonly routes: readonly RoutePlan[];
  readonly fallback: RoutePlan;
  /** The same below the path of each mounted application; left out where there is none. */
  readonly mounts?: readonly RoutePlan[];
}

/** A middleware with its scope, not yet prepared for a route. */
export interface ScopedMiddleware {
  readonly scope: Scope;
  readonly middleware: Middleware;
}
