/**
 * A span, with the members that `Span` of `@opentelemetry/api` has: either can be used as the other. It is described here
 * because the types of that package are not there where it is not installed.
 */
export interface TraceSpan {
  spanContext(): TraceSpanContext;
  setAttribute(key: string, value: TraceValue): this;
  setAttributes(attributes: TraceAttributes): this;
  addEvent(name: string, attributesOrTime?: TraceAttributes | TraceTime, time?: TraceTime): this;
  addLink(link: TraceLink): this;
  addLinks(links: TraceLink[]): this;
  /** The code is that of `SpanStatusCode`: 1 is OK, 2 is ERROR. */
  setStatus(status: { code: 0 | 1 | 2; message?: string }): this;
  updateName(name: string): this;
  /** `tracing` ends the span of a request: do not call this for it. */
  end(time?: TraceTime): void;
  isRecording(): boolean;
  recordException(exception: Error | string, time?: TraceTime): void;
}

/** The ids of a span, as `SpanContext` of the API. */
export interface TraceSpanContext {
  traceId: string;
  spanId: string;
  isRemote?: boolean;
  traceFlags: number;
  traceState?: TraceState;
}

interface TraceState {
  set(key: string, value: string): TraceState;
  unset(key: string): TraceState;
  get(key: string): string | undefined;
  serialize(): string;
}

interface TraceLink {
  context: TraceSpanContext;
  attributes?: TraceAttributes;
}

type Items<Value> = (Value | null | undefined)[];
type TraceValue = string | number | boolean | Items<string> | Items<number> | Items<boolean>;
type TraceAttributes = Record<string, TraceValue | undefined>;
type TraceTime = [number, number] | number | Date;
