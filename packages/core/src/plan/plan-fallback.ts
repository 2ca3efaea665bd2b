import type { Problems } from '../configuration/problems';
import type { RouteInfo } from '../routing/route-info';
import { NO_MARKS } from '../routing/route-mark';
import { freezeCatches } from './freeze-catches';
import type { RoutePlan } from './plan';
import { prepareMiddleware } from './prepare-middleware';
import { readPattern } from './read/read-pattern';
import type { PlanInput, ResolvedRoute, ScopedMiddleware } from './plan-input';

/** What answers 404, 405, 501 and plain OPTIONS, before it is known in which application. */
export const FALLBACK: ResolvedRoute = Object.freeze({
  method: 'ALL',
  prefix: '',
  path: '/*',
  name: 'fallback',
  stepName: 'fallback',
  hosts: undefined,
  versions: undefined,
  middleware: [],
  marks: NO_MARKS,
  arguments: [],
  body: undefined,
  bodyLimit: undefined,
  catches: [],
  reply: [],
  origin: undefined,
  run: () => undefined,
});

/** Plans the fallback of an application, or of one that is mounted in it, inside the middleware of both. */
export function planFallback(
  route: ResolvedRoute,
  outer: readonly ScopedMiddleware[],
  { bodyLimit, catches }: PlanInput,
  problems: Problems,
): RoutePlan[] {
  const pattern = readPattern(route, problems);
  if (pattern === undefined) return [];
  const info: RouteInfo = Object.freeze({
    method: 'ALL',
    path: pattern.path,
    name: route.name,
    parameters: Object.freeze([]),
    bodyLimit: route.bodyLimit ?? bodyLimit,
    marks: NO_MARKS,
    kind: 'fallback',
  });
  return [
    Object.freeze({
      info,
      pattern,
      steps: Object.freeze(prepareMiddleware([...outer, ...route.middleware], info, problems)),
      catches: freezeCatches([...route.catches, ...catches]),
      ...(route.formatError && { formatError: route.formatError }),
      origin: undefined,
    }),
  ];
}
