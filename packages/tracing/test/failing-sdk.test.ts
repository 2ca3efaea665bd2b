import { context, diag, propagation, trace, type DiagLogger } from '@opentelemetry/api';
import { NodeTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { createApp, type App } from '@sluice/core';
import { tracing } from '../src';

/** Fails where a test says so. */
class FailingProcessor implements SpanProcessor {
  failsAt: 'start' | 'end' | undefined;

  onStart(): void {
    if (this.failsAt === 'start') throw new Error('no start');
  }

  onEnd(): void {
    if (this.failsAt === 'end') throw new Error('no end');
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}

describe('a processor of the SDK that throws', () => {
  const processor = new FailingProcessor();
  const warned: string[] = [];
  const logged: string[] = [];
  let app: App;

  beforeAll(async () => {
    new NodeTracerProvider({ spanProcessors: [processor] }).register();
    const none = (): void => undefined;
    const warn: DiagLogger['warn'] = (message, error) => void warned.push(`${message}: ${String(error)}`);
    diag.setLogger({ error: none, warn, info: none, debug: none, verbose: none });
    app = await createApp({
      development: false,
      logger: { info() {}, warn() {}, error: (error, text) => void logged.push(`${text}: ${String(error)}`) },
      middleware: [tracing({ steps: true })],
      routes: [
        { method: 'GET', path: '/sync', handler: () => 'OK' },
        { method: 'GET', path: '/later', handler: () => new Promise(setImmediate).then(() => 'OK') },
      ],
    });
  });

  beforeEach(() => {
    warned.length = 0;
    logged.length = 0;
  });

  afterAll(async () => {
    await app.close();
    trace.disable();
    context.disable();
    propagation.disable();
    diag.disable();
  });

  it.each(['/sync', '/later'])('at the start of a span does not make the request fail: %s', async (url) => {
    processor.failsAt = 'start';
    const response = await app.inject({ url });
    expect([response.status, response.text()]).toEqual([200, 'OK']);
    expect(warned).toEqual(['The SDK failed to start a span: Error: no start']);
    expect(logged).toEqual([]);
  });

  it.each(['/sync', '/later'])('at the end of a span does not make the request fail: %s', async (url) => {
    processor.failsAt = 'end';
    const response = await app.inject({ url });
    expect([response.status, response.text()]).toEqual([200, 'OK']);
    expect(warned).toEqual([
      'The SDK failed to end a span: Error: no end',
      'The SDK failed to end a span: Error: no end',
    ]);
    expect(logged).toEqual([]);
  });
});
