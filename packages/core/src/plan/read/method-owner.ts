import type { Problems } from '../../configuration/problems';
import type { InstanceSource, MakeForRequest } from '../../container/container';
import { describeFailed } from '../../container/dependency-problems';
import type { Class } from '../../http/class';
import type { Context } from '../../http/context';
import type { ErrorHandler } from '../../http/error-handler';
import { isPromise, type MaybePromise } from '../../http/maybe-promise';
import { findMethod } from '../../metadata/class-chain';
import { CONTEXT_ARGUMENT, type ArgumentPlan } from '../arguments';

/** The object that the methods of a class are called on. */
export interface MethodOwner {
  /** Methods are looked up here, and called on it unless `make` is given. */
  readonly instance: object;
  /** Given for a class that belongs to a request: makes the instance, or finds it. */
  readonly make?: MakeForRequest<object>;
}

/** Finds the owner of a class's methods; its prototype where the class cannot be constructed. */
export function findOwner(type: Class, source: InstanceSource, problems: Problems): MethodOwner {
  try {
    const make = source.findRequestMaker(type) as MakeForRequest<object> | undefined;
    if (make !== undefined) return { instance: type.prototype as object, make };
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
  const { instance, make } = owner;
  if (make === undefined) return { arguments: values, run: findMethod(instance, property).bind(instance) };
  return {
    arguments: [...values, CONTEXT_ARGUMENT],
    run: (...given) => callOn(make(given.pop() as Context), property, given),
  };
}

/** Binds the method as an error handler. */
export function bindCatch(
  { instance, make }: MethodOwner,
  property: string | symbol,
): ErrorHandler['handle'] {
  if (make === undefined) return findMethod(instance, property).bind(instance);
  return (error, context) => callOn(make(context), property, [error, context]);
}

function callOn(
  instance: MaybePromise<object>,
  property: string | symbol,
  values: readonly unknown[],
): unknown {
  if (isPromise(instance)) return instance.then((made) => callOn(made as object, property, values));
  return findMethod(instance, property).apply(instance, [...values]);
}
