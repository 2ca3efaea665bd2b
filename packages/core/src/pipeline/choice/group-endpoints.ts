import { compareHosts, type HostPattern } from '../../routing/host-pattern';
import { ROUTE_METHODS, type HttpMethod, type RouteMethod } from '../../routing/http-method';
import type { PathPattern } from '../../routing/path-pattern';
import { findVersionHeader } from '../../routing/versioning';
import type { RoutePlan } from '../../plan/plan';

/** The routes of one method and path: one for all requests, or several for different hosts and versions. */
export type EndpointGroup = PlainEndpoint | EndpointChoice;

/** Method and path alone decide. */
interface PlainEndpoint {
  readonly isChoice: false;
  readonly method: RouteMethod;
  readonly pattern: PathPattern;
  readonly plan: RoutePlan;
}

/** Host and version decide which of several routes answers, and whether one does. */
export interface EndpointChoice {
  readonly isChoice: true;
  readonly method: HttpMethod;
  readonly pattern: PathPattern;
  /** One per host, the most specific first. */
  readonly tiers: readonly EndpointTier[];
  /** The request headers that decide about the version; empty if only hosts differ. */
  readonly versionHeaders: readonly string[];
}

/** The routes of one host pattern. If two match, the first wins. */
interface EndpointTier {
  readonly host: HostPattern | undefined;
  readonly plans: readonly RoutePlan[];
}

/** Groups routes by method and path. A GET route answers HEAD too, unless another route does (RFC 9110 §9.3.2). */
export function groupEndpoints(routes: readonly RoutePlan[]): EndpointGroup[] {
  const byShape = new Map<string, RoutePlan[]>();
  for (const route of routes) {
    const same = byShape.get(route.pattern.shape);
    if (same === undefined) byShape.set(route.pattern.shape, [route]);
    else same.push(route);
  }
  return [...byShape.values()].flatMap<EndpointGroup>((same) =>
    same.some(dependsOnHeaders) ? groupChoices(same) : groupPlain(same),
  );
}

/** Answers whether a route looks at more than method and path: at the host, or at a version in a header. */
function dependsOnHeaders(plan: RoutePlan): boolean {
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
    return methods.map((one) => ({ isChoice: false, method: one, pattern: plan.pattern, plan }));
  });
}

function groupChoices(same: readonly RoutePlan[]): EndpointChoice[] {
  return ROUTE_METHODS.flatMap((method) => {
    const plans = listCandidates(method, same);
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
    return [{ isChoice: true, method, pattern: first.pattern, tiers, versionHeaders }];
  });
}

/** Lists the routes of the method itself, for HEAD also those of GET, and last those of every method. */
function listCandidates(method: HttpMethod, same: readonly RoutePlan[]): RoutePlan[] {
  const order: readonly RouteMethod[] = method === 'HEAD' ? ['HEAD', 'GET', 'ALL'] : [method, 'ALL'];
  return order.flatMap((one) => same.filter(({ info }) => info.method === one));
}
