import type { WorkerInfo } from '../configuration/worker-info';
import type { AfterResponse, TaskLimit } from './after-response';
import type { AppState } from './app-state';
import type { AppPhase, Closing } from './closing';
import type { Logger } from './logger';
import type { Token } from './token';
import type { RouteInfo } from '../routing/route-info';
import type { UrlTable } from '../routing/url-table';

/** The parts of an application that its requests can reach through their route. */
export interface RouteHome {
  readonly urls: UrlTable;
  readonly closing: Closing;
  readonly state: AppState;
  readonly logger: Logger;
  /**
   * The instance of a class or token that lives as long as the application.
   *
   * @throws ConfigurationError, or Error if it belongs to a request
   */
  get<T>(token: Token<T>): T;
  /** Whether mistakes of the program are looked for while it runs. */
  readonly development: boolean;
  /** The part of its life that the application is in; for a mounted one, that of the outer one. */
  readonly phase: AppPhase;
  /** Which process of the program this is. */
  readonly worker: WorkerInfo;
  readonly cleanUps: CleanUpWatch;
  readonly background: TaskLimit;
}

/** Knows which requests have clean-ups, so that they run before the application has closed. */
export interface CleanUpWatch {
  /** Clean-ups were added to a request that had none. */
  expect(after: AfterResponse): void;
}

const HOMES = new WeakMap<RouteInfo, RouteHome>();

/** Records the application of a route. A map beside the routes costs a request nothing until it asks. */
export function giveHome(info: RouteInfo, home: RouteHome): void {
  HOMES.set(info, home);
}

/** The application of a route; undefined for a route that was not compiled by one. */
export function findHome(info: RouteInfo): RouteHome | undefined {
  return HOMES.get(info);
}

/**
 * Calls `listener` when the application of the request begins to close, or now if it already has: for timers and other
 * work that a middleware does between requests.
 *
 * @returns a function that stops listening
 */
export function listenForClosing({ route }: { readonly route: RouteInfo }, listener: () => void): () => void {
  return findHome(route)?.closing.listen(listener) ?? (() => undefined);
}
