import { compareHosts, type HostPattern } from '../http/host-pattern';
import { ROUTE_METHODS, type HttpMethod, type RouteMethod } from '../http/http-method';
import type { PathPattern } from '../http/path-pattern';
import { findVersionHeader } from '../http/versioning';
import type { RoutePlan } from '../plan/plan';

/** The endpoints of one method and path: one that answers all, or several that answer different hosts and versions. */
export interface EndpointGroup {
  readonly method: RouteMethod;
  readonly pattern: PathPattern;
  /** By host, the most specific first. */
  readonly tiers: readonly EndpointTier[];
  /** It depends on more than method and path which of them answers, and whether one does. */
  readonly isPicky: boolean;
}

/** Those that answer the same hosts; of two that answer the same the first counts. */
interface EndpointTier {
  readonly host: HostPattern | undefined;
  readonly plans: readonly RoutePlan[];
}

/** Every method and path that is answered. Every GET answers HEAD too, unless another route does (RFC 9110 §9.3.2). */
export function groupEndpoints(routes: readonly RoutePlan[]): EndpointGroup[] {
  const byShape = new Map<string, RoutePlan[]>();
  for (const route of routes) {
    const same = byShape.get(route.pattern.shape);
    if (same === undefined) byShape.set(route.pattern.shape, [route]);
    else same.push(route);
  }
  return [...byShape.values()].flatMap((same) => (same.some(isPicky) ? groupPicky(same) : groupPlain(same)));
}

/** Answers whether a route wants more of a request than its method and path. */
function isPicky({ host, version }: RoutePlan): boolean {
  return host !== undefined || (version !== undefined && findVersionHeader(version) !== undefined);
}

function groupPlain(same: readonly RoutePlan[]): EndpointGroup[] {
  const hasHead = same.some(({ info }) => info.method === 'HEAD');
  return same.flatMap((plan) => {
    const { method } = plan.info;
    const methods: RouteMethod[] = method === 'GET' && !hasHead ? [method, 'HEAD'] : [method];
    const tiers = [{ host: undefined, plans: [plan] }];
    return methods.map((one) => ({ method: one, pattern: plan.pattern, tiers, isPicky: false }));
  });
}

function groupPicky(same: readonly RoutePlan[]): EndpointGroup[] {
  return ROUTE_METHODS.flatMap((method) => {
    const plans = listAnswering(method, same);
    const [first] = plans;
    if (first === undefined) return [];
    const byHost = new Map<string, { host: HostPattern | undefined; plans: RoutePlan[] }>();
    for (const plan of plans) {
      const key = plan.host?.shape ?? '';
      const tier = byHost.get(key);
      if (tier === undefined) byHost.set(key, { host: plan.host, plans: [plan] });
      else tier.plans.push(plan);
    }
    const tiers = [...byHost.values()].sort((one, other) => compareHosts(one.host, other.host));
    return [{ method, pattern: first.pattern, tiers, isPicky: true }];
  });
}

/** The method's own, then those whose GET answers its HEAD, then those of every method. */
function listAnswering(method: HttpMethod, same: readonly RoutePlan[]): RoutePlan[] {
  const order: readonly RouteMethod[] = method === 'HEAD' ? ['HEAD', 'GET', 'ALL'] : [method, 'ALL'];
  return order.flatMap((one) => same.filter(({ info }) => info.method === one));
}
