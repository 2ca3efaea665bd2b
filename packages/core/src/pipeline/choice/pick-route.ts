import { parseHost } from '../../routing/host';
import { matchesHost } from '../../routing/host-pattern';
import { readRequestedVersions } from './read-requested-versions';
import type { HttpRequest } from '../../http/request';
import type { RouteVersion, Versioning } from '../../routing/versioning';
import type { RoutePlan } from '../../plan/plan';
import type { EndpointGroup } from './group-endpoints';

/** The parts of a request that decide between routes of one method and path. */
export type PickedBy = Pick<HttpRequest, 'method' | 'host' | 'header'>;

/** Picks the route of a group that answers a request; undefined if none does. The host decides first, then the version. */
export function pickRoute(group: EndpointGroup, request: PickedBy): RoutePlan | undefined {
  if (!group.isChoice) return group.plan;
  const { tiers } = group;
  // The tier that matches every host is the last, so if it is the first, the host does not matter.
  const name = tiers[0]!.host === undefined ? undefined : readHostName(request);
  for (const { host, plans } of tiers) {
    if (host !== undefined && (name === undefined || !matchesHost(host, name))) continue;
    const picked = pickVersion(plans, request);
    if (picked !== undefined) return picked;
  }
  return undefined;
}

function readHostName({ host }: PickedBy): string | undefined {
  return host === undefined ? undefined : parseHost(host)?.name;
}

const NEVER = Infinity;
const AFTER_ALL_OTHERS = Number.MAX_SAFE_INTEGER;

function pickVersion(plans: readonly RoutePlan[], request: PickedBy): RoutePlan | undefined {
  let picked: RoutePlan | undefined;
  let lowest = NEVER;
  let by: Versioning | undefined;
  let asked: readonly string[] = [];
  for (const plan of plans) {
    const { version } = plan;
    if (version !== undefined && version.by !== by) {
      by = version.by;
      asked = readRequestedVersions(by, request);
    }
    const rank = rankVersion(version, asked, request.method);
    if (rank >= lowest) continue;
    lowest = rank;
    picked = plan;
  }
  return picked;
}

/** A preflight cannot name a version, so OPTIONS without one asks about all of them, the default first. */
function rankVersion(version: RouteVersion | undefined, asked: readonly string[], method: string): number {
  if (version === undefined || version.by.type === 'path') return AFTER_ALL_OTHERS;
  if (asked.length > 0) {
    const at = asked.indexOf(version.name);
    return at === -1 ? NEVER : at;
  }
  if (version.name === version.by.defaultVersion) return 0;
  return method === 'OPTIONS' ? 1 : NEVER;
}
