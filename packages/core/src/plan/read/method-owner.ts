import type { Context } from '../../http/context';
import { isPromise, type MaybePromise } from '../../http/maybe-promise';
import type { ErrorHandler } from '../../http/error-handler';
import { findMethod } from '../../metadata/class-chain';
import type { MakeForRequest } from '../../container/container';
import { type ArgumentPlan, CONTEXT_ARGUMENT } from '../arguments';

/** What the methods of a class are called on. */
export interface MethodOwner {
  /** Where methods are looked up; what they are called on, unless `make` says otherwise. */
  readonly instance: object;
  /** Of a class that belongs to a request: how its instance is had. */
  readonly make?: MakeForRequest<object>;
}

/** The method as a handler. One that belongs to a request is given the context behind its own arguments. */
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

/** The method as an error handler. */
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
