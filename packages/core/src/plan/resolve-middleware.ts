import type { Problems } from '../configuration/problems';
import type { InstanceSource, UseInRequest } from '../container/container';
import { describeFailed } from '../container/dependency-problems';
import type { Middleware, MiddlewareClass, MiddlewareLike } from '../http/middleware';
import { findMiddlewareFault, isMiddlewareClass } from './find-middleware-fault';

/** Makes a middleware of an object, a function or a class; undefined where the value cannot be one. */
export function resolveMiddleware(
  like: MiddlewareLike,
  place: string,
  source: InstanceSource,
  problems: Problems,
): Middleware | undefined {
  const fault = findMiddlewareFault(like);
  if (fault !== undefined) {
    problems.addFault('MIDDLEWARE_INVALID', place, fault);
    return undefined;
  }
  if (isMiddlewareClass(like)) return resolveClass(like, source, problems);
  if (typeof like === 'function') return { name: like.name || 'anonymous', handle: like };
  return like;
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
    return {
      name,
      ...(instance.options && { options: instance.options }),
      ...(instance.provides && { provides: instance.provides }),
      ...(instance.needs !== undefined && { needs: instance.needs }),
      ...(instance.outside !== undefined && { outside: instance.outside }),
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
