import type { Context } from '../http/context';
import type { PathPattern } from '../http/path-pattern';
import { findVersionHeader } from '../http/versioning';
import type { RoutePlan } from '../plan/plan';
import { afterwards } from './afterwards';
import type { Run } from './compose';
import type { EndpointGroup } from './group-endpoints';

/**
 * Makes what lets the responses of a route say on which request headers its choice depended (RFC 9110 §12.5.5): also
 * those of a route that answers because none more specific has the version. All other routes stay as they are.
 */
export function makeVary(groups: readonly EndpointGroup[]): (route: RoutePlan, run: Run) => Run {
  const versioned = groups.filter((group) => listVersionHeaders(group).length > 0);
  return (route, run) => {
    const deciding = versioned.filter((group) => mayFallTo(group, route));
    return varyBy([...new Set(deciding.flatMap(listVersionHeaders))], run);
  };
}

/** The same for every run: nothing where there are no headers. */
export function varyBy(headers: readonly string[], run: Run): Run {
  if (headers.length === 0) return run;
  const fields = headers.join(', ');
  const addVary = ({ response }: Context): void => void response.headers.vary(fields);
  return (context) => afterwards(run(context), () => addVary(context));
}

/** The request headers that decide about the version in a group; none where it has no versions, or the path has them. */
export function listVersionHeaders({ tiers }: EndpointGroup): string[] {
  const versions = tiers.flatMap(({ plans }) => plans.flatMap(({ version }) => version ?? []));
  return [...new Set(versions.flatMap((version) => findVersionHeader(version) ?? []))];
}

/** Answers whether a request that the group has no route for may come to the route. */
function mayFallTo({ method, pattern }: EndpointGroup, route: RoutePlan): boolean {
  const own = route.info.method;
  const answers = own === 'ALL' || own === method || (own === 'GET' && method === 'HEAD');
  return answers && overlap(pattern, route.pattern);
}

/** Answers whether some path is one of both patterns. */
function overlap({ segments: one }: PathPattern, { segments: other }: PathPattern): boolean {
  const shorter = Math.min(one.length, other.length);
  for (let index = 0; index < shorter; index++) {
    const [first, second] = [one[index]!, other[index]!];
    if (first === '*' || second === '*') return true;
    const isOpen = first.startsWith(':') || second.startsWith(':');
    if (!isOpen && first !== second) return false;
  }
  return one.length === other.length;
}
