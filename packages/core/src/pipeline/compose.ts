import type { Context } from '../http/context';
import { isNothing } from '../http/is-nothing';
import { isPromise, type MaybePromise } from '../http/maybe-promise';
import type { Next } from '../http/middleware';

/** A whole pipeline, or all of it from one step inwards. Never throws and never rejects. */
export type Run = (context: Context) => MaybePromise<void>;

/** One step of the onion: it answers by returning, goes on by calling `next`. */
export type StepFunction = (context: Context, next: Next) => unknown;

/** What becomes of what a step returns or throws. Neither may throw. */
export interface Settle {
  /** Makes a value the response. */
  answer(context: Context, value: unknown): MaybePromise<void>;
  /** Makes an error the response. */
  fail(context: Context, error: unknown): MaybePromise<void>;
}

/**
 * Folds steps, first = outermost, into one function, once. What a step throws becomes the response at its own
 * layer, so the way back through all outer layers is always walked. A pipeline in which every step returns
 * synchronously makes no promise.
 */
export function compose(steps: readonly StepFunction[], settle: Settle, innermost: Run): Run {
  return steps.reduceRight<Run>((inner, step) => wrap(step, inner, settle), innermost);
}

function wrap(step: StepFunction, inner: Run, settle: Settle): Run {
  return (context) => {
    let value: unknown;
    let isCalled = false;
    // A second call does nothing: what a handler does would be done twice.
    const next: Next = () => {
      if (isCalled) return undefined;
      isCalled = true;
      return inner(context);
    };
    try {
      value = step(context, next);
    } catch (error) {
      return settle.fail(context, error);
    }
    if (value === undefined) return undefined;
    if (isPromise(value)) return settlePromise(context, value, settle);
    return isNothing(context, value) ? undefined : settle.answer(context, value);
  };
}

/** The asynchronous half: waits for a step and settles what comes of it. Never rejects, whatever kind of thenable it is. */
export async function settlePromise(
  context: Context,
  value: PromiseLike<unknown>,
  settle: Settle,
  answerNothing?: (context: Context) => void,
): Promise<void> {
  let settled: unknown;
  try {
    settled = await value;
  } catch (error) {
    return settle.fail(context, error);
  }
  return isNothing(context, settled) ? answerNothing?.(context) : settle.answer(context, settled);
}
