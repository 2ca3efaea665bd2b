import type { Context } from '../http/context';
import { isPromise, type MaybePromise } from '../http/maybe-promise';
import type { CatchPlan } from '../plan/plan';
import type { Respond } from './compose';
import { answerError } from './errors/answer-error';
import { toReadableError } from './errors/readable-error';
import type { PipelineOptions } from './pipeline-options';
import { applyReply } from './returns/apply-reply';
import { openBody } from './returns/open-body';

/** Makes the functions that turn values and errors into the response, for one route. */
export function makeRespond(catches: readonly CatchPlan[], options: PipelineOptions): Respond {
  function withValue(context: Context, value: unknown): MaybePromise<void> {
    try {
      if (value instanceof Error) return withError(context, value);
      const applying = applyReply(context, value, options.writeJson);
      return isPromise(applying) ? applying.catch((error: unknown) => withError(context, error)) : undefined;
    } catch (error) {
      return withError(context, error);
    }
  }

  function withBody(context: Context): MaybePromise<void> {
    try {
      return openBody(context)?.catch((error: unknown) => withError(context, error));
    } catch (error) {
      return withError(context, error);
    }
  }

  function withError(context: Context, thrown: unknown): MaybePromise<void> {
    // A middleware may rethrow `context.error`, which is the response already.
    if (thrown === context.error && thrown !== undefined) return;
    const error = toReadableError(thrown);
    // A middleware sees the thrown value itself, unless looking at it would throw again.
    context.error = thrown === error || error.cause === thrown ? (thrown ?? error) : error;
    return answerError(context, error, catches, options);
  }

  return { withValue, withBody, withError };
}
