import type { AppState } from '../http/app-state';
import type { FormatError } from '../http/error-handler';
import type { Middleware } from '../http/middleware';
import type { HostPattern } from '../routing/host-pattern';
import type { RouteVersion } from '../routing/versioning';
import type { ValidationOptions } from '../validation/validation-target';
import type { Overrides } from './override';
import type { CatchPlan, WorkPlan } from './plan';
import type { RouteDefinition } from './route-definition';
import type { Scope } from './steps';

/** A middleware that has not been prepared for a route yet. */
export interface ScopedMiddleware {
  readonly scope: Scope;
  readonly middleware: Middleware;
}

/** Leaves out the middleware of a name that is before it in the list. */
export interface SkippedMiddleware {
  /** As it was written, not checked yet. */
  readonly skip: unknown;
  readonly place: string;
}

export type RouteMiddleware = ScopedMiddleware | SkippedMiddleware;

/** A route definition whose middleware, host and version have been resolved. */
export interface ResolvedRoute extends Omit<RouteDefinition, 'middleware'> {
  readonly middleware: readonly RouteMiddleware[];
  readonly host?: HostPattern;
  readonly version?: RouteVersion;
  /** The state of the application that the route belongs to. */
  readonly state: AppState;
}

/** Everything that the plan is made of. */
export interface PlanInput {
  readonly routes: readonly ResolvedRoute[];
  /** The fallbacks of mounted applications. */
  readonly mounts?: readonly ResolvedRoute[];
  /** The rows of the services. */
  readonly work?: readonly WorkPlan[];
  /** The application's own, first = outermost. */
  readonly middleware: readonly ScopedMiddleware[];
  readonly catches: readonly CatchPlan[];
  readonly state: AppState;
  readonly bodyLimit: number;
  readonly formatError?: FormatError | undefined;
  /** The part of the path that a proxy removes. */
  readonly basePath?: string | undefined;
  /** Words that count as provided, because an outer application is going to provide them. */
  readonly needs?: readonly string[];
  /** Applies where a route has no options of its own. */
  readonly validation?: ValidationOptions | undefined;
  /** Parameters that are read in another way, and so do not need the middleware that they name. */
  readonly overrides?: Overrides;
}
