import type { ProxyTrust } from '../http/forwarded-client';
import type { RouteMethod } from '../http/http-method';
import type { PathPattern } from '../http/path-pattern';
import type { RouteInfo } from '../http/route-info';
import type { Plan, RoutePlan } from '../plan/plan';
import { compileRoute } from './compile-route';
import type { Run } from './compose';
import { compileFallback } from './fallback';
import { settleLike, type SettleOptions } from './settle';

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

/** What compiling needs to know of the application. */
export interface CompileOptions extends SettleOptions {
  /** Whose word on the client counts; undefined: nobody's. */
  readonly proxyTrust?: ProxyTrust | undefined;
}

/** Compiles a plan into one function a route. */
export function compilePlan(plan: Plan, options: CompileOptions): CompiledPlan {
  const endpoints = listEndpoints(plan);
  const runs = new Map(
    plan.routes.map((route) => [route, compileRoute(route.steps, route.catches, settleLike(route, options))]),
  );
  const routes = endpoints.map(({ method, plan: route }) => ({
    method,
    pattern: route.pattern,
    info: route.info,
    run: trustProxies(runs.get(route)!, options.proxyTrust),
    readsBody: route.steps.some((step) => step.kind === 'body' || step.kind === 'form'),
  }));
  const { info, pattern } = plan.fallback;
  return {
    routes,
    fallback: {
      method: 'ALL',
      pattern,
      info,
      run: trustProxies(compileFallback(plan.fallback, endpoints, options), options.proxyTrust),
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

/** An application that trusts no proxy pays nothing for it. */
function trustProxies(run: Run, trust: ProxyTrust | undefined): Run {
  if (trust === undefined) return run;
  return (context) => {
    context.request.trustProxies(trust);
    return run(context);
  };
}
