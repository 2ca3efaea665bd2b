import type { Context } from '../../http/context';
import { isPromise } from '../../http/maybe-promise';
import { Reply } from '../../http/reply/replies';
import { sse } from '../../http/reply/sse';
import { isStreamSource } from '../../http/body/stream-body';
import { makeKeepToType } from './keep-to-type';
import type { ReplyStep } from '../../plan/steps';

type Call = (context: Context) => unknown;

/** Wraps the call of a handler in what its decorators say about the reply; without any, returns the call itself. */
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

function changeResult(call: Call, change: (value: unknown) => unknown): Call {
  return (context) => {
    const value = call(context);
    return isPromise(value) ? value.then(change) : change(value);
  };
}

function makeEvents(value: unknown, options: Parameters<typeof sse>[1]): unknown {
  if (isStreamSource(value)) return sse(value, options);
  if (value === undefined || value instanceof Reply || value instanceof Error) return value;
  throw new TypeError(
    `The handler of an event stream returned a value of type ${typeof value}. Return an AsyncIterable.`,
  );
}
