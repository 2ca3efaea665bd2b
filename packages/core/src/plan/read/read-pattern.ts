import type { Problems } from '../../configuration/problems';
import { isServedMethod } from '../../routing/http-method';
import { joinPrefix } from '../../routing/join-prefix';
import { parsePathPattern, type PathPattern } from '../../routing/path-pattern';
import type { RouteDefinition } from '../route-definition';

/** Parses the path of a route; undefined where the path or the method is wrong. */
export function readPattern(
  { method, prefix, path, name }: Pick<RouteDefinition, 'method' | 'prefix' | 'path' | 'name'>,
  problems: Problems,
): PathPattern | undefined {
  if (method !== 'ALL' && !isServedMethod(method)) {
    const fault = `Sluice does not serve the method ${String(method)}.`;
    problems.add('ROUTE_METHOD_INVALID', name, fault, "Write 'GET', 'POST', … or 'ALL', in capital letters.");
    return undefined;
  }
  const isText = typeof path === 'string' && typeof prefix === 'string';
  const pattern = isText ? parsePathPattern(prefix, path) : 'It is not a string.';
  if (typeof pattern !== 'string') return pattern;
  const whole = isText ? joinPrefix(prefix, path).replace(/^\/?/, '/') : String(path);
  const fault = `The path ${JSON.stringify(whole)} cannot be parsed. ${pattern}`;
  problems.add('ROUTE_PATH_INVALID', name, fault, "Write paths like '/notes', '/notes/:id' or '/files/*'.");
  return undefined;
}
