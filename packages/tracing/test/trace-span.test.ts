import { SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import type { TraceSpan } from '../src';

describe('TraceSpan', () => {
  it('can be used as a Span of the API, and the other way round', () => {
    const span: Span = trace.wrapSpanContext({
      traceId: '0'.repeat(32),
      spanId: '0'.repeat(16),
      traceFlags: 0,
    });
    const own: TraceSpan = span;
    const back: Span = own;
    expect(back.setStatus({ code: SpanStatusCode.ERROR })).toBe(span);
    const members: Record<keyof Span, true> = {
      spanContext: true,
      setAttribute: true,
      setAttributes: true,
      addEvent: true,
      addLink: true,
      addLinks: true,
      setStatus: true,
      updateName: true,
      end: true,
      isRecording: true,
      recordException: true,
    } satisfies Record<keyof TraceSpan, true>;
    for (const name of Object.keys(members)) expect(span).toHaveProperty(name);
  });
});
