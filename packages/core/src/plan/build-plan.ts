import type { ConfigurationProblem } from '../http/configuration-error';
import { isServedMethod, mayHaveBody } from '../http/http-method';
import type { Middleware } from '../http/middleware';
import { parsePathPattern, type PathPattern } from '../http/path-pattern';
import type { RouteInfo } from '../http/route-info';
import { checkBodyClasses } from './check-body-classes';
import { checkRoutes } from './check-routes';
import type { CatchPlan, MiddlewareStep, Plan, RoutePlan, ScopedMiddleware, Step } from './plan';
import type { RouteDefinition } from './route-definition';

/** Bytes a body may have where nothing else is said: 1 MiB. */
export const DEFAULT_BODY_LIMIT = 1_048_576;

/** A definition whose middleware has been resolved. */
export interface ResolvedRoute extends Omit<RouteDefinition, 'middleware'> {
  readonly middleware: readonly ScopedMiddleware[];
}

/** All that the plan is made of. */
export interface PlanInput {
  readonly routes: readonly ResolvedRoute[];
  /** Of the application, first = outermost. */
  readonly middleware: readonly Middleware[];
  readonly catches: readonly CatchPlan[];
  readonly bodyLimit: number;
}

/** Makes the plan: frozen data whose only functions are the steps' `run`. Adds to `problems` what can not be. Pure. */
export function buildPlan(input: PlanInput, problems: ConfigurationProblem[]): Plan {
  const outer = input.middleware.map((middleware) => ({ scope: 'application' as const, middleware }));
  const routes = input.routes.flatMap((route) => {
    const pattern = readPattern(route, problems);
    return pattern === undefined ? [] : [planRoute(route, pattern, outer, input)];
  });
  checkRoutes(routes, problems);
  checkBodyClasses(routes, problems);
  return Object.freeze({ routes: Object.freeze(routes), fallback: planFallback(outer, input) });
}

function readPattern(route: ResolvedRoute, problems: ConfigurationProblem[]): PathPattern | undefined {
  const place = route.name;
  if (route.method !== 'ALL' && !isServedMethod(route.method)) {
    const fault = `${String(route.method)} is no method that Sluice serves.`;
    problems.push({
      code: 'ROUTE_METHOD_INVALID',
      place,
      fault,
      cure: "Write 'GET', 'POST', … or 'ALL', in capitals.",
    });
    return undefined;
  }
  const isText = typeof route.path === 'string' && typeof route.prefix === 'string';
  const pattern = isText ? parsePathPattern(route.prefix, route.path) : 'It is no text.';
  if (typeof pattern !== 'string') return pattern;
  const fault = `The path ${JSON.stringify(`${route.prefix}${route.path}`)} can not be parsed. ${pattern}`;
  problems.push({
    code: 'ROUTE_PATH_INVALID',
    place,
    fault,
    cure: "Write paths like '/notes', '/notes/:id' or '/files/*'.",
  });
  return undefined;
}

function planRoute(
  route: ResolvedRoute,
  pattern: PathPattern,
  outer: readonly ScopedMiddleware[],
  input: PlanInput,
): RoutePlan {
  const bodyLimit = route.bodyLimit ?? input.bodyLimit;
  const { method, name } = route;
  const info: RouteInfo = Object.freeze({
    method,
    path: pattern.path,
    name,
    parameters: pattern.parameters,
    bodyLimit,
    kind: 'route',
  });
  const values = route.arguments.map((one) =>
    Object.freeze({ ...one, position: pattern.parameters.indexOf(one.name) }),
  );
  const steps: Step[] = [
    ...prepareAll([...outer, ...route.middleware], info),
    ...planBody(route, bodyLimit),
    Object.freeze({
      kind: 'handler',
      name: route.stepName,
      arguments: Object.freeze(values),
      run: route.run,
    }),
  ];
  return Object.freeze({
    info,
    pattern,
    steps: Object.freeze(steps),
    catches: Object.freeze([...route.catches, ...input.catches]),
  });
}

/** Every middleware in its version for the route; those that can not apply there are gone. */
function prepareAll(scoped: readonly ScopedMiddleware[], info: RouteInfo): MiddlewareStep[] {
  return scoped.flatMap(({ scope, middleware }) => {
    const prepared = middleware.prepare === undefined ? middleware : middleware.prepare(info);
    if (prepared === null) return [];
    const { name, options } = prepared;
    const run: MiddlewareStep['run'] = (context, next) => prepared.handle(context, next);
    return [Object.freeze({ kind: 'middleware', name, scope, ...(options && { options }), run })];
  });
}

function planBody({ body, method }: ResolvedRoute, limit: number): Step[] {
  if (body === undefined) {
    return mayHaveBody(method)
      ? [Object.freeze({ kind: 'body-limit', name: `body-limit(${limit})`, limit })]
      : [];
  }
  const read: Step = Object.freeze({ kind: 'body', name: `body(${body.format})`, format: body.format });
  if (body.type === undefined) return [read];
  return [read, Object.freeze({ kind: 'validate', name: `validate(${body.type.name})`, type: body.type })];
}

/** What answers 404, 405, 501 and plain OPTIONS, inside the application's middleware. */
function planFallback(outer: readonly ScopedMiddleware[], { bodyLimit, catches }: PlanInput): RoutePlan {
  const pattern: PathPattern = { path: '/*', shape: '*', segments: ['*'], parameters: [] };
  const info: RouteInfo = Object.freeze({
    method: 'ALL',
    path: '/*',
    name: 'fallback',
    parameters: [],
    bodyLimit,
    kind: 'fallback',
  });
  return Object.freeze({
    info,
    pattern,
    steps: Object.freeze(prepareAll(outer, info)),
    catches: Object.freeze([...catches]),
  });
}
