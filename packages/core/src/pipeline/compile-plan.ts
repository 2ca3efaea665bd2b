import type { CompiledChoice, CompiledRoute, CompiledRoutes, Run } from '../http/compiled-route';
import type { ProxyTrust } from '../http/proxy/forwarded-client';
import { HttpRequest } from '../http/request';
import type { HttpMethod, RouteMethod } from '../routing/http-method';
import type { Plan, RoutePlan } from '../plan/plan';
import { afterwards } from './afterwards';
import { findAsked, isAskedFirst, listOptionsGroups, tabulateEndpoints } from './choice/choose-options';
import { groupEndpoints, type EndpointGroup } from './choice/group-endpoints';
import { pickRoute } from './choice/pick-route';
import { makeVary } from './choice/vary-by-choice';
import { compileFallbacks } from './compile-fallbacks';
import { compileRoute, compileStart, leavesInner } from './compile-route';
import { mergeRouteOptions, type PipelineOptions } from './pipeline-options';

/** Compiles a plan into one function per route. */
export function compilePlan(plan: Plan, options: PipelineOptions): CompiledRoutes {
  const { proxyTrust } = options;
  const groups = groupEndpoints(plan.routes);
  const endpoints = tabulateEndpoints(groups);
  const addVary = makeVary(groups, proxyTrust?.headers.host);
  const compiled = new Map(
    plan.routes.map((route) => {
      const run = compileRoute(route.steps, route.catches, mergeRouteOptions(route, options));
      // A step with a time of its own has to begin before the body has come.
      const readsBody =
        !route.steps.some(leavesInner) &&
        route.steps.some((step) => step.kind === 'body' || step.kind === 'form');
      return [route, { run: trustProxies(addVary(route, run), proxyTrust), readsBody }];
    }),
  );
  const compile = (method: RouteMethod, route: RoutePlan): CompiledRoute => {
    const { info, pattern } = route;
    return { method, pattern, info, ...compiled.get(route)! };
  };
  const fallbacks = compileFallbacks(plan, groups, endpoints, options, (run) =>
    trustProxies(run, proxyTrust),
  );

  const compileChoice = (group: EndpointGroup, method: HttpMethod): CompiledChoice => {
    const plans = group.isChoice ? group.tiers.flatMap((tier) => tier.plans) : [group.plan];
    const routes = new Map(plans.map((route) => [route, compile(method, route)]));
    return {
      method,
      pattern: group.pattern,
      choose(source) {
        const request = new HttpRequest(source, plan.fallback.info);
        if (proxyTrust !== undefined) request.trustProxies(proxyTrust);
        const picked = pickRoute(group, request);
        if (picked === undefined) return undefined;
        const asked = findAsked(endpoints, request);
        if (asked === undefined || !isAskedFirst(asked, picked)) return routes.get(picked);
        return fallbacks.chooseFallback?.(source) ?? fallbacks.fallback;
      },
    };
  };

  const atStart = plan.routes.flatMap((route) => {
    const run = compileStart(route.steps, route.catches, mergeRouteOptions(route, options));
    return run === undefined ? [] : [{ info: route.info, run: trustProxies(run, proxyTrust) }];
  });

  return {
    atStart,
    routes: groups.flatMap((group) =>
      group.isChoice || group.method === 'OPTIONS' ? [] : [compile(group.method, group.plan)],
    ),
    choices: [
      ...groups.flatMap((group) =>
        group.isChoice && group.method !== 'OPTIONS' ? [compileChoice(group, group.method)] : [],
      ),
      ...listOptionsGroups(groups).map((group) => compileChoice(group, 'OPTIONS')),
    ],
    ...fallbacks,
  };
}

/** An application that trusts no proxy pays nothing for it. */
function trustProxies(run: Run, trust: ProxyTrust | undefined): Run {
  if (trust === undefined) return run;
  return (context) => {
    const client = context.request.trustProxies(trust);
    return afterwards(run(context), () => client.addVary(context.response.headers));
  };
}
