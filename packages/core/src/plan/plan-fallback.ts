import type { Problems } from '../configuration/problems';
import type { AppState } from '../http/app-state';
import type { PathPattern } from '../routing/path-pattern';
import { NO_MARKS } from '../routing/route-mark';
import type { RouteInfo } from '../routing/route-info';
import { chooseMiddleware } from './choose-middleware';
import { FALLBACK_DESCRIPTION } from './core-descriptions';
import { freezeCopy } from './freeze-copy';
import type { RoutePlan } from './plan';
import type { PlanInput, ResolvedRoute } from './plan-input';
import { prepareMiddleware } from './prepare-middleware';

/** Makes the route that answers 404, 405, 501 and plain OPTIONS for an application. */
export function makeFallback(state: AppState): ResolvedRoute {
  return {
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
    state,
    run: () => undefined,
  };
}

/** Plans the fallback of an application. For a mounted one, `route` has its middleware and error handlers. */
export function planFallback(
  route: ResolvedRoute,
  pattern: PathPattern,
  input: PlanInput,
  problems: Problems,
): RoutePlan {
  const info: RouteInfo = Object.freeze({
    method: 'ALL',
    path: pattern.path,
    ...(input.basePath && { basePath: input.basePath }),
    name: route.name,
    parameters: Object.freeze([]),
    bodyLimit: route.bodyLimit ?? input.bodyLimit,
    marks: NO_MARKS,
    kind: 'fallback',
  });
  const middleware = chooseMiddleware(
    [...input.middleware, ...route.middleware],
    input.needs ?? [],
    problems,
  );
  const steps = prepareMiddleware(middleware, info, problems);
  return Object.freeze({
    info,
    pattern,
    steps: Object.freeze(steps),
    describes: FALLBACK_DESCRIPTION,
    catches: freezeCopy([...route.catches, ...input.catches]),
    ...(route.formatError && { formatError: route.formatError }),
    ...(route.json && { json: route.json }),
    origin: undefined,
  });
}
