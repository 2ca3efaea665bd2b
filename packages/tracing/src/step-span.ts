import { HttpError, isPromise, type AroundStep, type InnerStep } from '@sluice/core';
import type { Span, Tracer } from '@opentelemetry/api';
import { failSpan } from './end-span';
import type { Api } from './load-api';
import { SPAN } from './span';

/** Makes what runs around a step: a span, which is active inside of it. Without a span of the request there is none. */
export function makeStepSpan(
  { context: contexts, trace }: Api,
  tracer: Tracer,
  { kind, name }: InnerStep,
): AroundStep {
  // The names of the steps of core say what they are: `body(json)`, `validate(CreateNote)`.
  const spanName = kind === 'middleware' || kind === 'handler' ? `${kind} ${name}` : name;
  const options = { attributes: { 'sluice.step': kind } };
  return (context, run) => {
    const request = context.get(SPAN);
    if (request?.isRecording() !== true) return run();
    const active = contexts.active();
    // A middleware may have lost the async context, and its inner steps belong to the request all the same.
    const parent = trace.getSpan(active) === undefined ? trace.setSpan(active, request) : active;
    const span = tracer.startSpan(spanName, options, parent);
    let value: unknown;
    try {
      value = contexts.with(trace.setSpan(parent, span), run);
    } catch (error) {
      endStep(span, error);
      throw error;
    }
    if (isPromise(value)) return endLater(span, value);
    endStep(span, value);
    return value;
  };
}

/** Waits for the promise, which may be a thenable that begins its work when it is asked: it is asked once. */
async function endLater(span: Span, promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    const value = await promise;
    endStep(span, value);
    return value;
  } catch (error) {
    endStep(span, error);
    throw error;
  }
}

/** An answer to the client is not a failure, even if it was thrown. */
function endStep(span: Span, outcome: unknown): void {
  const isAnswer = outcome instanceof HttpError && outcome.status < 500;
  if (outcome instanceof Error && !isAnswer)
    failSpan(span, outcome, String((outcome as Partial<HttpError>).status));
  span.end();
}
