import type { Context } from '../../http/context';
import type { ErrorHandler, FormatError } from '../../http/error-handler';
import { HttpError } from '../../http/status/http-error';
import type { Logger } from '../../http/logger';
import { PROBLEM_INSTANCE } from '../../http/engine-keys';
import { isPromise, type MaybePromise } from '../../http/maybe-promise';
import type { Overrides } from '../../plan/override';
import type { CatchPlan, RoutePlan } from '../../plan/plan';
import { applyHeaders, applyReply } from '../returns/apply-reply';
import type { Settle } from '../compose';
import { findCatch } from './find-catch';
import { describeProblem, formatProblem, isOwnFault, toHttpError } from './problem-reply';

/** What settling needs to know of the application. */
export interface SettleOptions {
  readonly development: boolean;
  readonly logger: Logger;
  readonly formatError: FormatError | undefined;
  /** Parameters that are read otherwise than they were written; default none. */
  readonly overrides?: Overrides | undefined;
}

/** The routes of a mounted application may have a shape of errors of their own. */
export function settleLike({ formatError }: RoutePlan, options: SettleOptions): SettleOptions {
  return formatError === undefined ? options : { ...options, formatError };
}

/** Makes what turns values and errors into the response, for one route. */
export function makeSettle(catches: readonly CatchPlan[], options: SettleOptions): Settle {
  function answer(context: Context, value: unknown): MaybePromise<void> {
    if (value instanceof Error) return fail(context, value);
    try {
      const applying = applyReply(context, value);
      return isPromise(applying) ? applying.catch((error: unknown) => fail(context, error)) : undefined;
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
  const settle = (value: unknown): MaybePromise<void> => {
    if (value instanceof Error) return answerDefault(context, value, options);
    if (value !== undefined) return applyReply(context, value);
    if (context.response.body === undefined) return answerDefault(context, error, options);
  };
  const giveUp = (failure: unknown): MaybePromise<void> =>
    answerDefault(context, failure instanceof Error ? failure : error, options);
  try {
    const { status, headers } = toHttpError(error);
    context.response.status = status;
    applyHeaders(context.response, headers);
    const value = handler.handle(error, context);
    if (isPromise(value)) return Promise.resolve(value).then(settle).catch(giveUp);
    const settling = settle(value);
    return isPromise(settling) ? settling.catch(giveUp) : settling;
  } catch (failure) {
    return giveUp(failure);
  }
}

/** The end of every error that no handler took. Never throws and never rejects. */
function answerDefault(context: Context, error: Error, options: SettleOptions): MaybePromise<void> {
  const problem = describeProblem(error, options.development);
  context.set(PROBLEM_INSTANCE, problem.instance);
  if (isOwnFault(problem.status))
    options.logger.error(error, `${context.route.name} (${context.route.path}) failed: ${problem.instance}`);
  const settle = (formatted: unknown): MaybePromise<void> => {
    if (formatted instanceof Error) throw formatted;
    context.response.reset();
    context.response.status = problem.status;
    applyHeaders(context.response, toHttpError(error).headers);
    return applyReply(context, formatted ?? formatProblem(problem, context, options.development));
  };
  const giveUp = (failure: unknown): void => answerBadly(context, failure, options);
  try {
    context.response.reset();
    const formatted = options.formatError?.(error, context);
    if (isPromise(formatted)) return Promise.resolve(formatted).then(settle).catch(giveUp);
    const settling = settle(formatted);
    return isPromise(settling) ? settling.catch(giveUp) : settling;
  } catch (failure) {
    giveUp(failure);
  }
}

/** The last resort: what was to describe an error has failed itself. */
function answerBadly(context: Context, failure: unknown, { development, logger }: SettleOptions): void {
  logger.error(failure, 'formatError, or the headers of an HttpError, could not be used');
  const error = failure instanceof HttpError ? new HttpError(500, { cause: failure }) : failure;
  const problem = describeProblem(error, development);
  context.response.reset();
  void applyReply(context, formatProblem(problem, context, development));
}
