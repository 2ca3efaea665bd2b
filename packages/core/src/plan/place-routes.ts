import type { Problems } from '../configuration/problems';
import { parseHostPattern, type HostPattern } from '../routing/host-pattern';
import { joinPrefix } from '../routing/join-prefix';
import { placeVersion, VERSION_SEGMENT } from '../routing/place-version';
import { isVersion, VERSION_NEUTRAL, type RouteVersion, type Versioning } from '../routing/versioning';
import type { ResolvedRoute } from './plan-input';

/**
 * Repeats each route for every host and every version that was given on it. Pure.
 *
 * @param prefix the prefix of the application, which may have the place of the version
 */
export function placeRoutes(
  routes: readonly ResolvedRoute[],
  versioning: Versioning | undefined,
  prefix: string,
  problems: Problems,
): ResolvedRoute[] {
  const by = versioning && Object.freeze({ ...versioning });
  return routes.flatMap((route) => {
    const versions = parseVersions(route, by, problems);
    return parseHosts(route, problems).flatMap((host) =>
      versions.map((version) => ({
        ...route,
        ...(host && { host }),
        ...(version && { version }),
        ...(by?.type === 'path' && placeInPath(route, nameVersionSegment(version), prefix)),
      })),
    );
  });
}

/** The segment that names a version in the path; undefined if the path does not name it. */
export function nameVersionSegment(version: RouteVersion | undefined): string | undefined {
  return version?.by.type === 'path' ? `${version.by.prefix ?? 'v'}${version.name}` : undefined;
}

/** Puts the version where the path or the prefix of the application says, else in front. */
function placeInPath(
  { prefix, path }: ResolvedRoute,
  version: string | undefined,
  appPrefix: string,
): Pick<ResolvedRoute, 'prefix' | 'path'> {
  // A path that is not text is reported later.
  if (typeof prefix !== 'string' || typeof path !== 'string') return { prefix, path };
  if (`${prefix}${path}`.includes(VERSION_SEGMENT))
    return { prefix: placeVersion(prefix, version), path: placeVersion(path, version) };
  if (version === undefined || appPrefix.includes(VERSION_SEGMENT)) return { prefix, path };
  return { prefix: joinPrefix(`/${version}`, prefix), path };
}

/** Parses the hosts of a route; `[undefined]` for a route that answers every host. */
function parseHosts({ hosts }: ResolvedRoute, problems: Problems): (HostPattern | undefined)[] {
  if (hosts === undefined) return [undefined];
  const written: readonly unknown[] = Array.isArray(hosts.value) ? hosts.value : [hosts.value];
  const report = (host: string, why: string): void =>
    problems.add('ROUTE_HOST_INVALID', hosts.place, `The host ${host} cannot be parsed. ${why}`, HOST_CURE);
  if (written.length === 0) report('[]', 'The list is empty.');
  return [...new Set(written)].flatMap((host) => {
    const pattern = typeof host === 'string' ? parseHostPattern(host) : 'It is not a string.';
    if (typeof pattern === 'object') return [pattern];
    report(print(host), pattern);
    return [];
  });
}

/** Lists the versions of a route; `[undefined]` for a route that has none. */
function parseVersions(
  { versions }: ResolvedRoute,
  versioning: Versioning | undefined,
  problems: Problems,
): (RouteVersion | undefined)[] {
  const { value, place } = versions ?? { value: versioning?.defaultVersion ?? VERSION_NEUTRAL, place: '' };
  const written: readonly unknown[] = Array.isArray(value) ? value : [value];
  const report = (version: string): void => {
    const fault = `The version ${version} is not a string of letters and digits.`;
    problems.add('ROUTE_VERSION_INVALID', place, fault, VERSION_CURE);
  };
  if (written.length === 0) report('[]');
  return [...new Set(written)].flatMap((name) => {
    if (name === VERSION_NEUTRAL) return [undefined];
    if (!isVersion(name)) {
      report(print(name));
      return [];
    }
    if (versioning !== undefined) return [Object.freeze({ name, by: versioning })];
    const fault = `It has version ${name}, but createApp has no versioning option, so requests cannot name a version.`;
    problems.add('VERSIONING_MISSING', place, fault, VERSIONING_CURE);
    return [];
  });
}

function print(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

const HOST_CURE = "Write hosts like 'api.example.com', '*.example.com' or ':tenant.example.com'.";
const VERSION_CURE = "Write a string such as '2' or '2026-11', a list of such strings, or VERSION_NEUTRAL.";
const VERSIONING_CURE = "Add versioning to createApp, as in { type: 'path' }, or remove the version.";
