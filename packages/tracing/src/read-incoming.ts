import type { HttpRequest } from '@sluice/core';
import type { Context as TraceContext, Link, TextMapGetter } from '@opentelemetry/api';
import type { Api } from './load-api';
import type { TracingOptions } from './tracing-options';

/** The place of a request's span in a trace. */
interface Incoming {
  readonly parent: TraceContext;
  readonly links?: Link[];
}

/** Headers that are lists: their lines belong together. */
const LISTS: ReadonlySet<string> = new Set(['tracestate', 'baggage']);

/**
 * Makes the function that reads the trace context of a request, with the propagator that the SDK has registered. It reads
 * only the headers that the propagator asks for, and headers that are not valid count as missing.
 */
export function makeIncomingReader(
  { propagation, trace, diag, isSpanContextValid, ROOT_CONTEXT }: Api,
  incoming: TracingOptions['incoming'],
): (request: HttpRequest) => Incoming {
  const root: Incoming = { parent: ROOT_CONTEXT };
  const getter: TextMapGetter<HttpRequest> = { get: readValue, keys: () => propagation.fields() };

  function extract(request: HttpRequest): TraceContext {
    try {
      return propagation.extract(ROOT_CONTEXT, request, getter);
    } catch (error) {
      // A header must not make a request fail.
      diag.warn('The propagator failed to read the trace context of a request', error);
      return ROOT_CONTEXT;
    }
  }

  function link(request: HttpRequest): Incoming {
    const context = trace.getSpanContext(extract(request));
    return context === undefined || !isSpanContextValid(context)
      ? root
      : { parent: ROOT_CONTEXT, links: [{ context }] };
  }

  if (incoming === 'ignore') return () => root;
  return incoming === 'link' ? link : (request) => ({ parent: extract(request) });
}

/** A value that two lines give, which no joined text must hide, is none. */
function readValue(request: HttpRequest, name: string): string | undefined {
  const value = request.header(name);
  if (value === undefined || !value.includes(',') || LISTS.has(name)) return value;
  return request.headerLines(name).length === 1 ? value : undefined;
}
