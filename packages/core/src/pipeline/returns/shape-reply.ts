import type { Context } from '../../http/context';
import { isPromise } from '../../http/maybe-promise';
import { Reply } from '../../http/reply/replies';
import { sse } from '../../http/reply/sse';
import { isStreamSource } from '../../http/body/stream-body';
import { makeKeepToType } from './keep-to-type';
import type { ReplyStep } from '../../plan/steps';

type Call = (context: Context) => unknown;

/** The call of a handler with what its decorators say of its reply; the call itself where they say nothing. */
export function shapeReply(call: Call, steps: readonly ReplyStep[], development: boolean): Call {
  return steps.reduceRight<Call>((inner, step) => shape(inner, step, development), call);
}

function shape(call: Call, step: ReplyStep, development: boolean): Call {
  switch (step.kind) {
    case 'status':
      return (context) => {
        context.response.status = step.status;
        return call(context);
      };
    case 'header':
      return (context) => {
        context.response.headers.setLine(step.line);
        return call(context);
      };
    case 'returns':
      return changeResult(call, makeKeepToType(step, development));
    case 'events':
      return changeResult(call, (value) => makeEvents(value, step.options));
  }
}

/** What the handler returns, or promises, changed. */
function changeResult(call: Call, change: (value: unknown) => unknown): Call {
  return (context) => {
    const value = call(context);
    return isPromise(value) ? value.then(change) : change(value);
  };
}

function makeEvents(value: unknown, options: Parameters<typeof sse>[1]): unknown {
  if (isStreamSource(value)) return sse(value, options);
  if (value === undefined || value instanceof Reply || value instanceof Error) return value;
  throw new TypeError(`The handler of an event stream returned ${typeof value}: return an AsyncIterable.`);
}
