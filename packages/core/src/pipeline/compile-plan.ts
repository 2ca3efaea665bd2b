import type { CompiledChoice, CompiledRoute, CompiledRoutes, Run } from '../http/compiled-route';
import type { ProxyTrust } from '../http/proxy/forwarded-client';
import { HttpRequest } from '../http/request';
import type { RouteMethod } from '../routing/http-method';
import type { Plan, RoutePlan } from '../plan/plan';
import { groupEndpoints, type EndpointChoice } from './choice/group-endpoints';
import { pickRoute } from './choice/pick-route';
import { makeVary } from './choice/vary-by-version';
import { compileFallbacks } from './compile-fallbacks';
import { compileRoute } from './compile-route';
import { mergeRouteOptions, type PipelineOptions } from './pipeline-options';

/** Compiles a plan into one function per route. */
export function compilePlan(plan: Plan, options: PipelineOptions): CompiledRoutes {
  const { proxyTrust } = options;
  const groups = groupEndpoints(plan.routes);
  const addVary = makeVary(groups);
  const compiled = new Map(
    plan.routes.map((route) => {
      const run = compileRoute(route.steps, route.catches, mergeRouteOptions(route, options));
      const readsBody = route.steps.some((step) => step.kind === 'body' || step.kind === 'form');
      return [route, { run: trustProxies(addVary(route, run), proxyTrust), readsBody }];
    }),
  );
  const compile = (method: RouteMethod, route: RoutePlan): CompiledRoute => {
    const { info, pattern } = route;
    return { method, pattern, info, ...compiled.get(route)! };
  };
  return {
    routes: groups.flatMap((group) => (group.isChoice ? [] : [compile(group.method, group.plan)])),
    choices: groups.flatMap((group) => (group.isChoice ? [compileChoice(group, compile, proxyTrust)] : [])),
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
