import type { Context } from '../../http/context';
import { describeRequest, findRequestId } from '../../http/describe-request';
import type { ErrorHandler } from '../../http/error-handler';
import { HttpError } from '../../http/status/http-error';
import { PROBLEM_INSTANCE } from '../../http/engine-keys';
import { isPromise, type MaybePromise } from '../../http/maybe-promise';
import type { CatchPlan } from '../../plan/plan';
import type { PipelineOptions } from '../pipeline-options';
import { applyHeaders, applyReply } from '../returns/apply-reply';
import { findCatch } from './find-catch';
import { describeProblem, isOwnFault, toHttpError } from './problem-details';
import { formatProblem } from './problem-reply';

/**
 * Turns an error into the response: with the error handler that fits best, else by default. Headers that do not describe
 * a body stay. Never throws and never rejects.
 */
export function answerError(
  context: Context,
  error: Error,
  catches: readonly CatchPlan[],
  options: PipelineOptions,
): MaybePromise<void> {
  context.response.reset();
  const handler = findCatch(catches, error);
  if (handler === undefined) return answerByDefault(context, error, options);
  return answerByHandler(context, error, handler, options);
}

function answerByHandler(
  context: Context,
  error: Error,
  handler: ErrorHandler,
  options: PipelineOptions,
): MaybePromise<void> {
  const { response } = context;
  const isStale = watchLeaving(context);
  const giveUp = (left: Error): MaybePromise<void> => {
    if (isStale()) return;
    response.reset();
    return answerByDefault(context, left, options);
  };
  const apply = (value: unknown): MaybePromise<void> => {
    if (isStale()) return;
    if (value instanceof Error) return giveUp(value);
    if (value !== undefined) return applyReply(context, value, options.writeJson);
    if (response.body === undefined) return giveUp(error);
  };
  const onFailure = (failure: unknown): MaybePromise<void> =>
    giveUp(failure instanceof Error ? failure : error);
  try {
    const { status, headers } = toHttpError(error);
    response.status = status;
    applyHeaders(response, headers);
    const value = handler.handle(error, context);
    if (isPromise(value)) return Promise.resolve(value).then(apply).catch(onFailure);
    const applying = apply(value);
    return isPromise(applying) ? applying.catch(onFailure) : applying;
  } catch (failure) {
    return onFailure(failure);
  }
}

/** Answers an error that no handler took. The response has been reset. */
function answerByDefault(context: Context, error: Error, options: PipelineOptions): MaybePromise<void> {
  const { response } = context;
  const { development, formatError, writeJson } = options;
  const problem = describeProblem(error, development);
  context.set(PROBLEM_INSTANCE, problem.instance);
  if (isOwnFault(problem.status)) logFailure(context, error, problem.instance, options);
  const isStale = watchLeaving(context);
  const apply = (formatted: unknown): MaybePromise<void> => {
    if (isStale()) return;
    if (formatted instanceof Error) throw formatted;
    // Only the value that formatError returns counts, so its changes to the response are taken back.
    if (formatError !== undefined) response.reset();
    response.status = problem.status;
    applyHeaders(response, toHttpError(error).headers);
    return applyReply(
      context,
      formatted ?? formatProblem(problem, context, development, writeJson),
      writeJson,
    );
  };
  const onFailure = (failure: unknown): void => {
    if (!isStale()) answerAfterFailure(context, failure, options);
  };
  try {
    const formatted = formatError?.(error, context);
    if (isPromise(formatted)) return Promise.resolve(formatted).then(apply).catch(onFailure);
    const applying = apply(formatted);
    return isPromise(applying) ? applying.catch(onFailure) : applying;
  } catch (failure) {
    onFailure(failure);
  }
}

function logFailure(
  context: Context,
  error: Error,
  instance: string,
  { logger }: Pick<PipelineOptions, 'logger'>,
): void {
  const { name, path } = context.route;
  const what = `${name} (${path}) failed: ${nameOccurrence(context, instance)}`;
  if (error instanceof HttpError && error.isReported) logger.warn(`${what}: ${error.message}`);
  else logger.error(error, what);
}

/** Answers later whether the step that is answered now was left meanwhile: then another answer has taken its place. */
function watchLeaving(context: Context): () => boolean {
  const wasLeft = context.isInnerLeft;
  return () => context.isInnerLeft !== wasLeft;
}

/** The instance of the problem, with the id of the request if it has one. */
function nameOccurrence(context: Context, instance: string): string {
  const id = findRequestId(context);
  return id === undefined ? instance : `${instance}, request ${id}`;
}

/** The last resort, which calls no code of the application: the description of an error has failed itself. */
function answerAfterFailure(
  context: Context,
  failure: unknown,
  { development, logger }: PipelineOptions,
): void {
  logger.error(failure, `formatError or the headers of an HttpError failed for ${describeRequest(context)}`);
  const error = failure instanceof HttpError ? new HttpError(500, { cause: failure }) : failure;
  const problem = describeProblem(error, development);
  context.response.reset();
  void applyReply(context, formatProblem(problem, context, development));
}
