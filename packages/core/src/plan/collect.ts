import type { ConfigurationProblem } from '../configuration/configuration-error';
import type { Problems } from '../configuration/problems';
import type { ErrorHandler } from '../http/error-handler';
import type { Middleware, MiddlewareLike } from '../http/middleware';
import type { Class } from '../http/class';
import type { Versioning } from '../routing/versioning';
import type { InstanceSource, MakeForRequest } from '../container/container';
import { describeFailed } from '../container/dependency-problems';
import type { CatchPlan } from './plan';
import type { MethodOwner } from './read/method-owner';
import { placeRoutes } from './place-routes';
import { checkFilter, readCatches } from './read/read-catches';
import { readController } from './read/read-controller';
import { readPlainMarks } from './read/read-marks';
import { resolveMiddleware } from './resolve-middleware';
import { definePlainRoute, type PlainRoute, type RouteDefinition } from './route-definition';
import type { ResolvedRoute } from './plan-input';

/** What an application lists, before anything is resolved. */
export interface Listed {
  readonly controllers: readonly Class[];
  readonly routes: readonly PlainRoute[];
  readonly errorHandlers: readonly (ErrorHandler | Class)[];
  readonly versioning?: Versioning | undefined;
}

/** Reads everything listed into routes with their middleware resolved. */
export function collectRoutes(listed: Listed, source: InstanceSource, problems: Problems): ResolvedRoute[] {
  const seen = new Set<Class>();
  const written = listed.controllers.flatMap((type) => {
    if (!isClass(type)) problems.include(noClass());
    else if (seen.has(type)) problems.include(listedTwice(type));
    else return readController(seen.add(type) && type, findOwner(type, source, problems), problems);
    return [];
  });
  const plain = listed.routes.flatMap((route) => readPlainRoute(route, problems));
  const resolved = [...written, ...plain].map((route) => {
    const middleware = route.middleware.flatMap(({ scope, middleware: like }) => {
      const place = scope === 'controller' ? nameClass(route) : route.name;
      const found = resolveMiddleware(like, place, source, problems);
      return found === undefined ? [] : [{ scope, middleware: found }];
    });
    return { ...route, middleware };
  });
  return placeRoutes(resolved, listed.versioning, problems);
}

/** A decorator without its parentheses leaves an arrow function in the place of the class. */
function isClass(value: unknown): value is Class {
  return typeof value === 'function' && typeof value.prototype === 'object';
}

/** What stands on the class is wrong there once, and not once for each of its routes. */
function nameClass({ name }: RouteDefinition): string {
  return name.slice(0, name.indexOf('.'));
}

/** Resolves the application's own middleware. */
export function collectMiddleware(
  listed: readonly MiddlewareLike[],
  source: InstanceSource,
  problems: Problems,
): Middleware[] {
  return listed.flatMap(
    (like, index) => resolveMiddleware(like, `createApp, middleware ${index}`, source, problems) ?? [],
  );
}

/** The application's error handlers: plain records, and classes whose methods have `@Catch`. */
export function collectCatches(
  { errorHandlers }: Listed,
  source: InstanceSource,
  problems: Problems,
): CatchPlan[] {
  return errorHandlers.flatMap((listed, index) => {
    const isRecord = typeof listed === 'object' && listed !== null && typeof listed.handle === 'function';
    if (isRecord)
      return checkFilter(listed.error, `createApp, errorHandlers ${index}`, problems)
        ? [{ scope: 'application' as const, error: listed.error, handle: listed.handle.bind(listed) }]
        : [];
    const before = problems.count;
    const found =
      typeof listed === 'function' ? readCatches(listed, findOwner(listed, source, problems), problems) : [];
    if (found.length === 0 && problems.count === before) problems.include(noErrorHandler(index));
    return found.map((one) => ({ ...one, scope: 'application' as const }));
  });
}

/** An instance, or how one is had for each request; the prototype alone, and problems more, where there can be none. */
function findOwner(type: Class, source: InstanceSource, problems: Problems): MethodOwner {
  try {
    const make = source.findRequestMaker(type) as MakeForRequest<object> | undefined;
    if (make !== undefined) return { instance: type.prototype as object, make };
    return { instance: source.resolve(type) as object };
  } catch (error) {
    problems.include(...describeFailed(type.name, error));
    return { instance: type.prototype as object };
  }
}

const ROUTE_KEYS: readonly string[] = [
  'method',
  'path',
  'handler',
  'middleware',
  'marks',
  'host',
  'version',
  'name',
  'bodyLimit',
];

function readPlainRoute(route: PlainRoute, problems: Problems): RouteDefinition[] {
  const { method, path, handler, middleware = [] } = (route ?? {}) as Partial<PlainRoute>;
  const place = `${String(method)} ${String(path)}`;
  const unknown = Object.keys(route ?? {}).find((key) => !ROUTE_KEYS.includes(key));
  if (unknown !== undefined) {
    const fault = `A route has no ${JSON.stringify(unknown)}.`;
    problems.add('OPTION_UNKNOWN', place, fault, `It knows ${ROUTE_KEYS.join(', ')}.`);
  }
  if (!Array.isArray(middleware)) {
    const fault = 'middleware of a route must be a list.';
    problems.add('MIDDLEWARE_INVALID', place, fault, 'Write middleware: [ … ].');
    return [];
  }
  if (typeof handler === 'function') return [definePlainRoute(route, readPlainMarks(route, place, problems))];
  const cure = 'Add handler: (context) => … to the route.';
  problems.add('ROUTE_HANDLER_MISSING', place, 'The route has no handler function.', cure);
  return [];
}

function listedTwice(type: Class): ConfigurationProblem {
  const fault = `${type.name} is listed twice.`;
  return { code: 'CONTROLLER_TWICE', place: 'createApp, controllers', fault, cure: 'List it once.' };
}

function noClass(): ConfigurationProblem {
  const fault = 'Something that is no class is listed as a controller.';
  return {
    code: 'CONTROLLER_UNDECORATED',
    place: 'createApp, controllers',
    fault,
    cure: 'List classes with @Controller(), parentheses included.',
  };
}

function noErrorHandler(index: number): ConfigurationProblem {
  const fault = 'It is neither { error, handle } nor a class with a method that has @Catch.';
  const cure = 'Write { error: ErrorClass, handle: (error, context) => … }.';
  return { code: 'ERROR_HANDLER_INVALID', place: `createApp, errorHandlers ${index}`, fault, cure };
}
