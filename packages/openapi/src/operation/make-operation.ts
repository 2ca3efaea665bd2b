import type { RoutePlan } from '@sluice/core';
import type { DocumentedRoute } from '../choose-routes';
import type { OperationObject, Parameter } from '../document';
import type { Mistakes } from '../mistakes';
import { shorten } from './operation-id';
import { makeParameters } from './parameters';
import { makeReplies, type ReplyOptions } from './replies';
import { makeRequestBody } from './request-body';
import { listDescriptions } from './route-parts';
import type { SecuritySchemes } from './security';
import { makeServer } from './servers';

/** The things that the operations of a document share. */
export interface OperationParts extends ReplyOptions {
  readonly security: SecuritySchemes;
  readonly mistakes: Mistakes;
}

/** Makes the operation of a route. */
export function makeOperation(
  { route, said, method, names, hosts }: DocumentedRoute,
  operationId: string,
  parts: OperationParts,
): OperationObject {
  const { schemas, mistakes } = parts;
  const { tags = tagAfter(route), summary, description, deprecated } = said;
  const report = (fault: string, cure: string): void =>
    mistakes.add('OPENAPI_SCHEMA_INVALID', route.info.name, fault, cure);
  const parameters = makeParameters(route, said, schemas, report).map((one) => rename(one, names));
  const requestBody = method === 'get' ? undefined : makeRequestBody(route, said, schemas, report);
  const servers = hosts.map((host) => makeServer(host, route.info.basePath));
  const security = parts.security.require(listDescriptions(route));
  return {
    operationId,
    ...(tags.length > 0 && { tags }),
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(deprecated === true && { deprecated }),
    ...(servers.length > 0 && { servers }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: makeReplies(route, said, parts, report),
    ...(security && { security }),
  };
}

function rename(parameter: Parameter, names: DocumentedRoute['names']): Parameter {
  const name = parameter.in === 'path' ? names.get(parameter.name) : undefined;
  return name === undefined ? parameter : { ...parameter, name };
}

function tagAfter({ origin, tags = [] }: RoutePlan): readonly string[] {
  return origin === undefined ? tags : [shorten(origin.controller.name)];
}
