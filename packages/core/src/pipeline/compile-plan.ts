import type { ProxyTrust } from '../http/proxy/forwarded-client';
import { HttpRequest } from '../http/request';
import type { RequestSource } from '../http/request-source';
import type { HttpMethod, RouteMethod } from '../routing/http-method';
import type { PathPattern } from '../routing/path-pattern';
import type { RouteInfo } from '../routing/route-info';
import type { Plan, RoutePlan } from '../plan/plan';
import { compileRoute } from './compile-route';
import type { Run } from './compose';
import { compileFallbacks } from './compile-fallbacks';
import { groupEndpoints, type EndpointChoice } from './choice/group-endpoints';
import { pickRoute } from './choice/pick-route';
import { settleLike, type SettleOptions } from './errors/settle';
import { makeVary } from './choice/vary-by-version';

/** A route, ready to be mounted on an engine. */
export interface CompiledRoute {
  readonly method: RouteMethod;
  readonly pattern: PathPattern;
  readonly info: RouteInfo;
  readonly run: Run;
  readonly readsBody: boolean;
}

/** Routes of one method and path, ready to be mounted, of which each request has its own. */
export interface CompiledChoice {
  readonly method: HttpMethod;
  readonly pattern: PathPattern;
  readonly choose: (source: RequestSource) => CompiledRoute | undefined;
}

/** The whole application, ready to be mounted. */
export interface CompiledPlan {
  readonly routes: readonly CompiledRoute[];
  readonly choices: readonly CompiledChoice[];
  /** Runs for every request that meets no route. */
  readonly fallback: CompiledRoute;
  /** Which fallback is to run, where applications are mounted; undefined where none is. */
  readonly chooseFallback: ((source: RequestSource) => CompiledRoute) | undefined;
}

/** What compiling needs to know of the application. */
export interface CompileOptions extends SettleOptions {
  /** Whose word on the client counts; undefined: nobody's. */
  readonly proxyTrust?: ProxyTrust | undefined;
}

/** Compiles a plan into one function a route. */
export function compilePlan(plan: Plan, options: CompileOptions): CompiledPlan {
  const { proxyTrust } = options;
  const groups = groupEndpoints(plan.routes);
  const varyLike = makeVary(groups);
  const compiled = new Map(
    plan.routes.map((route) => {
      const run = varyLike(route, compileRoute(route.steps, route.catches, settleLike(route, options)));
      const readsBody = route.steps.some((step) => step.kind === 'body' || step.kind === 'form');
      return [route, { run: trustProxies(run, proxyTrust), readsBody }];
    }),
  );
  const compile = (method: RouteMethod, route: RoutePlan): CompiledRoute => {
    const { info, pattern } = route;
    return { method, pattern, info, ...compiled.get(route)! };
  };
  return {
    routes: groups.flatMap((group) => (group.isPicky ? [] : [compile(group.method, group.plan)])),
    choices: groups.flatMap((group) => (group.isPicky ? [compileChoice(group, compile, proxyTrust)] : [])),
    ...compileFallbacks(plan, groups, options, (run) => trustProxies(run, proxyTrust)),
  };
}

function compileChoice(
  choice: EndpointChoice,
  compile: (method: RouteMethod, route: RoutePlan) => CompiledRoute,
  proxyTrust: ProxyTrust | undefined,
): CompiledChoice {
  const { method, pattern, tiers } = choice;
  const routes = new Map(tiers.flatMap(({ plans }) => plans).map((route) => [route, compile(method, route)]));
  const { info } = [...routes.values()][0]!;
  return {
    method,
    pattern,
    choose(source) {
      const request = new HttpRequest(source, info);
      if (proxyTrust !== undefined) request.trustProxies(proxyTrust);
      const picked = pickRoute(choice, request);
      return picked && routes.get(picked);
    },
  };
}

/** An application that trusts no proxy pays nothing for it. */
function trustProxies(run: Run, trust: ProxyTrust | undefined): Run {
  if (trust === undefined) return run;
  return (context) => {
    context.request.trustProxies(trust);
    return run(context);
  };
}
