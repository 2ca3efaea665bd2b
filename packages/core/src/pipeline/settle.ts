import type { Context } from '../http/context';
import type { ErrorHandler } from '../http/error-handler';
import type { Logger } from '../http/logger';
import { isPromise, type MaybePromise } from '../http/maybe-promise';
import type { CatchPlan } from '../plan/plan';
import { applyReply } from './apply-reply';
import type { Settle } from './compose';
import { findCatch } from './find-catch';
import { describeProblem, formatProblem, toHttpError } from './problem-reply';

/** Replaces the shape of error bodies for a whole application; what it returns is the reply. */
export type FormatError = (error: Error, context: Context) => unknown;

/** What settling needs to know of the application. */
export interface SettleOptions {
  readonly development: boolean;
  readonly logger: Logger;
  readonly formatError: FormatError | undefined;
}

/** Makes what turns values and errors into the response, for one route. */
export function makeSettle(catches: readonly CatchPlan[], options: SettleOptions): Settle {
  function answer(context: Context, value: unknown): MaybePromise<void> {
    if (value instanceof Error) return fail(context, value);
    try {
      applyReply(context, value);
    } catch (error) {
      return fail(context, error);
    }
  }

  function fail(context: Context, thrown: unknown): MaybePromise<void> {
    if (thrown === context.error && thrown !== undefined) return;
    const error =
      thrown instanceof Error
        ? thrown
        : new Error(`A value that is no Error was thrown: ${typeof thrown}.`, { cause: thrown });
    context.error = thrown ?? error;
    context.response.reset();
    const handler = findCatch(catches, error);
    if (handler === undefined) return answerDefault(context, error, options);
    context.response.status = toHttpError(error).status;
    return callHandler(handler, error, context, options);
  }

  return { answer, fail };
}

function callHandler(
  handler: ErrorHandler,
  error: Error,
  context: Context,
  options: SettleOptions,
): MaybePromise<void> {
  const settle = (value: unknown): void => {
    if (value instanceof Error) answerDefault(context, value, options);
    else if (value !== undefined) applyReply(context, value);
    else if (context.response.body === undefined) answerDefault(context, error, options);
  };
  const giveUp = (failure: unknown): void =>
    answerDefault(context, failure instanceof Error ? failure : error, options);
  try {
    const value = handler.handle(error, context);
    if (isPromise(value)) return value.then(settle).catch(giveUp);
    settle(value);
  } catch (failure) {
    giveUp(failure);
  }
}

/** The end of every error that no handler took. Never throws. */
function answerDefault(context: Context, error: Error, options: SettleOptions): void {
  const problem = describeProblem(error, options.development);
  if (problem.status >= 500)
    options.logger.error(error, `${context.route.name} (${context.route.path}) failed: ${problem.instance}`);
  context.response.reset();
  try {
    const formatted = options.formatError?.(error, context);
    context.response.status = problem.status;
    applyReply(context, formatted ?? formatProblem(problem, error, context, options.development));
  } catch (failure) {
    options.logger.error(failure, 'formatError, or the headers of an HttpError, could not be used');
    context.response.reset();
    applyReply(
      context,
      formatProblem(describeProblem(failure, options.development), failure, context, options.development),
    );
  }
}
