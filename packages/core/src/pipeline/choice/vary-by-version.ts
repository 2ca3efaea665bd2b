import type { Context } from '../../http/context';
import type { PathPattern } from '../../routing/path-pattern';
import type { RoutePlan } from '../../plan/plan';
import { afterwards } from '../afterwards';
import type { Run } from '../compose';
import type { EndpointChoice, EndpointGroup } from './group-endpoints';

/**
 * Makes what lets the responses of a route say on which request headers its choice depended (RFC 9110 §12.5.5): also
 * those of a route that answers because none more specific has the version. All other routes stay as they are.
 */
export function makeVary(groups: readonly EndpointGroup[]): (route: RoutePlan, run: Run) => Run {
  const versioned = groups.flatMap((group) =>
    group.isPicky && group.versionHeaders.length > 0 ? [group] : [],
  );
  return (route, run) => {
    const deciding = versioned.filter((group) => mayFallTo(group, route));
    return varyBy([...new Set(deciding.flatMap(({ versionHeaders }) => versionHeaders))], run);
  };
}

function varyBy(headers: readonly string[], run: Run): Run {
  if (headers.length === 0) return run;
  const fields = headers.join(', ');
  const addVary = ({ response }: Context): void => void response.headers.vary(fields);
  return (context) => afterwards(run(context), () => addVary(context));
}

/** Answers whether a request that the group has no route for may come to the route. */
function mayFallTo({ method, pattern }: EndpointChoice, route: RoutePlan): boolean {
  const own = route.info.method;
  const answers = own === 'ALL' || own === method || (own === 'GET' && method === 'HEAD');
  return answers && mayComeFirst(pattern, route.pattern);
}

/** Answers whether some path is one of both patterns, and meets the first of them first, or both at once. */
function mayComeFirst({ segments: one }: PathPattern, { segments: other }: PathPattern): boolean {
  const shorter = Math.min(one.length, other.length);
  let order = 0;
  for (let index = 0; index < shorter; index++) {
    const [first, second] = [one[index]!, other[index]!];
    order ||= rankSegment(first) - rankSegment(second);
    if (first === '*' || second === '*') return order <= 0;
    const isOpen = first.startsWith(':') || second.startsWith(':');
    if (!isOpen && first !== second) return false;
  }
  return order <= 0 && one.length === other.length;
}

/** The order in which the engines try what a segment may be. */
function rankSegment(segment: string): number {
  return segment === '*' ? 2 : Number(segment.startsWith(':'));
}
