import type { Context } from '../http/context';
import type { HttpMethod, RouteMethod } from '../routing/http-method';
import type { Logger } from '../http/logger';
import type { MaybePromise } from '../http/maybe-promise';
import type { PathPattern } from '../routing/path-pattern';
import type { RequestSource } from '../http/request-source';
import type { RouteInfo } from '../routing/route-info';
import type { RequestTrace } from './request-trace';

/** What an engine runs for a route. `run` never throws and never rejects; when it is done the response is complete. */
export interface EngineRoute {
  readonly method: RouteMethod;
  readonly pattern: PathPattern;
  readonly info: RouteInfo;
  readonly run: (context: Context) => MaybePromise<void>;
  /** A step of the route reads the body: an engine may have a small one at hand before it runs. */
  readonly readsBody: boolean;
}

/** Routes of one method and path, of which each request has its own; what is asked of it is only its head. */
export interface EngineChoice {
  readonly method: HttpMethod;
  readonly pattern: PathPattern;
  /** The route of a request; undefined where none of them answers it: then the next less specific pattern may. Never throws. */
  readonly choose: (source: RequestSource) => EngineRoute | undefined;
}

/**
 * What is mounted on an engine. The contract, which both engines' tests share:
 * the most specific pattern answers, a method before ALL; a request that meets no route, or whose method no
 * route serves, runs the fallback; the response is written once, after `run`, HEAD, 204 and 304 without body;
 * background tasks run after it, in order.
 */
export interface EngineTable {
  readonly routes: readonly EngineRoute[];
  /** No route has the method and the pattern of one of these. */
  readonly choices?: readonly EngineChoice[];
  readonly fallback: EngineRoute;
  /** The fallback of a request, where it depends on the path. Never throws. */
  readonly chooseFallback?: ((source: RequestSource) => EngineRoute) | undefined;
  readonly logger: Logger;
  /** Is told of each request where it is on; what is answered in memory is not traced. */
  readonly trace: RequestTrace;
}

/** Headers that the engine alone writes; what a program sets under these names is not sent as it stands. */
export const ENGINE_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);
