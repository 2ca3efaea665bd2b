import { compareHosts, type HostPattern } from '../../routing/host-pattern';
import { ROUTE_METHODS, type HttpMethod, type RouteMethod } from '../../routing/http-method';
import type { PathPattern } from '../../routing/path-pattern';
import { findVersionHeader } from '../../routing/versioning';
import type { RoutePlan } from '../../plan/plan';

/** What is behind one method and path: a route that answers all, or several that answer different hosts and versions. */
export type EndpointGroup = PlainEndpoint | EndpointChoice;

/** Method and path say all. */
interface PlainEndpoint {
  readonly isPicky: false;
  readonly method: RouteMethod;
  readonly pattern: PathPattern;
  readonly plan: RoutePlan;
}

/** It depends on more than method and path which route answers, and whether one does. */
export interface EndpointChoice {
  readonly isPicky: true;
  readonly method: HttpMethod;
  readonly pattern: PathPattern;
  /** By host, the most specific first. */
  readonly tiers: readonly EndpointTier[];
  /** The request headers that decide about the version; none where only hosts differ. */
  readonly versionHeaders: readonly string[];
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
  return [...byShape.values()].flatMap<EndpointGroup>((same) =>
    same.some(isPicky) ? groupPicky(same) : groupPlain(same),
  );
}

/** Answers whether a route wants more of a request than its method and path. */
function isPicky(plan: RoutePlan): boolean {
  return plan.host !== undefined || findHeader(plan) !== undefined;
}

function findHeader({ version }: RoutePlan): string | undefined {
  return version && findVersionHeader(version);
}

function groupPlain(same: readonly RoutePlan[]): PlainEndpoint[] {
  const hasHead = same.some(({ info }) => info.method === 'HEAD');
  return same.flatMap((plan) => {
    const { method } = plan.info;
    const methods: RouteMethod[] = method === 'GET' && !hasHead ? [method, 'HEAD'] : [method];
    return methods.map((one) => ({ isPicky: false, method: one, pattern: plan.pattern, plan }));
  });
}

function groupPicky(same: readonly RoutePlan[]): EndpointChoice[] {
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
    const versionHeaders = [...new Set(plans.flatMap((plan) => findHeader(plan) ?? []))];
    return [{ isPicky: true, method, pattern: first.pattern, tiers, versionHeaders }];
  });
}

/** The method's own, then those whose GET answers its HEAD, then those of every method. */
function listAnswering(method: HttpMethod, same: readonly RoutePlan[]): RoutePlan[] {
  const order: readonly RouteMethod[] = method === 'HEAD' ? ['HEAD', 'GET', 'ALL'] : [method, 'ALL'];
  return order.flatMap((one) => same.filter(({ info }) => info.method === one));
}
