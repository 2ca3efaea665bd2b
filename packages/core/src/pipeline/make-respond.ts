import type { Context } from '../http/context';
import { isPromise, type MaybePromise } from '../http/maybe-promise';
import type { CatchPlan } from '../plan/plan';
import type { Respond } from './compose';
import { answerError } from './errors/answer-error';
import type { PipelineOptions } from './pipeline-options';
import { applyReply } from './returns/apply-reply';

/** Makes the two functions that turn values and errors into the response, for one route. */
export function makeRespond(catches: readonly CatchPlan[], options: PipelineOptions): Respond {
  function withValue(context: Context, value: unknown): MaybePromise<void> {
    if (value instanceof Error) return withError(context, value);
    try {
      const applying = applyReply(context, value);
      return isPromise(applying) ? applying.catch((error: unknown) => withError(context, error)) : undefined;
    } catch (error) {
      return withError(context, error);
    }
  }

  function withError(context: Context, thrown: unknown): MaybePromise<void> {
    // A middleware may rethrow `context.error`, which is the response already.
    if (thrown === context.error && thrown !== undefined) return;
    const error =
      thrown instanceof Error
        ? thrown
        : new Error(`A value of type ${typeof thrown} was thrown instead of an Error.`, { cause: thrown });
    context.error = thrown ?? error;
    return answerError(context, error, catches, options);
  }

  return { withValue, withError };
}
