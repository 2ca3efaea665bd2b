import type { Fault } from '../../configuration/configuration-error';
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
import { readDesignReturnType, readDesignTypes } from '../../metadata/store';
import { readMembers } from '../../metadata/stored-record';
import type { CatchPlan } from '../plan';
import { notePlace, type RouteDefinition } from '../route-definition';
import { bindHandler, type MethodOwner } from './method-owner';
import { checkFilter, readCatches } from './read-catches';
import { IDLE_MULTIPART } from './read-form';
import { readMarks } from './read-marks';
import { readParameters, type ReadParameters } from './read-parameters';
import { readReply } from './read-reply';

/** Reads a controller class and its parents into route definitions. Pure. */
export function readController(type: Class, owner: MethodOwner, problems: Problems): RouteDefinition[] {
  const place = type.name || 'a class without a name';
  const prefix = metadata.controller.read(type)?.path;
  if (prefix === undefined) problems.addFault('CONTROLLER_UNDECORATED', place, UNDECORATED);
  else if (typeof prefix !== 'string') problems.addFault('ROUTE_PATH_INVALID', place, PREFIX_NOT_TEXT);
  const chain = readChain(type);
  const properties = [...new Set(chain.flatMap(({ prototype }) => readMembers(prototype)))];
  const catches = readCatches(type, owner, problems);
  const definitions = properties.flatMap((property) => {
    const routes = findNearestList(chain, metadata.routes, property);
    const name = `${place}.${String(property)}`;
    const fault = findMisplaced(chain, property, owner.instance, routes);
    if (fault !== undefined) {
      problems.addFault('DECORATOR_MISPLACED', name, fault);
      return [];
    }
    const method = { place, name, property, chain, catches, owner, prefix: String(prefix ?? '') };
    return routes.map((route) => defineRoute(route, method, problems));
  });
  const takesForm = definitions.some(({ body }) => body?.form !== undefined);
  if (metadata.multipart.read(type) !== undefined && !takesForm)
    problems.addFault('DECORATOR_MISPLACED', place, IDLE_MULTIPART);
  if (definitions.length === 0 && prefix !== undefined)
    problems.addFault('CONTROLLER_EMPTY', place, WITHOUT_ROUTES);
  return definitions;
}

/** A method of a controller that has a route. */
interface RouteMethodParts {
  /** The controller, for messages. */
  readonly place: string;
  /** `NotesController.show`. */
  readonly name: string;
  readonly property: string | symbol;
  readonly chain: readonly Owner[];
  readonly catches: readonly CatchPlan[];
  readonly owner: MethodOwner;
  readonly prefix: string;
}

function defineRoute(route: RouteRecord, parts: RouteMethodParts, problems: Problems): RouteDefinition {
  const { place, name, property, chain, owner } = parts;
  const { type } = chain.at(-1)!;
  const { values, body } = readMethodParameters(parts, problems);
  const catches = readMethodCatches(parts, problems);
  const version = findNearest(chain, ({ prototype }) => metadata.version.read(prototype, property));
  return {
    method: route.method,
    prefix: parts.prefix,
    path: route.path,
    hosts: notePlace(metadata.controller.read(type)?.host, place),
    versions: notePlace(version, name) ?? notePlace(metadata.controller.read(type)?.version, place),
    name,
    stepName: String(property),
    middleware: readBoth(chain, metadata.middleware, property).map(({ scope, value }) => ({
      scope,
      middleware: value,
      // A mistake on the class is reported there once, and not again for each of its routes.
      place: scope === 'controller' ? place : name,
    })),
    marks: readMarks(chain, property),
    ...bindHandler(owner, property, values),
    body,
    bodyLimit: findNearest(
      chain,
      (one) => metadata.bodyLimit.read(one.prototype, property) ?? metadata.bodyLimit.read(one.type),
    ),
    catches: [...catches, ...parts.catches],
    reply: readReply({ place: name, chain, property, method: route.method }, problems),
    origin: { controller: type, method: String(property) },
    returnType: findNearest(chain, ({ prototype }) => readDesignReturnType(prototype, property)),
  };
}

function readMethodParameters(parts: RouteMethodParts, problems: Problems): ReadParameters {
  const { name, property, chain, owner } = parts;
  const records = findNearestList(chain, metadata.parameters, property);
  const types = findNearest(chain, ({ prototype }) => readDesignTypes(prototype, property));
  const { length: count } = findMethod(owner.instance, property);
  const ownMultipart = findNearest(chain, ({ prototype }) => metadata.multipart.read(prototype, property));
  const multipart = { ...findNearest(chain, (one) => metadata.multipart.read(one.type)), ...ownMultipart };
  const found = readParameters({ place: name, records, types, count, multipart }, problems);
  if (ownMultipart !== undefined && found.body?.form === undefined)
    problems.addFault('DECORATOR_MISPLACED', name, IDLE_MULTIPART);
  return found;
}

function readMethodCatches({ name, property, chain }: RouteMethodParts, problems: Problems): CatchPlan[] {
  const records = [...chain].reverse().flatMap(({ prototype }) => metadata.catches.read(prototype, property));
  return records.flatMap(({ error, handle }) =>
    handle !== undefined && checkFilter(error, name, problems)
      ? [{ scope: 'method' as const, error, handle }]
      : [],
  );
}

/** Finds decorators on a member that is not a method, or on a method that no route calls. */
function findMisplaced(
  chain: readonly Owner[],
  property: string | symbol,
  instance: object,
  routes: readonly RouteRecord[],
): Fault | undefined {
  if (!isMethod(instance, property)) return NOT_A_METHOD;
  const handlesErrors = chain.some(({ prototype }) =>
    metadata.catches.read(prototype, property).some(({ handle }) => handle === undefined),
  );
  return routes.length > 0 || handlesErrors ? undefined : WITHOUT_ROUTE;
}

const UNDECORATED: Fault = {
  fault: 'The class is listed as a controller but has no @Controller of its own.',
  cure: "Write @Controller('/prefix') before it, or remove it from the list.",
};

const PREFIX_NOT_TEXT: Fault = {
  fault: 'The prefix is not a string.',
  cure: "Write it as a string: @Controller('/notes').",
};

const WITHOUT_ROUTES: Fault = {
  fault: 'The controller has no routes.',
  cure: 'Add @Get() or another route decorator to one of its methods, or remove it from the list.',
};

const NOT_A_METHOD: Fault = {
  fault: 'The decorators are on a member that is not a method.',
  cure: 'Put them on a method. If it is a method, one of its decorators lacks its parentheses.',
};

const WITHOUT_ROUTE: Fault = {
  fault: 'The method has decorators but no route, so nothing calls it.',
  cure: 'Add @Get() or another route decorator to it, or remove its decorators.',
};
