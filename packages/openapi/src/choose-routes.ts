import type { RoutePlan } from '@sluice/core';
import type { DocumentedMethod } from './document';
import { readOperation, type OperationOptions } from './operation';
import { WILDCARD } from './operation/parameters';
import type { Mistakes } from './mistakes';

/** A route under a method and a path of the document. */
export interface DocumentedRoute {
  readonly route: RoutePlan;
  readonly said: OperationOptions;
  readonly method: DocumentedMethod;
  readonly path: string;
  /** The route answers several methods. */
  readonly isOfAll: boolean;
}

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
  const isExplicit = new Set(
    asked.map(({ route }) => `${route.info.method.toLowerCase()} ${writePath(route)}`),
  );
  for (const { route, said } of asked)
    for (const method of METHODS) {
      const { method: own } = route.info;
      const path = writePath(route);
      const key = `${method} ${path}`;
      const isOfAll = own === 'ALL';
      if (own.toLowerCase() !== method && (!isOfAll || isExplicit.has(key))) continue;
      const other = chosen.get(key);
      if (other === undefined) chosen.set(key, { route, said, method, path, isOfAll });
      else
        mistakes.add(
          'OPENAPI_ROUTE_AMBIGUOUS',
          route.info.name,
          ...describeAmbiguous(other.route, route, key),
        );
    }
  return [...chosen.values()];
}

function isChosen({ version, host }: RoutePlan, choice: Choice): boolean {
  const isOfVersion =
    choice.version === undefined || version === undefined || version.name === choice.version;
  const isOfHost = choice.host === undefined || host === undefined || host.text === choice.host;
  return isOfVersion && isOfHost;
}

/** `/notes/:id` is `/notes/{id}`, and `/files/*` is `/files/{wildcard}`. */
function writePath({ pattern }: Pick<RoutePlan, 'pattern'>): string {
  const segments = pattern.segments.map((segment) => {
    if (segment === '*') return `{${WILDCARD}}`;
    return segment.startsWith(':') ? `{${segment.slice(1)}}` : segment;
  });
  return `/${segments.join('/')}`;
}

function describeAmbiguous(one: RoutePlan, other: RoutePlan, key: string): [fault: string, cure: string] {
  const byVersion = one.version?.name !== other.version?.name;
  const options = byVersion
    ? [one, other].map(({ version }) => version?.name).filter((name) => name !== undefined)
    : [one, other].map(({ host }) => host?.text).filter((text) => text !== undefined);
  const name = byVersion ? 'version' : 'host';
  return [
    `${one.info.name} and ${other.info.name} both answer ${key.toUpperCase().replace(/ .*/, '')} ${key.replace(/^\S+ /, '')}, chosen by the ${name}. A document has one of them.`,
    `Give the document one ${name}: openapi({ …, ${name}: '${options[0] ?? ''}' }), and a second one the other.`,
  ];
}
