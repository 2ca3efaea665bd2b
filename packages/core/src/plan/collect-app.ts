import type { Fault } from '../configuration/configuration-error';
import { explainGiven, nameValue } from '../configuration/given-value';
import type { Problems } from '../configuration/problems';
import type { InstanceSource } from '../container/container';
import type { AppState } from '../http/app-state';
import type { Class } from '../http/class';
import type { ErrorHandler } from '../http/error-handler';
import type { MiddlewareLike } from '../http/middleware';
import { isPlainController, type PlainController } from '../metadata/plain/plain-controller';
import { readSkip } from '../metadata/skip-record';
import type { Versioning } from '../routing/versioning';
import { placeRoutes } from './place-routes';
import type { CatchPlan } from './plan';
import type { ResolvedRoute, RouteMiddleware, ScopedMiddleware } from './plan-input';
import { findOwner } from './read/method-owner';
import { checkFilter, readCatches } from './read/read-catches';
import { readController } from './read/read-controller';
import { nameController, readPlainController } from './read/plain/read-plain-controller';
import { readPlainRoute, type PlainRoute } from './read/plain/read-plain-route';
import { resolveMiddleware } from './resolve-middleware';
import type { RouteDefinition } from './route-definition';

/** The lists of an application, as they were given. */
export interface ListedParts {
  readonly controllers?: readonly (Class | PlainController)[] | undefined;
  readonly routes?: readonly PlainRoute[] | undefined;
  readonly middleware?: readonly MiddlewareLike[] | undefined;
  readonly errorHandlers?: readonly (ErrorHandler | Class)[] | undefined;
  readonly versioning?: Versioning | undefined;
  readonly prefix?: string | undefined;
  readonly state: AppState;
}

/** The same lists, read and resolved. */
export interface CollectedApp {
  readonly routes: readonly ResolvedRoute[];
  readonly middleware: readonly ScopedMiddleware[];
  readonly catches: readonly CatchPlan[];
}

/** Reads everything that an application lists. */
export function collectApp(listed: ListedParts, source: InstanceSource, problems: Problems): CollectedApp {
  const {
    controllers = [],
    routes = [],
    middleware = [],
    errorHandlers = [],
    versioning,
    state,
    prefix = '',
  } = listed;
  const written = [
    ...readControllers(controllers, source, problems),
    ...routes.flatMap((route, index) => readPlainRoute(route, index, problems) ?? []),
  ];
  const resolved = written.map((route) => resolveRoute(route, state, source, problems));
  return {
    routes: placeRoutes(resolved, versioning, prefix, problems),
    middleware: collectMiddleware(middleware, source, problems),
    catches: collectCatches(errorHandlers, source, problems),
  };
}

function readControllers(
  controllers: readonly (Class | PlainController)[],
  source: InstanceSource,
  problems: Problems,
): RouteDefinition[] {
  const seen = new Set<Class | PlainController>();
  const place = 'createApp, controllers';
  return controllers.flatMap((type, index) => {
    if (!isClass(type) && !isPlainController(type)) {
      problems.addFault('CONTROLLER_UNDECORATED', `${place} ${index}`, describeController(type));
      return [];
    }
    if (seen.has(type)) {
      const name = isClass(type) ? type.name : nameController(type);
      problems.add('CONTROLLER_TWICE', place, `${name} is listed twice.`, 'List it once.');
      return [];
    }
    seen.add(type);
    if (!isClass(type)) return readPlainController(type, problems);
    return readController(type, findOwner(type, source, problems), problems);
  });
}

/** A decorator without its parentheses puts an arrow function in the place of the class. */
function isClass(value: unknown): value is Class {
  return typeof value === 'function' && typeof value.prototype === 'object';
}

function resolveRoute(
  route: RouteDefinition,
  state: AppState,
  source: InstanceSource,
  problems: Problems,
): ResolvedRoute {
  const middleware = route.middleware.flatMap<RouteMiddleware>(({ scope, middleware: like, place }) => {
    const skipped = readSkip(like);
    if (skipped !== undefined) return [{ skip: skipped.name, place }];
    const found = resolveMiddleware(like as MiddlewareLike, place, source, problems);
    return found === undefined ? [] : [{ scope, middleware: found }];
  });
  return { ...route, middleware, state };
}

function collectMiddleware(
  listed: readonly MiddlewareLike[],
  source: InstanceSource,
  problems: Problems,
): ScopedMiddleware[] {
  return listed.flatMap((like, index) => {
    const found = resolveMiddleware(like, `createApp, middleware ${index}`, source, problems);
    return found === undefined ? [] : [{ scope: 'application', middleware: found }];
  });
}

/** Reads the application's error handlers: plain records, and classes whose methods have `@Catch`. */
function collectCatches(
  listed: readonly (ErrorHandler | Class)[],
  source: InstanceSource,
  problems: Problems,
): CatchPlan[] {
  return listed.flatMap((handler, index) => {
    const place = `createApp, errorHandlers ${index}`;
    if (isErrorHandler(handler)) {
      const { error } = handler;
      const handle = handler.handle.bind(handler);
      return checkFilter(error, place, problems) ? [{ scope: 'application' as const, error, handle }] : [];
    }
    const before = problems.count;
    const found =
      typeof handler === 'function'
        ? readCatches(handler, findOwner(handler, source, problems), problems)
        : [];
    if (found.length === 0 && problems.count === before)
      problems.addFault('ERROR_HANDLER_INVALID', place, describeErrorHandler(handler));
    return found.map((one) => ({ ...one, scope: 'application' as const }));
  });
}

function isErrorHandler(value: ErrorHandler | Class): value is ErrorHandler {
  return typeof value === 'object' && value !== null && typeof value.handle === 'function';
}

function describeController(value: unknown): Fault {
  const cure =
    "List classes with @Controller(), parentheses included, and what controller('/path', …) returns.";
  return {
    fault: `${nameValue(value)} is listed as a controller, but is not a class.`,
    cure: explainGiven(cure, value),
  };
}

function describeErrorHandler(value: unknown): Fault {
  const cure = 'Write { error: ErrorClass, handle: (error, context) => … }.';
  return {
    fault: 'It is neither { error, handle } nor a class with a method that has @Catch.',
    cure: explainGiven(cure, value),
  };
}
