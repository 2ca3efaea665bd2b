import type { Plan, RoutePlan } from '@sluice/core';
import { chooseRoutes, type DocumentedRoute } from './choose-routes';
import type { DocumentedMethod, OpenApiDocument, OperationObject, Tag } from './document';
import { Mistakes } from './mistakes';
import { checkDocumentOptions, type DocumentOptions } from './openapi-options';
import { makeOperation } from './operation/make-operation';
import { makeOperationId } from './operation/operation-id';
import { isSameHandler } from './operation/route-parts';
import { SecuritySchemes } from './operation/security';
import { addExamples } from './schema/add-examples';
import { Schemas } from './schema/schemas';

/**
 * Makes the document of an application from its plan alone. Pure: the same plan has the same document.
 *
 * @throws ConfigurationError OPENAPI_NAME_TAKEN, OPENAPI_ID_TAKEN, OPENAPI_ROUTE_AMBIGUOUS, OPENAPI_SCHEMA_INVALID, and those of the options
 * @example makeOpenApi(app.plan, { info: { title: 'Notes', version: '1.0.0' } })
 */
export function makeOpenApi(plan: Plan, options: DocumentOptions): OpenApiDocument {
  checkDocumentOptions(options);
  const { info, servers, serverErrors = false } = options;
  const mistakes = new Mistakes();
  const schemas = new Schemas();
  const security = new SecuritySchemes();
  const routes = chooseRoutes(plan.routes, options, mistakes);
  const parts = { schemas, security, serverErrors, formatError: plan.formatError, mistakes };
  const operations = nameOperations(routes, mistakes).map(({ route, id }) => ({
    ...route,
    operation: makeOperation(route, id, parts),
  }));
  const paths: Record<string, Partial<Record<DocumentedMethod, OperationObject>>> = {};
  for (const { path, method, operation } of operations) paths[path] = { ...paths[path], [method]: operation };
  const [written, components] = schemas.components.finish(paths, (one, other) =>
    mistakes.add('OPENAPI_NAME_TAKEN', other.place, ...describeTwins(one.name, one.place)),
  );
  mistakes.throwIfAny();
  const tags = listTags(
    operations.map(({ operation }) => operation),
    options.tags,
  );
  return {
    openapi: '3.1.1',
    info,
    servers: servers ?? [{ url: plan.fallback.info.basePath ?? '/' }],
    ...(tags.length > 0 && { tags }),
    paths: addExamples(written),
    ...((Object.keys(components).length > 0 || Object.keys(security.schemes).length > 0) && {
      components: {
        ...(Object.keys(components).length > 0 && {
          schemas: addExamples(components) as Record<string, never>,
        }),
        ...(Object.keys(security.schemes).length > 0 && { securitySchemes: security.schemes }),
      },
    }),
  };
}

/** Several routes of one method or function share its id, so they are numbered in the order in which they are written. */
function nameOperations(
  routes: readonly DocumentedRoute[],
  mistakes: Mistakes,
): { readonly route: DocumentedRoute; readonly id: string }[] {
  const known = new Map<string, DocumentedRoute>();
  return routes.map((route) => {
    const { said, method, isOfAll } = route;
    const wanted = (said.id ?? makeOperationId(route.route)) + (isOfAll ? `.${method}` : '');
    let id = wanted;
    for (let count = 2; isOfSameMethod(known.get(id)?.route, route.route); count++) id = `${wanted}.${count}`;
    const other = known.get(id);
    if (other === undefined) known.set(id, route);
    else mistakes.add('OPENAPI_ID_TAKEN', route.route.info.name, ...describeIdTaken(id, other));
    return { route, id };
  });
}

function isOfSameMethod(one: RoutePlan | undefined, other: RoutePlan): boolean {
  if (one === undefined) return false;
  if (one.origin === undefined || other.origin === undefined) return isSameHandler(one, other);
  return one.origin.controller === other.origin.controller && one.origin.method === other.origin.method;
}

function listTags(operations: readonly OperationObject[], described: readonly Tag[] = []): Tag[] {
  const names = new Set(operations.flatMap(({ tags = [] }) => tags));
  for (const { name } of described) names.delete(name);
  return [...described, ...[...names].map((name) => ({ name }))];
}

function describeTwins(name: string, place: string): [fault: string, cure: string] {
  return [
    `Its schema is called ${name}, and so is a different one that ${place} uses.`,
    `Give one of the two classes another name in documents: @SchemaName('Other${name}').`,
  ];
}

function describeIdTaken(id: string, { route }: DocumentedRoute): [fault: string, cure: string] {
  return [
    `Its operation is called ${id}, and so is that of ${route.info.name} (${route.info.path}).`,
    "Give one of the two routes an id of its own: @Operation({ id: 'notes.find' }).",
  ];
}
