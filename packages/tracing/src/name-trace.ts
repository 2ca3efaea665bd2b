import type { HttpResponse } from '@sluice/core';
import type { SpanContext } from '@opentelemetry/api';
import type { TracingOptions } from './tracing-options';

/** Names the trace in a header of the response. */
export type NameTrace = (headers: HttpResponse['headers'], span: SpanContext) => void;

/** Makes the function that names the trace; undefined where no header does. */
export function makeTraceNamer(header: TracingOptions['responseHeader']): NameTrace | undefined {
  switch (header) {
    case undefined:
      return undefined;
    case 'traceresponse':
      return (headers, span) => void headers.set('traceresponse', formatTrace(span));
    case 'server-timing':
      return (headers, span) =>
        void headers.append('Server-Timing', `traceparent;desc="${formatTrace(span)}"`);
  }
}

/** The format of `traceparent` (W3C Trace Context §3.2). */
function formatTrace({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}
