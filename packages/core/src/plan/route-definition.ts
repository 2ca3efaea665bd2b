import type { FormRules } from '../form/form-rules';
import type { JsonOptions } from '../http/reply/write-json';
import type { FormatError } from '../http/error-handler';
import type { Brackets } from '../http/query/brackets';
import type { MiddlewareLike } from '../http/middleware';
import type { VersionGiven } from '../metadata/controller-options';
import type { BodyFormat } from '../metadata/records';
import type { SkipRecord } from '../metadata/skip-record';
import type { RouteMethod } from '../routing/http-method';
import type { RouteMarks } from '../routing/route-mark';
import type { TextProperty } from '../validation/text-types';
import type { ValidationOptions, ValidationTarget } from '../validation/validation-target';
import type { ArgumentPlan } from './arguments';
import type { CatchPlan, PlanReader, RouteOrigin } from './plan';
import type { ReplyStep, Scope } from './steps';

/** The form that a route reads. */
export interface FormDefinition extends FormRules {
  /** Bytes of the whole body; undefined: the limit of other bodies plus the limits of the files. */
  readonly totalBytes: number | undefined;
}

/** How a handler takes the body. */
export interface BodyDefinition {
  readonly format: BodyFormat;
  /** The class or schema that checks the body; undefined where nothing does. */
  readonly type: ValidationTarget | undefined;
  readonly validation?: ValidationOptions | undefined;
  /** How the texts of a form become the properties of its class; undefined for other bodies. As in `PartPlan`. */
  readonly properties?: readonly TextProperty[] | undefined;
  /** An empty body is undefined and is not checked. */
  readonly optional?: true | undefined;
  /** The lists of a form that are also read from names with brackets. */
  readonly brackets?: Brackets;
  /** Set where `@Form`, `@File` or `@Files` takes the form; undefined for `@Body('form')`. */
  readonly form?: FormDefinition | undefined;
}

/** A value given on a route or its class, and the place that messages name. */
export interface Written<T> {
  readonly value: T;
  readonly place: string;
}

/** A middleware as it was given, and the place that messages name. */
export interface WrittenMiddleware {
  readonly scope: Scope;
  readonly middleware: MiddlewareLike | SkipRecord;
  readonly place: string;
}

/** A route as it was written, with decorators or by hand, before its middleware is resolved. */
export interface RouteDefinition {
  readonly method: RouteMethod;
  readonly prefix: string;
  readonly path: string;
  readonly hosts: Written<string | readonly string[]> | undefined;
  readonly versions: Written<VersionGiven> | undefined;
  /** `NotesController.show`. */
  readonly name: string;
  readonly stepName: string;
  readonly middleware: readonly WrittenMiddleware[];
  readonly marks: RouteMarks;
  readonly arguments: readonly ArgumentPlan[];
  readonly body: BodyDefinition | undefined;
  readonly bodyLimit: number | undefined;
  readonly catches: readonly CatchPlan[];
  readonly reply: readonly ReplyStep[];
  readonly origin: RouteOrigin | undefined;
  /** The tags of a controller without a class. */
  readonly tags?: readonly string[] | undefined;
  /** Set on the routes of a mounted application that has its own. */
  readonly formatError?: FormatError | undefined;
  readonly json?: JsonOptions | undefined;
  readonly run: (...values: never[]) => unknown;
  /** The type that the compiler emitted for the result. */
  readonly returnType?: unknown;
  readonly readPlan?: PlanReader | undefined;
}

/** Pairs a value with its place; undefined where no value was given. */
export function notePlace<T>(value: T | undefined, place: string): Written<T> | undefined {
  return value === undefined ? undefined : { value, place };
}
