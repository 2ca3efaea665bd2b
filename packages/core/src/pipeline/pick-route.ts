import { parseHost } from '../http/host';
import { matchesHost } from '../http/host-pattern';
import { readVersions } from '../http/read-versions';
import type { HttpRequest } from '../http/request';
import type { RouteVersion } from '../http/versioning';
import type { RoutePlan } from '../plan/plan';
import type { EndpointGroup } from './group-endpoints';

/** What of a request decides between endpoints of one method and path. */
export type PickedBy = Pick<HttpRequest, 'method' | 'host' | 'header'>;

/** Which route of a group answers a request; undefined where none does. The host decides first, then the version. */
export function pickRoute({ tiers, isPicky }: EndpointGroup, request: PickedBy): RoutePlan | undefined {
  if (!isPicky) return tiers[0]!.plans[0];
  const asked = request.host;
  const name = asked === undefined ? undefined : parseHost(asked)?.name;
  for (const { host, plans } of tiers) {
    if (host !== undefined && (name === undefined || !matchesHost(host, name))) continue;
    const picked = pickVersion(plans, request);
    if (picked !== undefined) return picked;
  }
  return undefined;
}

const NEVER = Infinity;
const AFTER_ALL_OTHERS = Number.MAX_SAFE_INTEGER;

function pickVersion(plans: readonly RoutePlan[], request: PickedBy): RoutePlan | undefined {
  let picked: RoutePlan | undefined;
  let lowest = NEVER;
  for (const plan of plans) {
    const rank = rankVersion(plan.version, request);
    if (rank >= lowest) continue;
    lowest = rank;
    picked = plan;
  }
  return picked;
}

/** A preflight can not say which version it is for: OPTIONS without one asks about them all, the default first. */
function rankVersion(version: RouteVersion | undefined, request: PickedBy): number {
  if (version === undefined || version.by.type === 'path') return AFTER_ALL_OTHERS;
  const asked = readVersions(version.by, request);
  if (asked.length > 0) {
    const at = asked.indexOf(version.name);
    return at === -1 ? NEVER : at;
  }
  if (version.name === version.by.defaultVersion) return 0;
  return request.method === 'OPTIONS' ? 1 : NEVER;
}
