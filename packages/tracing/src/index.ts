export { CurrentSpan, SPAN } from './span';
export type { TraceSpan, TraceSpanContext } from './trace-span';
export { tracing } from './tracing';
export type { TracingOptions } from './tracing-options';
