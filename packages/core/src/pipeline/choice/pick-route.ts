import { parseHost } from '../../routing/host';
import { matchesHost } from '../../routing/host-pattern';
import { readVersions } from './read-versions';
import type { HttpRequest } from '../../http/request';
import type { RouteVersion, Versioning } from '../../routing/versioning';
import type { RoutePlan } from '../../plan/plan';
import type { EndpointGroup } from './group-endpoints';

/** What of a request decides between endpoints of one method and path. */
export type PickedBy = Pick<HttpRequest, 'method' | 'host' | 'header'>;

/** Which route of a group answers a request; undefined where none does. The host decides first, then the version. */
export function pickRoute(group: EndpointGroup, request: PickedBy): RoutePlan | undefined {
  if (!group.isPicky) return group.plan;
  const { tiers } = group;
  // The tier of every host is the last: where it is the first there is no other.
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
      asked = readVersions(by, request);
    }
    const rank = rankVersion(version, asked, request.method);
    if (rank >= lowest) continue;
    lowest = rank;
    picked = plan;
  }
  return picked;
}

/** A preflight can not say which version it is for: OPTIONS without one asks about them all, the default first. */
function rankVersion(version: RouteVersion | undefined, asked: readonly string[], method: string): number {
  if (version === undefined || version.by.type === 'path') return AFTER_ALL_OTHERS;
  if (asked.length > 0) {
    const at = asked.indexOf(version.name);
    return at === -1 ? NEVER : at;
  }
  if (version.name === version.by.defaultVersion) return 0;
  return method === 'OPTIONS' ? 1 : NEVER;
}
