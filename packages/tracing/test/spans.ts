import { context, propagation, trace } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-node';

/** The spans that have ended, in the real SDK. It is registered for the process, as an application does it. */
export class Spans {
  private readonly exporter = new InMemorySpanExporter();

  constructor(options: ConstructorParameters<typeof NodeTracerProvider>[0] = {}) {
    new NodeTracerProvider({
      ...options,
      spanProcessors: [new SimpleSpanProcessor(this.exporter)],
    }).register();
  }

  /** Takes all that have ended since. */
  take(): ReadableSpan[] {
    const spans = [...this.exporter.getFinishedSpans()];
    this.exporter.reset();
    return spans;
  }

  takeOne(): ReadableSpan {
    const spans = this.take();
    expect(spans).toHaveLength(1);
    return spans[0]!;
  }

  get count(): number {
    return this.exporter.getFinishedSpans().length;
  }

  unregister(): void {
    trace.disable();
    context.disable();
    propagation.disable();
  }
}
