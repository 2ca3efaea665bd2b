import type { Run } from '../../http/compiled-route';
import type { Context } from '../../http/context';
import { comparePaths } from '../../routing/compare-paths';
import type { RoutePlan } from '../../plan/plan';
import { afterwards } from '../afterwards';
import type { EndpointChoice, EndpointGroup } from './group-endpoints';

/**
 * Makes the function that adds Vary to the responses of routes that were chosen by a header (RFC 9110 §12.5.5): that of
 * the version, or the one in which proxies report the host. A less specific route, which answers where a more specific
 * one lacks the version or the host, gets it too. Other routes stay as they are.
 *
 * @param hostHeader undefined if no proxy is trusted: every cache distinguishes what `Host` says
 */
export function makeVary(
  groups: readonly EndpointGroup[],
  hostHeader: string | undefined,
): (route: RoutePlan, run: Run) => Run {
  const choices = groups.flatMap((group) => {
    const headers = group.isChoice ? listHeaders(group, hostHeader) : [];
    return group.isChoice && headers.length > 0 ? [{ group, headers }] : [];
  });
  return (route, run) => {
    const deciding = choices.filter(({ group }) => mayFallTo(group, route));
    return varyBy([...new Set(deciding.flatMap(({ headers }) => headers))], run);
  };
}

function listHeaders({ tiers, versionHeaders }: EndpointChoice, hostHeader: string | undefined): string[] {
  const hasHosts = hostHeader !== undefined && tiers.some(({ host }) => host !== undefined);
  return hasHosts ? [hostHeader, ...versionHeaders] : [...versionHeaders];
}

function varyBy(headers: readonly string[], run: Run): Run {
  if (headers.length === 0) return run;
  const fields = headers.join(', ');
  const addVary = ({ response }: Context): void => void response.headers.vary(fields);
  return (context) => afterwards(run(context), () => addVary(context));
}

/** Answers whether the route may get a request for which the group has no version or host. */
function mayFallTo({ method, pattern }: EndpointChoice, route: RoutePlan): boolean {
  const own = route.info.method;
  const answers = own === 'ALL' || own === method || (own === 'GET' && method === 'HEAD');
  const order = answers ? comparePaths(pattern, route.pattern) : undefined;
  return order !== undefined && order <= 0;
}
