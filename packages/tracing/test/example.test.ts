import {
  BatchSpanProcessor,
  NodeTracerProvider,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-node';
import { Controller, createApp, Get, Param } from '@sluice/core';
import { tracing } from '../src';

@Controller('/notes')
class NotesController {
  @Get('/:id')
  show(@Param('id') id: string) {
    return { id };
  }
}

describe('the example of the README', () => {
  it('sends its last spans when the application closes', async () => {
    const sent: ReadableSpan[] = [];
    const exporter: SpanExporter = {
      export(spans, done) {
        sent.push(...spans);
        done({ code: 0 });
      },
      shutdown: () => Promise.resolve(),
    };
    const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] });
    provider.register();
    const app = await createApp({
      controllers: [NotesController],
      middleware: [tracing()],
      onStop: () => provider.shutdown(),
    });
    expect((await app.inject({ url: '/notes/7' })).json()).toEqual({ id: '7' });
    expect(sent).toEqual([]);
    await app.close();
    expect(sent.map(({ name }) => name)).toEqual(['GET /notes/:id']);
  });
});
