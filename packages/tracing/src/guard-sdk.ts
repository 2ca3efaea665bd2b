import type { Span, Tracer } from '@opentelemetry/api';
import type { Api } from './load-api';

type Diag = Pick<Api['diag'], 'warn'>;

/** Starts a span; undefined where a sampler or a processor of the SDK throws, which must not make a request fail. */
export function startSpan(
  diag: Diag,
  tracer: Tracer,
  ...described: Parameters<Tracer['startSpan']>
): Span | undefined {
  try {
    return tracer.startSpan(...described);
  } catch (error) {
    diag.warn('The SDK failed to start a span', error);
    return undefined;
  }
}

/** Describes the end of a span and ends it. A processor that throws must not change what becomes of the request. */
export function endSpan(diag: Diag, span: Span, describe: () => void): void {
  try {
    try {
      describe();
    } finally {
      span.end();
    }
  } catch (error) {
    diag.warn('The SDK failed to end a span', error);
  }
}
