import { types } from 'node:util';
import type { Context } from '../http/context';
import { describeRequest } from '../http/describe-request';
import { isPromise, type MaybePromise } from '../http/maybe-promise';
import { LateReply } from '../http/reply/late-reply';
import { Reply } from '../http/reply/replies';
import { formatJson } from '../http/reply/write-json';
import { isStreamSource, stopSource } from '../http/body/stream-body';
import type { Respond } from './compose';
import type { PipelineOptions } from './pipeline-options';
import { applyReply } from './returns/apply-reply';
import { openBody } from './returns/open-body';

/**
 * Makes the Respond of the steps inside a middleware with `leavesInner`. Once that has left them, their values are
 * discarded, streams among them are stopped, and their errors are logged.
 */
export function guardRespond(respond: Respond, options: PipelineOptions): Respond {
  function withValue(context: Context, value: unknown): MaybePromise<void> {
    if (context.isInnerLeft) return discard(value);
    try {
      if (value instanceof Error) return withError(context, value);
      const applying =
        value instanceof LateReply ? make(context, value) : applyReply(context, value, options.writeJson);
      return isPromise(applying) ? applying.catch((error: unknown) => withError(context, error)) : undefined;
    } catch (error) {
      return withError(context, error);
    }
  }

  function make(context: Context, reply: LateReply): MaybePromise<void> {
    const made = reply.make(context, options.writeJson ?? formatJson);
    return isPromise(made) ? made.then((value) => withValue(context, value)) : withValue(context, made);
  }

  function withBody(context: Context): MaybePromise<void> {
    if (context.isInnerLeft) return;
    try {
      return openBody(context)?.catch((error: unknown) => withError(context, error));
    } catch (error) {
      return withError(context, error);
    }
  }

  function withError(context: Context, error: unknown): MaybePromise<void> {
    if (!context.isInnerLeft) return respond.withError(context, error);
    if (!isAbort(context, error))
      options.logger.error(error, `${describeRequest(context)} failed after it was given up`);
  }

  return { withValue, withBody, withError };
}

/** Makes a function of an inner step do nothing once the inner steps were left, so that none begins after that. */
export function skipIfLeft<Rest extends unknown[], Result>(
  run: (context: Context, ...rest: Rest) => Result,
): (context: Context, ...rest: Rest) => Result | undefined {
  return (context, ...rest) => (context.isInnerLeft ? undefined : run(context, ...rest));
}

function discard(value: unknown): void {
  const body = value instanceof Reply ? value.body : value;
  if (isStreamSource(body)) stopSource(body);
}

/** Work that was stopped by the signal has failed as it should. */
function isAbort({ signal }: Context, error: unknown): boolean {
  return error === signal.reason || (types.isNativeError(error) && error.name === 'AbortError');
}
