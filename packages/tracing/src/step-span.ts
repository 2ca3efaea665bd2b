import { HttpError, isPromise, type AroundStep, type InnerStep } from '@sluice/core';
import type { Span, Tracer } from '@opentelemetry/api';
import { failSpan } from './describe-end';
import { endSpan, startSpan } from './guard-sdk';
import type { Api } from './load-api';
import { SPAN } from './span';

/** Ends the span of a step with what it returned or threw. */
type End = (span: Span, outcome: unknown, isThrown?: boolean) => void;

/** Makes what runs around a step: a span, which is active inside of it. Without a span of the request there is none. */
export function makeStepSpan(api: Api, tracer: Tracer, { kind, name }: InnerStep): AroundStep {
  const { context: contexts, trace, diag } = api;
  // The names of the steps of core say what they are: `body(json)`, `validate(CreateNote)`.
  const spanName = kind === 'middleware' || kind === 'handler' ? `${kind} ${name}` : name;
  const options = { attributes: { 'sluice.step': kind } };
  const end: End = (span, ...outcome) => endSpan(diag, span, () => describeOutcome(span, ...outcome));
  return (context, run) => {
    const request = context.get(SPAN);
    if (request?.isRecording() !== true) return run();
    const active = contexts.active();
    // A middleware may have lost the async context, and its inner steps belong to the request all the same.
    const parent = trace.getSpan(active) === undefined ? trace.setSpan(active, request) : active;
    const span = startSpan(diag, tracer, spanName, options, parent);
    if (span === undefined) return run();
    let value: unknown;
    try {
      value = contexts.with(trace.setSpan(parent, span), run);
    } catch (error) {
      end(span, error, true);
      throw error;
    }
    if (isPromise(value)) return endLater(span, value, end);
    end(span, value);
    return value;
  };
}

/** Waits for the promise, which may be a thenable that begins its work when it is asked: it is asked once. */
async function endLater(span: Span, promise: PromiseLike<unknown>, end: End): Promise<unknown> {
  try {
    const value = await promise;
    end(span, value);
    return value;
  } catch (error) {
    end(span, error, true);
    throw error;
  }
}

/** Whatever is thrown is a failure, and so is an error that is returned; but not an answer to the client, even if it was thrown. */
function describeOutcome(span: Span, outcome: unknown, isThrown = false): void {
  const status = outcome instanceof HttpError ? outcome.status : 500;
  if ((isThrown || outcome instanceof Error) && status >= 500) failSpan(span, outcome, String(status));
}
