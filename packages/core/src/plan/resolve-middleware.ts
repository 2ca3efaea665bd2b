import { ConfigurationError } from '../configuration/configuration-error';
import { Problems } from '../configuration/problems';
import type { InstanceSource, UseInRequest } from '../container/container';
import { describeFailed } from '../container/dependency-problems';
import type { Middleware, MiddlewareClass, MiddlewareFactory, MiddlewareLike } from '../http/middleware';
import { findMiddlewareFault, findOrderFault, isMiddlewareClass } from './find-middleware-fault';
import { pickFields } from './middleware-fields';
import { readDescription } from './read/read-description';

/** Makes a middleware of an object, a function or a class; undefined where the value cannot be one. */
export function resolveMiddleware(
  like: MiddlewareLike,
  place: string,
  source: InstanceSource,
  problems: Problems,
): Middleware | undefined {
  if (isFactory(like)) return resolveFactory(like, place, source, problems);
  const fault = findMiddlewareFault(like);
  if (fault !== undefined) {
    problems.addFault('MIDDLEWARE_INVALID', place, fault);
    return undefined;
  }
  if (isMiddlewareClass(like)) return resolveClass(like, source, problems);
  if (typeof like === 'function') return { name: like.name || 'anonymous', handle: like };
  return like;
}

/** Makes the middleware of its dependencies. Its name is known at start-up only if it lives as long as the application. */
function resolveFactory(
  factory: MiddlewareFactory,
  place: string,
  source: InstanceSource,
  problems: Problems,
): Middleware | undefined {
  if (!Array.isArray(factory.inject)) {
    const cure = 'Write withDependencies([Token], (instance) => middleware).';
    problems.add('MIDDLEWARE_INVALID', place, 'inject is not a list of tokens.', cure);
    return undefined;
  }
  try {
    const token = source.nameFactory(factory, place);
    const use = source.findRequestUse(token) as UseInRequest<MiddlewareLike> | undefined;
    if (use === undefined)
      return resolveMiddleware(source.resolve(token) as MiddlewareLike, place, source, problems);
    const resolve = (made: MiddlewareLike): Middleware => resolveInRequest(made, place, source);
    const name = factory.useFactory.name || 'withDependencies';
    return { name, handle: (context, next) => use(context, (made) => resolve(made).handle(context, next)) };
  } catch (error) {
    problems.include(...describeFailed(place, error));
    return undefined;
  }
}

function resolveInRequest(made: MiddlewareLike, place: string, source: InstanceSource): Middleware {
  const problems = new Problems();
  const resolved = resolveMiddleware(made, place, source, problems);
  if (resolved === undefined) throw new ConfigurationError(problems.list());
  return resolved;
}

/** Answers whether a value is a factory with dependencies. */
function isFactory(like: unknown): like is MiddlewareFactory {
  return (
    typeof like === 'object' &&
    like !== null &&
    typeof (like as { useFactory?: unknown }).useFactory === 'function'
  );
}

function resolveClass(
  type: MiddlewareClass,
  source: InstanceSource,
  problems: Problems,
): Middleware | undefined {
  try {
    const use = source.findRequestUse(type) as UseInRequest<Handling> | undefined;
    if (use !== undefined) return handleByRequest(type.name, use);
    const instance = source.resolve(type);
    const name = instance.name ?? type.name;
    const fault = findOrderFault(name, instance);
    if (fault !== undefined) problems.addFault('MIDDLEWARE_INVALID', type.name, fault);
    return {
      name,
      ...pickFields(instance),
      ...(instance.describes && { describes: (route) => readDescription(instance, route) }),
      ...(instance.aroundSteps && { aroundSteps: (step) => instance.aroundSteps!(step) }),
      ...(instance.prepare && { prepare: (route) => instance.prepare!(route) }),
      handle: (context, next) => instance.handle(context, next),
    };
  } catch (error) {
    problems.include(...describeFailed(type.name, error));
    return undefined;
  }
}

type Handling = Pick<Middleware, 'handle'>;

/** A class that belongs to a request has no instance at start-up, so it is named after the class and not prepared. */
function handleByRequest(name: string, use: UseInRequest<Handling>): Middleware {
  return { name, handle: (context, next) => use(context, (instance) => instance.handle(context, next)) };
}
