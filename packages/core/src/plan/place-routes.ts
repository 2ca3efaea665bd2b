import type { ConfigurationProblem } from '../configuration/configuration-error';
import type { Problems } from '../configuration/problems';
import { parseHostPattern, type HostPattern } from '../routing/host-pattern';
import { joinPrefix } from '../routing/join-prefix';
import { isVersion, VERSION_NEUTRAL, type RouteVersion, type Versioning } from '../routing/versioning';
import type { RouteDefinition } from './route-definition';
import type { ResolvedRoute } from './plan-input';

/** Each route once for every host and every version that was written on it. Pure. */
export function placeRoutes(
  routes: readonly ResolvedRoute[],
  versioning: Versioning | undefined,
  problems: Problems,
): ResolvedRoute[] {
  const by = versioning && Object.freeze({ ...versioning });
  return routes.flatMap((route) => {
    const versions = readVersions(route, by, problems);
    return readHosts(route, problems).flatMap((host) =>
      versions.map((version) => ({
        ...route,
        ...(host && { host }),
        ...(version && { version }),
        ...(version?.by.type === 'path' && {
          prefix: joinPrefix(`/${version.by.prefix ?? 'v'}${version.name}`, route.prefix),
        }),
      })),
    );
  });
}

function readHosts({ hosts }: RouteDefinition, problems: Problems): readonly (HostPattern | undefined)[] {
  if (hosts === undefined) return [undefined];
  const { place } = hosts;
  const written: readonly unknown[] = Array.isArray(hosts.value) ? hosts.value : [hosts.value];
  const read = (host: unknown) => (typeof host === 'string' ? parseHostPattern(host) : 'It is no text.');
  if (written.length === 0) problems.include(wrongHost(place, '[]', 'It is an empty list.'));
  return [...new Set(written)].flatMap((host) => {
    const pattern = read(host);
    if (typeof pattern === 'object') return [pattern];
    problems.include(wrongHost(place, JSON.stringify(host) ?? String(host), pattern));
    return [];
  });
}

function readVersions(
  { versions }: RouteDefinition,
  versioning: Versioning | undefined,
  problems: Problems,
): readonly (RouteVersion | undefined)[] {
  const { value, place } = versions ?? { value: versioning?.defaultVersion ?? VERSION_NEUTRAL, place: '' };
  const written: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (written.length === 0) problems.include(wrongVersion(place, '[]'));
  return [...new Set(written)].flatMap((name) => {
    if (name === VERSION_NEUTRAL) return [undefined];
    if (!isVersion(name)) problems.include(wrongVersion(place, JSON.stringify(name) ?? String(name)));
    else if (versioning === undefined) problems.include(withoutVersioning(place, name));
    else return [Object.freeze({ name, by: versioning })];
    return [];
  });
}

function wrongHost(place: string, host: string, why: string): ConfigurationProblem {
  const fault = `The host ${host} can not be parsed. ${why}`;
  const cure = "Write hosts like 'api.example.com', '*.example.com' or ':tenant.example.com'.";
  return { code: 'ROUTE_HOST_INVALID', place, fault, cure };
}

function wrongVersion(place: string, version: string): ConfigurationProblem {
  const fault = `The version ${version} is no name of letters and digits.`;
  const cure = "Write a text as in '2' or '2026-11', a list of such texts, or VERSION_NEUTRAL.";
  return { code: 'ROUTE_VERSION_INVALID', place, fault, cure };
}

function withoutVersioning(place: string, version: string): ConfigurationProblem {
  const fault = `It is version ${version}, and nothing says where requests name the version that they want.`;
  const cure = "Add versioning to createApp, as in { type: 'path' }, or take the version away.";
  return { code: 'VERSIONING_MISSING', place, fault, cure };
}
