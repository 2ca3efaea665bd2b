import type { Fault } from '../configuration/configuration-error';
import type { Problems } from '../configuration/problems';
import type { InstanceSource, UseInRequest } from '../container/container';
import { describeFailed } from '../container/dependency-problems';
import type { Middleware, MiddlewareClass, MiddlewareLike } from '../http/middleware';

/** Answers whether a value is a class whose instances are middleware. */
export function isMiddlewareClass(value: unknown): value is MiddlewareClass {
  return (
    typeof value === 'function' &&
    typeof (value.prototype as { handle?: unknown } | undefined)?.handle === 'function'
  );
}

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

/** Finds the reason why a value is not a middleware; undefined where it is one. */
export function findMiddlewareFault(like: unknown): Fault | undefined {
  if (isMiddlewareClass(like)) return undefined;
  return typeof like === 'function' ? findFunctionFault(like) : findObjectFault(like);
}

function findFunctionFault(like: { readonly name: string; readonly length: number }): Fault | undefined {
  const name = like.name || 'the function';
  if (/^class\b/.test(Function.prototype.toString.call(like))) {
    return {
      fault: `The class ${name} has no handle method.`,
      cure: 'Add handle(context, next) { … } to it.',
    };
  }
  if (like.length >= 2) return undefined;
  const count = like.length === 1 ? '1 parameter' : 'no parameters';
  const called = like.name || '…';
  return {
    fault: `${name} takes ${count}, but a middleware function takes two: (context, next).`,
    cure: `If it makes a middleware, call it: ${called}({ … }). If it only looks at the context, write guard(${called}).`,
  };
}

function findObjectFault(like: unknown): Fault | undefined {
  const { handle, name, prepare } = (like ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof handle !== 'function') {
    const described = like === null || like === undefined ? String(like) : `A value of type ${typeof like}`;
    return {
      fault: `${described} is not a middleware.`,
      cure: 'Pass an object or a class with handle(context, next), or a function (context, next) => ….',
    };
  }
  if (typeof name !== 'string' || name === '') {
    return {
      fault: 'The middleware object has no name.',
      cure: "Add name: 'what-it-does' to it, for the plan and the logs.",
    };
  }
  if (prepare !== undefined && typeof prepare !== 'function') {
    return {
      fault: `prepare of ${name} is not a function.`,
      cure: 'Write prepare(route) { … }, or leave it out.',
    };
  }
  return undefined;
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
