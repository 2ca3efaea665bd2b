import { ConfigurationError, type Middleware, type RouteInfo } from '@sluice/core';
import { checkOptions, describeFunction } from '@sluice/core/kit';
import type { Tracer } from '@opentelemetry/api';
import { describeEnd } from './describe-end';
import { makeDescriber } from './describe-request';
import { endSpan, startSpan } from './guard-sdk';
import { findTracer, isRegistered, loadApi, type Api } from './load-api';
import { makeTraceNamer } from './name-trace';
import { makeIncomingReader } from './read-incoming';
import { SPAN } from './span';
import { makeStepSpan } from './step-span';
import { RULES, type TracingOptions } from './tracing-options';

/**
 * Gives every request a span of OpenTelemetry, from this middleware to the last byte of the response, also if it fails or
 * its client leaves. The SDK must be registered before the application is created: where none is, no route runs this.
 *
 * @throws ConfigurationError when an option is unknown or invalid; at start-up when an SDK is required and none is registered
 * @example createApp({ controllers, middleware: [tracing({ incoming: 'link' })] })
 */
export function tracing(options: TracingOptions = {}): Middleware {
  checkOptions('tracing', options, RULES);
  const { responseHeader, skip, required = false } = options;
  const untraced: Omit<Middleware, 'prepare'> = {
    name: 'tracing',
    layer: 'observe',
    replaces: true,
    options: Object.freeze({
      incoming: options.incoming ?? 'continue',
      steps: options.steps ?? false,
      address: options.address ?? false,
      userAgent: options.userAgent ?? true,
      query: options.query ?? false,
      responseHeader,
      skip: skip && describeFunction(skip),
      required,
    }),
    ...(responseHeader !== undefined && {
      describes: { headers: { [responseHeader]: { description: 'The trace of the request.' } } },
    }),
    handle: (_context, next) => next(),
  };
  return {
    ...untraced,
    prepare(route) {
      const api = required || isRegistered() ? loadApi() : undefined;
      const tracer = api && findTracer(api);
      if (api && tracer) return { ...untraced, ...trace(api, tracer, route, options) };
      if (required) throw describeMissing(api);
      return null;
    },
  };
}

/** Makes the parts of the middleware that trace, for one route. */
function trace(
  api: Api,
  tracer: Tracer,
  route: RouteInfo,
  options: TracingOptions,
): Pick<Middleware, 'aroundSteps' | 'handle'> {
  const { context: contexts, diag, SpanKind } = api;
  const { skip } = options;
  const describe = makeDescriber(route, options);
  const readIncoming = makeIncomingReader(api, options.incoming);
  const nameTrace = makeTraceNamer(options.responseHeader);
  return {
    ...(options.steps && { aroundSteps: (step) => makeStepSpan(api, tracer, step) }),
    handle(context, next) {
      if (skip?.(context) === true) return next();
      const { name, attributes } = describe(context.request);
      const { parent, links } = readIncoming(context.request);
      const given = { kind: SpanKind.SERVER, attributes, ...(links && { links }) };
      const span = startSpan(diag, tracer, name, given, parent);
      if (span === undefined) return next();
      context.set(SPAN, span);
      context.onResponseEnd((end) => endSpan(diag, span, () => describeEnd(span, context, end)));
      nameTrace?.(context.response.headers, span.spanContext());
      return contexts.with(api.trace.setSpan(parent, span), next);
    },
  };
}

function describeMissing(api: Api | undefined): ConfigurationError {
  const [what, cure] =
    api === undefined ? NOT_INSTALLED : isRegistered() ? REGISTERED_ELSEWHERE : NOT_REGISTERED;
  return new ConfigurationError([
    { code: 'OPTION_INVALID', place: 'tracing()', fault: `required is true, but ${what}.`, cure },
  ]);
}

const NOT_INSTALLED = [
  '@opentelemetry/api is not installed',
  'Install @opentelemetry/api and an SDK, or leave required out.',
] as const;
const NOT_REGISTERED = [
  'no SDK of OpenTelemetry is registered',
  'Register the SDK before the application is created (node --require ./instrumentation.js), or leave required out.',
] as const;
/** A copy of the API does not use what an older one has registered. */
const REGISTERED_ELSEWHERE = [
  'the SDK of OpenTelemetry is registered in another copy of @opentelemetry/api, of an older version',
  'Install one version of it: npm ls @opentelemetry/api.',
] as const;
