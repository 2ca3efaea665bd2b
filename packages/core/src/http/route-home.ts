import type { AppState } from './app-state';
import type { Closing } from './closing';
import type { RouteInfo } from '../routing/route-info';
import type { UrlTable } from '../routing/url-table';

/** What the routes of one application have in common, for requests that ask for it. */
export interface RouteHome {
  readonly urls: UrlTable;
  readonly closing: Closing;
  readonly state: AppState;
}

const HOMES = new WeakMap<RouteInfo, RouteHome>();

/** Says to which application a route belongs. Kept beside the route, so that a request which never asks pays nothing. */
export function giveHome(info: RouteInfo, home: RouteHome): void {
  HOMES.set(info, home);
}

/** The application of a route; undefined for one that none has compiled. */
export function findHome(info: RouteInfo): RouteHome | undefined {
  return HOMES.get(info);
}
