import type { Problems } from '../../configuration/problems';
import type { InstanceSource, UseInRequest } from '../../container/container';
import { describeFailed } from '../../container/dependency-problems';
import type { Class } from '../../http/class';
import type { Context } from '../../http/context';
import type { ErrorHandler } from '../../http/error-handler';
import { findMethod } from '../../metadata/class-chain';
import { CONTEXT_ARGUMENT, type ArgumentPlan } from '../arguments';

/** The object that the methods of a class are called on. */
export interface MethodOwner {
  /** Methods are looked up here, and called on it unless `use` is given. */
  readonly instance: object;
  /** Given for a class that belongs to a request. */
  readonly use?: UseInRequest<object>;
}

/** Finds the owner of a class's methods; its prototype where the class cannot be constructed. */
export function findOwner(type: Class, source: InstanceSource, problems: Problems): MethodOwner {
  try {
    const use = source.findRequestUse(type) as UseInRequest<object> | undefined;
    if (use !== undefined) return { instance: type.prototype as object, use };
    return { instance: source.resolve(type) as object };
  } catch (error) {
    problems.include(...describeFailed(type.name, error));
    return { instance: type.prototype as object };
  }
}

/** Binds the method as a handler. Where its instance belongs to a request, the context is added as the last argument. */
export function bindHandler(
  owner: MethodOwner,
  property: string | symbol,
  values: readonly ArgumentPlan[],
): { arguments: readonly ArgumentPlan[]; run: (...values: unknown[]) => unknown } {
  const { instance, use } = owner;
  if (use === undefined) return { arguments: values, run: findMethod(instance, property).bind(instance) };
  return {
    arguments: [...values, CONTEXT_ARGUMENT],
    run: (...given) => use(given.pop() as Context, (made) => callOn(made, property, given)),
  };
}

/** Binds the method as an error handler. */
export function bindCatch({ instance, use }: MethodOwner, property: string | symbol): ErrorHandler['handle'] {
  if (use === undefined) return findMethod(instance, property).bind(instance);
  return (error, context) => use(context, (made) => callOn(made, property, [error, context]));
}

function callOn(instance: object, property: string | symbol, values: readonly unknown[]): unknown {
  return findMethod(instance, property).apply(instance, [...values]);
}
