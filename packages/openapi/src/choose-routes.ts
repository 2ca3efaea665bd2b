import type { RoutePlan } from '@sluice/core';
import type { DocumentedMethod } from './document';
import { readOperation, type OperationOptions } from './operation';
import { WILDCARD } from './operation/parameters';
import { isSameHandler } from './operation/route-parts';
import type { Mistakes } from './mistakes';

/** A route under a method and a path of the document. */
export interface DocumentedRoute {
  readonly route: RoutePlan;
  readonly said: OperationOptions;
  readonly method: DocumentedMethod;
  readonly path: string;
  /** The names of the path's parameters in the document, by those that the route has for them. */
  readonly names: ReadonlyMap<string, string>;
  /** The hosts on which its handler answers; empty where that is every host. */
  readonly hosts: readonly Host[];
  /** The route answers several methods. */
  readonly isOfAll: boolean;
}

type Host = NonNullable<RoutePlan['host']>;

/** The version and the host whose routes a document has. */
export interface Choice {
  readonly version?: string | undefined;
  readonly host?: string | undefined;
}

const METHODS: readonly DocumentedMethod[] = ['get', 'put', 'post', 'delete', 'patch'];

/**
 * Chooses the routes of a document: one for each method and path. HEAD and OPTIONS follow from the others, and are left
 * out. Reports routes of which a client chooses one by a header or by the host.
 */
export function chooseRoutes(
  routes: readonly RoutePlan[],
  choice: Choice,
  mistakes: Mistakes,
): DocumentedRoute[] {
  const asked = routes
    .map((route) => ({ route, said: readOperation(route.info.marks) }))
    .filter(({ route, said }) => said.hidden !== true && isChosen(route, choice));
  const chosen = new Map<string, DocumentedRoute>();
  // Patterns of one shape match the same paths, whatever the names of their parameters are.
  const patterns = new Map<string, Pattern>();
  for (const { route, said } of asked) {
    const { info, pattern, host } = route;
    const shown = patterns.get(pattern.shape) ?? pattern;
    patterns.set(pattern.shape, shown);
    const path = writePath(shown);
    const names = new Map(pattern.parameters.map((name, index) => [name, shown.parameters[index]!]));
    const isOfAll = info.method === 'ALL';
    for (const method of METHODS) {
      if (!isOfAll && info.method.toLowerCase() !== method) continue;
      const key = `${method} ${path}`;
      const one = { route, said, method, path, names, hosts: host ? [host] : [], isOfAll };
      const other = chosen.get(key);
      if (other === undefined || answersBefore(route, other.route, choice)) chosen.set(key, one);
      else if (differInHost(route, other.route))
        chosen.set(key, { ...other, hosts: [...other.hosts, ...one.hosts] });
      else if (!answersBefore(other.route, route, choice))
        mistakes.add(
          'OPENAPI_ROUTE_AMBIGUOUS',
          info.name,
          ...describeAmbiguous(other.route, route, `${method.toUpperCase()} ${path}`, choice),
        );
    }
  }
  return [...chosen.values()];
}

type Pattern = RoutePlan['pattern'];

function isChosen({ version, host }: RoutePlan, choice: Choice): boolean {
  const isOfVersion =
    choice.version === undefined || version === undefined || version.name === choice.version;
  const isOfHost = choice.host === undefined || host === undefined || host.shape === hideNames(choice.host);
  return isOfVersion && isOfHost;
}

/** The shape of a host pattern: the names of its parameters do not change which hosts it matches. */
function hideNames(host: string): string {
  return host.toLowerCase().replace(/(?<![^.]):[^.]+/g, ':');
}

/**
 * Whether a route takes every request of the document that another one of its method and path could take: the host
 * decides first, then the version, and last the method, as in the router.
 */
function answersBefore(one: RoutePlan, other: RoutePlan, choice: Choice): boolean {
  const isSameVersion = one.version?.name === other.version?.name;
  if (one.host?.shape !== other.host?.shape) {
    const takesVersion = isSameVersion || one.version === undefined || choice.version !== undefined;
    return choice.host !== undefined && other.host === undefined && takesVersion;
  }
  if (!isSameVersion) return choice.version !== undefined && other.version === undefined;
  return one.info.method !== 'ALL' && other.info.method === 'ALL';
}

/** Whether two routes are one that was given several hosts. */
function differInHost(one: RoutePlan, other: RoutePlan): boolean {
  const haveHosts = one.host !== undefined && other.host !== undefined;
  return haveHosts && one.version?.name === other.version?.name && isSameHandler(one, other);
}

/** `/notes/:id` is `/notes/{id}`, and `/files/*` is `/files/{wildcard}`. */
function writePath({ segments }: Pattern): string {
  const written = segments.map((segment) => {
    if (segment === '*') return `{${WILDCARD}}`;
    return segment.startsWith(':') ? `{${segment.slice(1)}}` : segment;
  });
  return `/${written.join('/')}`;
}

function describeAmbiguous(
  one: RoutePlan,
  other: RoutePlan,
  answered: string,
  choice: Choice,
): [fault: string, cure: string] {
  const byVersion = choice.version === undefined && one.version?.name !== other.version?.name;
  const options = byVersion
    ? [one, other].map(({ version }) => version?.name).filter((name) => name !== undefined)
    : [one, other].map(({ host }) => host?.text).filter((text) => text !== undefined);
  const name = byVersion ? 'version' : 'host';
  return [
    `${one.info.name} and ${other.info.name} both answer ${answered}, chosen by the ${name}. A document has one of them.`,
    `Give the document one ${name}: openapi({ …, ${name}: '${options[0] ?? ''}' }), and a second one the other.`,
  ];
}
