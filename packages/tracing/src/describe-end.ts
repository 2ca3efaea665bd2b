import { HttpError, type Context, type ResponseEnd } from '@sluice/core';
import type { Span } from '@opentelemetry/api';

/** `SpanStatusCode.ERROR`: the value, because the API is loaded only where it is installed. */
const ERROR = 2;

/** Writes into the span of a request what became of it. Not an error: a client that left, and a status below 500. */
export function describeEnd(span: Span, { response, error }: Context, end: ResponseEnd): void {
  if (!span.isRecording()) return;
  const { status } = response;
  if (status !== 0 && (end !== 'aborted' || isStreamed(response.body)))
    span.setAttribute('http.response.status_code', status);
  if (end !== 'sent') span.setAttribute('sluice.response.end', end);
  if (end === 'aborted') span.setAttribute('error.type', end);
  if (end === 'broken' || (end === 'sent' && status >= 500)) failSpan(span, error, String(status));
}

/** The head of a stream was sent, whenever the client left. */
function isStreamed(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !(body instanceof Uint8Array);
}

/** Makes a span a failed one. `type` is that of an error which has none of its own. */
export function failSpan(span: Span, error: unknown, type: string): void {
  const isThrown = error instanceof Error && !(error instanceof HttpError);
  span.setAttribute('error.type', isThrown ? nameError(error) : type);
  span.setStatus(isThrown ? { code: ERROR, message: error.message } : { code: ERROR });
  if (error instanceof Error) span.recordException(error);
  else if (error !== undefined)
    span.recordException(typeof error === 'string' ? error : `A thrown ${typeof error}`);
}

/** The class says more than the name that it has inherited. */
function nameError({ name, constructor }: Error): string {
  return name === 'Error' ? constructor.name || name : name;
}
