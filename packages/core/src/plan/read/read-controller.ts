import type { ConfigurationProblem, Fault } from '../../configuration/configuration-error';
import type { Problems } from '../../configuration/problems';
import type { Class } from '../../http/class';
import {
  findMethod,
  findNearest,
  findNearestList,
  isMethod,
  readBoth,
  readChain,
  type Owner,
} from '../../metadata/class-chain';
import { metadata } from '../../metadata/metadata';
import type { RouteRecord } from '../../metadata/records';
import { readDesignTypes } from '../../metadata/store';
import { readMembers } from '../../metadata/stored-record';
import { bindHandler, type MethodOwner } from './method-owner';
import type { CatchPlan } from '../plan';
import { checkFilter, readCatches } from './read-catches';
import { describeIdleMultipart } from './read-form';
import { readMarks } from './read-marks';
import { readParameters } from './read-parameters';
import { readReply } from './read-reply';
import { write, type RouteDefinition } from '../route-definition';

/** Reads a controller class, and what its methods are called on, into route definitions, parents' included. Pure. */
export function readController(type: Class, instances: MethodOwner, problems: Problems): RouteDefinition[] {
  const { instance } = instances;
  const place = type.name || 'a class without a name';
  const prefix = metadata.controller.read(type)?.path;
  if (prefix === undefined) problems.include(notAController(place));
  if (typeof (prefix ?? '') !== 'string') problems.include(invalidPrefix(place));
  const chain = readChain(type);
  const properties = [...new Set(chain.flatMap(({ prototype }) => readMembers(prototype)))];
  const catches = readCatches(type, instances, problems);
  const definitions = properties.flatMap((property) => {
    const routes = findNearestList(chain, metadata.routes, property);
    const name = `${place}.${String(property)}`;
    const fault = findMisplaced(chain, property, instance, routes);
    if (fault !== undefined) {
      problems.addFault('DECORATOR_MISPLACED', name, fault);
      return [];
    }
    return routes.map((route) =>
      defineRoute(
        { route, name, property, chain, catches, instances, prefix: String(prefix ?? '') },
        problems,
      ),
    );
  });
  const takesForm = definitions.some(({ body }) => body?.form !== undefined);
  if (metadata.multipart.read(type) !== undefined && !takesForm)
    problems.include(describeIdleMultipart(place));
  if (definitions.length === 0 && prefix !== undefined) problems.include(withoutRoutes(place));
  return definitions;
}

interface RouteParts {
  readonly route: RouteRecord;
  readonly name: string;
  readonly property: string | symbol;
  readonly chain: readonly Owner[];
  readonly catches: readonly CatchPlan[];
  readonly instances: MethodOwner;
  readonly prefix: string;
}

function defineRoute(parts: RouteParts, problems: Problems): RouteDefinition {
  const { route, name, property, chain } = parts;
  const { type } = chain.at(-1)!;
  const records = findNearestList(chain, metadata.parameters, property);
  const types = findNearest(chain, (owner) => readDesignTypes(owner.prototype, property));
  const { length: count } = findMethod(parts.instances.instance, property);
  const ownMultipart = findNearest(chain, (owner) => metadata.multipart.read(owner.prototype, property));
  const multipart = {
    ...findNearest(chain, (owner) => metadata.multipart.read(owner.type)),
    ...ownMultipart,
  };
  const written = { place: name, records, types, count, multipart };
  const { values, body } = readParameters(written, problems);
  if (ownMultipart !== undefined && body?.form === undefined) problems.include(describeIdleMultipart(name));
  const onMethod = [...chain]
    .reverse()
    .flatMap((owner) => metadata.catches.read(owner.prototype, property))
    .filter((record) => record.handle !== undefined && checkFilter(record.error, name, problems));
  const ownCatches = onMethod.map(({ error, handle }) => ({
    scope: 'method' as const,
    error,
    handle: handle!,
  }));
  return {
    method: route.method,
    prefix: parts.prefix,
    path: route.path,
    hosts: write(metadata.controller.read(type)?.host, type.name),
    versions:
      write(
        findNearest(chain, (owner) => metadata.version.read(owner.prototype, property)),
        name,
      ) ?? write(metadata.controller.read(type)?.version, type.name),
    name,
    stepName: String(property),
    middleware: readBoth(chain, metadata.middleware, property).map(({ scope, value }) => ({
      scope,
      middleware: value,
    })),
    marks: readMarks(chain, property),
    ...bindHandler(parts.instances, property, values),
    body,
    bodyLimit: findNearest(
      chain,
      (owner) => metadata.bodyLimit.read(owner.prototype, property) ?? metadata.bodyLimit.read(owner.type),
    ),
    catches: [...ownCatches, ...parts.catches],
    reply: readReply({ place: name, chain, property, method: route.method }, problems),
    origin: { controller: type, method: String(property) },
  };
}

/** Decorators on something that is no method, or on a method that no route calls. */
function findMisplaced(
  chain: readonly Owner[],
  property: string | symbol,
  instance: object,
  routes: readonly RouteRecord[],
): Fault | undefined {
  if (!isMethod(instance, property))
    return {
      fault: 'The decorators stand on something that is no method.',
      cure: 'Put them on a method. If it is one, a decorator beside them lacks its parentheses.',
    };
  const handlesErrors = chain.some(({ prototype }) =>
    metadata.catches.read(prototype, property).some(({ handle }) => handle === undefined),
  );
  if (routes.length > 0 || handlesErrors) return undefined;
  const fault = 'The method has decorators and no route, so nothing calls it.';
  return { fault, cure: 'Write @Get() or another method before it, or take its decorators away.' };
}

function notAController(place: string): ConfigurationProblem {
  const fault = 'The class is listed as a controller and has no @Controller of its own.';
  return {
    code: 'CONTROLLER_UNDECORATED',
    place,
    fault,
    cure: "Write @Controller('/prefix') before it, or take it off the list.",
  };
}

function withoutRoutes(place: string): ConfigurationProblem {
  const fault = 'The controller has no route.';
  return {
    code: 'CONTROLLER_EMPTY',
    place,
    fault,
    cure: 'Write @Get() or another method before one of its methods, or take it off the list.',
  };
}

function invalidPrefix(place: string): ConfigurationProblem {
  const cure = "Write it as text: @Controller('/notes').";
  return { code: 'ROUTE_PATH_INVALID', place, fault: 'The prefix is no text.', cure };
}
