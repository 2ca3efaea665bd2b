import type { Class } from '../http/class';
import type { JsonOptions } from '../http/reply/write-json';
import type { StepDescription } from '../http/description/step-description';
import type { ErrorHandler, FormatError } from '../http/error-handler';
import type { HostPattern } from '../routing/host-pattern';
import type { PathPattern } from '../routing/path-pattern';
import type { RouteInfo } from '../routing/route-info';
import type { RouteVersion } from '../routing/versioning';
import type { Scope, Step } from './steps';

/** An error handler of a route. */
export interface CatchPlan extends ErrorHandler {
  readonly scope: Scope;
}

/** The class and method on which a route was written. */
export interface RouteOrigin {
  readonly controller: Class;
  readonly method: string;
}

/** One route: the requests that it answers and every step that runs, first = outermost. */
export interface RoutePlan {
  readonly info: RouteInfo;
  readonly pattern: PathPattern;
  /** Undefined where the route answers every host. */
  readonly host?: HostPattern;
  /** The version, and how requests name it; undefined where the route has none. */
  readonly version?: RouteVersion;
  readonly steps: readonly Step[];
  /** The statuses that the choice of the route adds, by the host or by a version in a header; for a fallback all of its own. */
  readonly describes?: StepDescription;
  /** Nearest scope first. */
  readonly catches: readonly CatchPlan[];
  /** Undefined for plain routes and for those of controllers without a class. */
  readonly origin: RouteOrigin | undefined;
  /** The headings under which documents of the API list the route, where its controller has no class and gives them. */
  readonly tags?: readonly string[];
  /** Set where a mounted application has its own, which then replaces that of the outer one. */
  readonly formatError?: FormatError;
  readonly json?: JsonOptions;
}

/** Something that a service does, as data. */
export interface WorkPlan {
  /** In place of a method: `CRON`. */
  readonly kind: string;
  /** In place of a path: `0 3 * * * Europe/Berlin`. */
  readonly when: string;
  /** `Reports.nightly`. */
  readonly name: string;
  /** The names of what runs, first = outermost: `['lock', 'nightly']`. */
  readonly steps: readonly string[];
}

/** The application as data. */
export interface Plan {
  readonly routes: readonly RoutePlan[];
  /** Answers every request that no route and no mounted application answers. */
  readonly fallback: RoutePlan;
  /** The fallbacks of mounted applications; left out where there are none. */
  readonly mounts?: readonly RoutePlan[];
  /** The work of its services; left out where there is none. */
  readonly work?: readonly WorkPlan[];
  /** Set where the application replaces the shape of error bodies. */
  readonly formatError?: FormatError;
}

/**
 * Reads the finished plan at start-up, for a route that answers with what is in it. For a route of a mounted application
 * the plan has its own routes only. Returns sentences that the log has once, as warnings. Throws ConfigurationError.
 */
export type PlanReader = (plan: Plan, route: RouteInfo) => readonly string[] | undefined;
