import type { Problems } from '../../configuration/problems';
import { isServedMethod } from '../../routing/http-method';
import { parsePathPattern, type PathPattern } from '../../routing/path-pattern';
import type { RouteDefinition } from '../route-definition';

/** The path of a route; undefined, and a problem more, where its method or its path can not be. */
export function readPattern(
  route: Pick<RouteDefinition, 'method' | 'prefix' | 'path' | 'name'>,
  problems: Problems,
): PathPattern | undefined {
  const place = route.name;
  if (route.method !== 'ALL' && !isServedMethod(route.method)) {
    const fault = `${String(route.method)} is no method that Sluice serves.`;
    problems.add('ROUTE_METHOD_INVALID', place, fault, "Write 'GET', 'POST', … or 'ALL', in capitals.");
    return undefined;
  }
  const isText = typeof route.path === 'string' && typeof route.prefix === 'string';
  const pattern = isText ? parsePathPattern(route.prefix, route.path) : 'It is no text.';
  if (typeof pattern !== 'string') return pattern;
  const fault = `The path ${JSON.stringify(`${route.prefix}${route.path}`)} can not be parsed. ${pattern}`;
  problems.add('ROUTE_PATH_INVALID', place, fault, "Write paths like '/notes', '/notes/:id' or '/files/*'.");
  return undefined;
}
