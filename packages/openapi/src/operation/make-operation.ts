import type { RoutePlan } from '@sluice/core';
import type { DocumentedRoute } from '../choose-routes';
import type { OperationObject } from '../document';
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
  { route, said, method }: DocumentedRoute,
  operationId: string,
  parts: OperationParts,
): OperationObject {
  const { schemas, mistakes } = parts;
  const { tags = tagAfter(route), summary, description, deprecated } = said;
  const report = (fault: string, cure: string): void =>
    mistakes.add('OPENAPI_SCHEMA_INVALID', route.info.name, fault, cure);
  const parameters = makeParameters(route, said, schemas, report);
  const requestBody = method === 'get' ? undefined : makeRequestBody(route, said, schemas, report);
  const server = makeServer(route);
  const security = parts.security.require(listDescriptions(route));
  return {
    operationId,
    ...(tags.length > 0 && { tags }),
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(deprecated === true && { deprecated }),
    ...(server && { servers: [server] }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: makeReplies(route, said, parts, report),
    ...(security && { security }),
  };
}

function tagAfter({ origin, tags = [] }: RoutePlan): readonly string[] {
  return origin === undefined ? tags : [shorten(origin.controller.name)];
}
