import type { RouteMethod } from '../http/http-method';
import type { PathPattern } from '../http/path-pattern';
import type { RouteInfo } from '../http/route-info';
import type { Plan, RoutePlan } from '../plan/plan';
import { compileRoute } from './compile-route';
import type { Run } from './compose';
import { compileFallback } from './fallback';
import type { SettleOptions } from './settle';

/** A route, ready to be mounted on an engine. */
export interface CompiledRoute {
  readonly method: RouteMethod;
  readonly pattern: PathPattern;
  readonly info: RouteInfo;
  readonly run: Run;
  readonly readsBody: boolean;
}

/** The whole application, ready to be mounted. */
export interface CompiledPlan {
  readonly routes: readonly CompiledRoute[];
  /** Runs for every request that meets no route. */
  readonly fallback: CompiledRoute;
}

/** A method and the route that answers it. */
export interface Endpoint {
  readonly method: RouteMethod;
  readonly plan: RoutePlan;
}

/** Compiles a plan into one function a route. */
export function compilePlan(plan: Plan, options: SettleOptions): CompiledPlan {
  const endpoints = listEndpoints(plan);
  const runs = new Map(
    plan.routes.map((route) => [route, compileRoute(route.steps, route.catches, options)]),
  );
  const routes = endpoints.map(({ method, plan: route }) => ({
    method,
    pattern: route.pattern,
    info: route.info,
    run: runs.get(route)!,
    readsBody: route.steps.some((step) => step.kind === 'body' || step.kind === 'form'),
  }));
  const { info, pattern } = plan.fallback;
  return {
    routes,
    fallback: {
      method: 'ALL',
      pattern,
      info,
      run: compileFallback(plan.fallback, endpoints, options),
      readsBody: false,
    },
  };
}

/** Every GET route answers HEAD too, unless another route of the same path does (RFC 9110 §9.3.2). */
function listEndpoints({ routes }: Plan): Endpoint[] {
  const heads = new Set(
    routes.filter(({ info }) => info.method === 'HEAD').map(({ pattern }) => pattern.shape),
  );
  return routes.flatMap((plan) => {
    const endpoint: Endpoint = { method: plan.info.method, plan };
    const answersHead = plan.info.method === 'GET' && !heads.has(plan.pattern.shape);
    return answersHead ? [endpoint, { method: 'HEAD', plan }] : [endpoint];
  });
}
