import { isPreflight } from '../../http/headers/is-preflight';
import type { HttpRequest } from '../../http/request';
import { comparePaths } from '../../routing/compare-paths';
import { compareHosts } from '../../routing/host-pattern';
import { PathTable } from '../../routing/path-table';
import type { RoutePlan } from '../../plan/plan';
import type { EndpointGroup } from './group-endpoints';
import { pickRoute } from './pick-route';

/** The routes of an application by path, to find the one that a preflight is about. */
export function tabulateEndpoints(groups: readonly EndpointGroup[]): PathTable<EndpointGroup> {
  const endpoints = new PathTable<EndpointGroup>();
  for (const group of groups) endpoints.add(group.method, group.pattern, group);
  return endpoints;
}

/**
 * Finds the route that a preflight asks about; undefined if there is none, or the request is not a preflight.
 */
export function findAsked(endpoints: PathTable<EndpointGroup>, request: HttpRequest): RoutePlan | undefined {
  if (!isPreflight(request)) return undefined;
  const asked = request.header('access-control-request-method')!;
  return endpoints.pick(asked, request.path, (group) => pickRoute(group, request))?.value;
}

/** Lists the groups whose routes take requests for OPTIONS: those of OPTIONS itself, and the other ones of ALL. */
export function listOptionsGroups(groups: readonly EndpointGroup[]): EndpointGroup[] {
  const own = groups.filter(({ method }) => method === 'OPTIONS');
  const shapes = new Set(own.map(({ pattern }) => pattern.shape));
  return [...own, ...groups.filter(({ method, pattern }) => method === 'ALL' && !shapes.has(pattern.shape))];
}

/**
 * Answers whether the middleware of the route that a preflight asks about comes before a route that takes its OPTIONS
 * request. On one path and host, a route for OPTIONS takes its preflights; a route for ALL leaves them to the route of
 * the method. Both routes match the request.
 */
export function isAskedFirst(asked: RoutePlan, taker: RoutePlan): boolean {
  if (asked === taker) return false;
  const order = comparePaths(asked.pattern, taker.pattern) || compareHosts(asked.host, taker.host);
  return order < 0 || (order === 0 && taker.info.method === 'ALL');
}
