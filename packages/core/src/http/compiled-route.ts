/** The contract between the pipeline, which compiles routes, and the engine, which runs them. */
import type { HttpMethod, RouteMethod } from '../routing/http-method';
import type { PathPattern } from '../routing/path-pattern';
import type { RouteInfo } from '../routing/route-info';
import type { Context } from './context';
import type { MaybePromise } from './maybe-promise';
import type { RequestSource } from './request-source';

/** Runs a whole pipeline, or all of it from one step inwards. Never throws and never rejects. */
export type Run = (context: Context) => MaybePromise<void>;

/** A route as an engine runs it. When `run` is done, the response is complete. */
export interface CompiledRoute {
  readonly method: RouteMethod;
  readonly pattern: PathPattern;
  readonly info: RouteInfo;
  readonly run: Run;
  /** A step of the route reads the body, so an engine may receive a small one before it runs the route. */
  readonly readsBody: boolean;
}

/** Several routes of one method and path, one of which is chosen for each request by its head; or the fallback, for a preflight. */
export interface CompiledChoice {
  readonly method: HttpMethod;
  readonly pattern: PathPattern;
  /** Never throws. Where it returns undefined, the engine tries the next less specific pattern. */
  readonly choose: (source: RequestSource) => CompiledRoute | undefined;
}

/** A whole application as an engine runs it. */
export interface CompiledRoutes {
  readonly routes: readonly CompiledRoute[];
  /** No route has the same method and pattern as one of these. Before a route for ALL, a choice of the method comes first. */
  readonly choices?: readonly CompiledChoice[];
  /** Runs for every request that matches no route. */
  readonly fallback: CompiledRoute;
  /** Run once before the application listens, each for its own path. */
  readonly atStart?: readonly Pick<CompiledRoute, 'info' | 'run'>[];
  /** Chooses the fallback by path, where applications are mounted. Never throws. */
  readonly chooseFallback?: ((source: RequestSource) => CompiledRoute) | undefined;
}
