import type { Tracer, TracerProvider } from '@opentelemetry/api';

/** The API of OpenTelemetry. */
export type Api = typeof import('@opentelemetry/api');

/** Every copy of version 1 of the API keeps what is registered here, and whatever registers something has loaded one. */
const REGISTERED = Symbol.for('opentelemetry.js.api.1');

/** Whether a provider of tracers is registered, so that an application without an SDK does not load the API. */
export function isRegistered(): boolean {
  const kept = globalThis as { readonly [REGISTERED]?: { readonly trace?: unknown } };
  return kept[REGISTERED]?.trace !== undefined;
}

/** Loads the API; undefined where it is not installed. */
export function loadApi(): Api | undefined {
  try {
    return require('@opentelemetry/api') as typeof import('@opentelemetry/api');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** The provider of the API takes the place of that of an SDK, and has this member to find that one. */
type StandIn = TracerProvider & { getDelegateTracer?(name: string): Tracer | undefined };

const NAME = '@sluice/tracing';

/** Finds the tracer of the registered SDK; undefined if none is registered, where the API would give one that does nothing. */
export function findTracer({ trace }: Api): Tracer | undefined {
  const provider = trace.getTracerProvider() as StandIn;
  return provider.getDelegateTracer === undefined
    ? provider.getTracer(NAME)
    : provider.getDelegateTracer(NAME);
}
