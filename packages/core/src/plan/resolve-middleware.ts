import type { Fault } from '../configuration/configuration-error';
import type { Problems } from '../configuration/problems';
import { isPromise } from '../http/maybe-promise';
import type { Middleware, MiddlewareClass, MiddlewareLike } from '../http/middleware';
import type { InstanceSource, MakeForRequest } from '../container/container';
import { describeFailed } from '../container/dependency-problems';

/** Answers whether something callable is a class whose instances are middleware. */
export function isMiddlewareClass(value: unknown): value is MiddlewareClass {
  return (
    typeof value === 'function' &&
    typeof (value.prototype as { handle?: unknown } | undefined)?.handle === 'function'
  );
}

/** One middleware out of an object, a function or a class; undefined, and a problem more, where it is none. */
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

/** What keeps something from being a middleware, and what to do about it; undefined where nothing does. */
export function findMiddlewareFault(like: unknown): Fault | undefined {
  if (isMiddlewareClass(like)) return undefined;
  if (typeof like === 'function') {
    const name = like.name || 'the function';
    const called = like.name || '…';
    if (/^class\b/.test(Function.prototype.toString.call(like))) {
      return {
        fault: `The class ${name} has no method handle.`,
        cure: 'Write handle(context, next) { … } in it.',
      };
    }
    if (like.length >= 2) return undefined;
    const fault = `${name} takes ${like.length === 1 ? '1 parameter' : 'no parameter'}, and a middleware function takes two: (context, next).`;
    return {
      fault,
      cure: `If it makes a middleware, call it: ${called}({ … }). If it only looks at the context, write guard(${called}).`,
    };
  }
  const { handle, name, prepare } = (like ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof handle !== 'function') {
    const fault = `${describe(like)} stands where a middleware is expected.`;
    return {
      fault,
      cure: 'Give an object or a class with handle(context, next), or a function (context, next) => ….',
    };
  }
  if (typeof name !== 'string' || name === '') {
    return {
      fault: 'A middleware object has no name.',
      cure: "Add name: 'what-it-does' to it: the plan and the logs use it.",
    };
  }
  if (prepare !== undefined && typeof prepare !== 'function') {
    const fault = `prepare of ${name} is no function.`;
    return { fault, cure: 'Write prepare(route) { … }, or leave it out.' };
  }
  return undefined;
}

function describe(value: unknown): string {
  return value === null || value === undefined ? String(value) : `A value of type ${typeof value}`;
}

function resolveClass(
  type: MiddlewareClass,
  source: InstanceSource,
  problems: Problems,
): Middleware | undefined {
  try {
    const make = source.findRequestMaker(type) as MakeForRequest<Handling> | undefined;
    if (make !== undefined) return handleByRequest(type.name, make);
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

/** Of a class that belongs to a request there is nothing at start-up: its name is the class's, and it is not prepared. */
function handleByRequest(name: string, make: MakeForRequest<Handling>): Middleware {
  return {
    name,
    handle(context, next) {
      const instance = make(context);
      if (!isPromise(instance)) return instance.handle(context, next);
      return instance.then((made) => made.handle(context, next));
    },
  };
}
