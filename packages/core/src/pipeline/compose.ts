import type { Run } from '../http/compiled-route';
import type { Context } from '../http/context';
import { isNothing } from '../http/is-nothing';
import { isPromise, type MaybePromise } from '../http/maybe-promise';
import type { Next } from '../http/middleware';

/** One step of the onion. It answers by returning a value, and runs the inner steps by calling `next`. */
export type StepFunction = (context: Context, next: Next) => unknown;

/** Turns the outcome of a step into the response. No method throws or rejects. */
export interface Respond {
  withValue(context: Context, value: unknown): MaybePromise<void>;
  /** For a step that may have set the body itself. */
  withBody(context: Context): MaybePromise<void>;
  withError(context: Context, error: unknown): MaybePromise<void>;
}

/**
 * Folds steps, first = outermost, into one function, once. An error becomes the response at the layer of the step
 * that threw it, so all outer steps always run their way back. If every step returns synchronously, no promise is made.
 */
export function compose(steps: readonly StepFunction[], respond: Respond, innermost: Run): Run {
  return steps.reduceRight<Run>((inner, step) => wrap(step, inner, respond), innermost);
}

function wrap(step: StepFunction, inner: Run, respond: Respond): Run {
  return (context) => {
    let value: unknown;
    let isCalled = false;
    // A second call does nothing: the handler must not run twice.
    const next: Next = () => {
      if (isCalled) return undefined;
      isCalled = true;
      return inner(context);
    };
    try {
      value = step(context, next);
      if (isPromise(value)) return respondLater(context, value, respond);
    } catch (error) {
      return respond.withError(context, error);
    }
    return isNothing(context, value) ? undefined : respond.withValue(context, value);
  };
}

/** Waits for the promise of a step and responds with its outcome. Never rejects, whatever kind of thenable it is. */
export async function respondLater(
  context: Context,
  promise: PromiseLike<unknown>,
  respond: Respond,
  answerNothing?: (context: Context) => MaybePromise<void>,
): Promise<void> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return respond.withError(context, error);
  }
  return isNothing(context, value) ? answerNothing?.(context) : respond.withValue(context, value);
}
