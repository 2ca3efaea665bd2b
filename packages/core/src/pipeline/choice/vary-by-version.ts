import type { Run } from '../../http/compiled-route';
import type { Context } from '../../http/context';
import { comparePaths } from '../../routing/compare-paths';
import type { RoutePlan } from '../../plan/plan';
import { afterwards } from '../afterwards';
import type { EndpointChoice, EndpointGroup } from './group-endpoints';

/**
 * Makes the function that adds Vary to the responses of routes that were chosen by a version header (RFC 9110 §12.5.5).
 * A less specific route, which answers where a more specific one lacks the version, gets it too. Other routes stay as they are.
 */
export function makeVary(groups: readonly EndpointGroup[]): (route: RoutePlan, run: Run) => Run {
  const versioned = groups.flatMap((group) =>
    group.isChoice && group.versionHeaders.length > 0 ? [group] : [],
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

/** Answers whether the route may get a request for which the group has no version. */
function mayFallTo({ method, pattern }: EndpointChoice, route: RoutePlan): boolean {
  const own = route.info.method;
  const answers = own === 'ALL' || own === method || (own === 'GET' && method === 'HEAD');
  const order = answers ? comparePaths(pattern, route.pattern) : undefined;
  return order !== undefined && order <= 0;
}
