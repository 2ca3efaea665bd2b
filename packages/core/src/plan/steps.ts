import type { FormRules } from '../form/form-rules';
import type { Class } from '../http/class';
import type { Context } from '../http/context';
import type { HeaderLine } from '../http/headers/header-line';
import type { Brackets } from '../http/query/brackets';
import type { AroundStep, InnerStep, KeptInProcess, Next } from '../http/middleware';
import type { MiddlewareLayer } from '../http/order/middleware-layer';
import type { SseOptions } from '../http/reply/sse';
import type { StepDescription } from '../http/description/step-description';
import type { ReturnsOptions } from '../metadata/returns-options';
import type { BodyFormat } from '../metadata/records';
import type { StandardSchema } from '../validation/standard-schema';
import type { ValidationOptions, ValidationTarget } from '../validation/validation-target';
import type { ArgumentPlan } from './arguments';
import type { TextProperty } from '../validation/text-types';

/** For the pipeline, which imports the plan but not metadata. */
export type { BodyFormat, ReturnsOptions };

/** The place where a middleware or an error handler was given. Middleware runs in this order. */
export type Scope = 'application' | 'controller' | 'method';

/** A middleware of a route. */
export interface MiddlewareStep {
  readonly kind: 'middleware';
  readonly name: string;
  readonly scope: Scope;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly provides?: readonly string[];
  readonly needs?: string;
  readonly outside?: readonly string[];
  readonly inside?: readonly string[];
  readonly layer?: MiddlewareLayer;
  readonly leavesInner?: true;
  readonly runsAtStart?: true;
  readonly notice?: string;
  readonly noticeOverHttps?: string;
  readonly keepsInProcess?: KeptInProcess;
  readonly addsHeaderBytes?: number;
  readonly describes?: StepDescription;
  /** Makes what runs around each step inside this one. */
  readonly around?: (step: InnerStep) => AroundStep | undefined;
  readonly run: (context: Context, next: Next) => unknown;
}

/** Reads the body and parses it into `context.request.body`. */
export interface BodyStep {
  readonly kind: 'body';
  readonly name: string;
  readonly format: BodyFormat;
  /** An empty body is undefined. */
  readonly optional?: true;
  /** The lists of a form that are also read from names with brackets. */
  readonly brackets?: Brackets;
  readonly describes?: StepDescription;
}

/** Reads a form: puts its fields into `context.request.body`, and its files where the arguments find them. */
export interface FormStep extends FormRules {
  readonly kind: 'form';
  readonly name: string;
  /** A form without fields and files is undefined. */
  readonly optional?: true;
  /** The lists that are also read from names with brackets. */
  readonly brackets?: Brackets;
  readonly describes?: StepDescription;
}

/** Refuses a body over the limit on a route that does not read it. */
export interface BodyLimitStep {
  readonly kind: 'body-limit';
  readonly name: string;
  readonly limit: number;
  readonly describes?: StepDescription;
}

/** Checks `context.request.body` and replaces it with an instance of the class, or with the output of the schema. */
export interface ValidateStep {
  readonly kind: 'validate';
  readonly name: string;
  readonly type: ValidationTarget;
  readonly options: ValidationOptions;
  /** How the texts of a form become the properties of its class; undefined for other bodies. As in `PartPlan`. */
  readonly properties?: readonly TextProperty[];
  /** An undefined body is not checked. */
  readonly optional?: true;
  readonly describes?: StepDescription;
}

/** Sets the status of replies that do not carry one. */
export interface StatusStep {
  readonly kind: 'status';
  readonly name: string;
  readonly status: number;
}

/** Sets a header on replies that do not carry it. */
export interface HeaderStep {
  readonly kind: 'header';
  readonly name: string;
  readonly line: HeaderLine;
}

/** Sends the items of the handler's result as server-sent events. */
export interface EventsStep {
  readonly kind: 'events';
  readonly name: string;
  readonly options: SseOptions;
}

/** A field of a class, with the class of its value where that has fields of its own. */
export interface FieldShape {
  readonly name: string;
  /** The name that is sent. */
  readonly key: string;
  readonly type: Class | undefined;
  /** The classes of its values, where each value names its own. */
  readonly union?: UnionShape;
  /** Whether it is declared as a Map: the values of an object in its place are those of the type. */
  readonly isMap?: true;
}

/** The classes of `@Type` with a discriminator. */
export interface UnionShape {
  /** The property that names the class of a value. It is sent, too. */
  readonly property: string;
  readonly types: ReadonlyMap<unknown, Class>;
  /** The class of values that name none. */
  readonly base: Class | undefined;
}

/** The fields of a class and of every class nested in it. */
export type Shapes = ReadonlyMap<Class, readonly FieldShape[]>;

/** Restricts the handler's result to a type. */
export interface ReturnsStep {
  readonly kind: 'returns';
  readonly name: string;
  readonly type: Class | StandardSchema;
  readonly each: boolean;
  /** Undefined for a schema. */
  readonly shapes: Shapes | undefined;
  readonly options: ReturnsOptions<Record<string, unknown>>;
}

/** Shapes the reply of the handler. */
export type ReplyStep = StatusStep | HeaderStep | ReturnsStep | EventsStep;

/** Calls the handler with its arguments and makes its result the response. */
export interface HandlerStep {
  readonly kind: 'handler';
  readonly name: string;
  readonly arguments: readonly ArgumentPlan[];
  /** The type that the compiler emitted for the result; left out where it emitted none. */
  readonly returnType?: unknown;
  readonly describes?: StepDescription;
  readonly run: (...values: never[]) => unknown;
}

/** One thing that a route does with a request, as plain data. */
export type Step =
  MiddlewareStep | BodyStep | FormStep | BodyLimitStep | ValidateStep | ReplyStep | HandlerStep;
