import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import {
  Body,
  Controller,
  createApp,
  guard,
  notFound,
  Post,
  type AppOptions,
  type InjectRequest,
  type Middleware,
} from '@sluice/core';
import { IsString } from 'class-validator';
import { tracing, type TracingOptions } from '../src';
import { Spans } from './spans';

class Note {
  @IsString()
  text!: string;
}

@Controller('/notes')
class NotesController {
  @Post()
  async add(@Body() note: Note) {
    await new Promise(setImmediate);
    if (note.text === 'fail') throw new TypeError('no disk');
    if (note.text === 'fail with a text') throw 'no disk';
    return note.text;
  }
}

const later: Middleware = {
  name: 'later',
  async handle(_context, next) {
    await next();
  },
};

/** The spans as a tree, one line each. */
function printTree(spans: readonly ReadableSpan[], parent?: string): string[] {
  return spans
    .filter(({ parentSpanContext }) => parentSpanContext?.spanId === parent)
    .flatMap((span) => [
      span.name,
      ...printTree(spans, span.spanContext().spanId).map((line) => `  ${line}`),
    ]);
}

describe('the spans of steps', () => {
  const spans = new Spans();
  afterAll(() => spans.unregister());
  beforeEach(() => void spans.take());

  async function ask(
    text: unknown,
    options: TracingOptions = { steps: true },
    more: AppOptions['middleware'] = [],
  ) {
    const app = await createApp({
      development: false,
      logger: { info() {}, warn() {}, error() {} },
      controllers: [NotesController],
      middleware: [tracing(options), later, ...more],
    });
    const headers = { 'content-type': 'application/json' };
    const request: InjectRequest = { method: 'POST', url: '/notes', headers, body: JSON.stringify({ text }) };
    return { status: (await app.inject(request)).status, ended: spans.take() };
  }

  it('are in each other, as the steps are', async () => {
    const { status, ended } = await ask('hello');
    expect(status).toBe(200);
    expect(printTree(ended)).toEqual([
      'POST /notes',
      '  middleware later',
      '    body(json)',
      '      validate(Note)',
      '        handler add',
    ]);
    expect(ended.at(-1)!.name).toBe('POST /notes');
    expect(ended.every(({ status: { code } }) => code === SpanStatusCode.UNSET)).toBe(true);
    expect(ended[0]!.attributes).toEqual({ 'sluice.step': 'handler' });
  });

  it('says which step failed, and not that the others did', async () => {
    const { status, ended } = await ask('fail');
    expect(status).toBe(500);
    const failed = ended.filter((span) => span.status.code === SpanStatusCode.ERROR);
    expect(failed.map(({ name }) => name)).toEqual(['handler add', 'POST /notes']);
    expect(failed[0]!.attributes['error.type']).toBe('TypeError');
  });

  it('says the same of a thrown value that is not an error', async () => {
    const { ended } = await ask('fail with a text');
    const failed = ended.filter((span) => span.status.code === SpanStatusCode.ERROR);
    expect(failed.map(({ name }) => name)).toEqual(['handler add', 'POST /notes']);
    expect(failed[0]!.attributes['error.type']).toBe('500');
    expect(failed[0]!.events[0]!.attributes).toEqual({ 'exception.message': 'no disk' });
  });

  it('is not a failed one where a step answers the client', async () => {
    const { ended, status } = await ask(5);
    expect(status).toBe(422);
    expect(ended.some((span) => span.status.code === SpanStatusCode.ERROR)).toBe(false);
    const refusing = await ask('hello', { steps: true }, [guard(() => notFound(), 'secret')]);
    expect(refusing.status).toBe(404);
    expect(printTree(refusing.ended)).toEqual(['POST /notes', '  middleware later', '    middleware secret']);
    expect(refusing.ended.some((span) => span.status.code === SpanStatusCode.ERROR)).toBe(false);
  });

  it('belong to the request also behind a middleware that loses the async context', async () => {
    const { AsyncLocalStorage } = jest.requireActual<typeof import('node:async_hooks')>('node:async_hooks');
    const outside = AsyncLocalStorage.snapshot();
    const losing: Middleware = { name: 'losing', handle: (_context, next) => outside(next) };
    const { ended } = await ask('hello', { steps: true }, [losing]);
    expect(new Set(ended.map((span) => span.spanContext().traceId)).size).toBe(1);
  });

  it('asks a thenable once, which may begin its work then', async () => {
    let asked = 0;
    const app = await createApp({
      middleware: [tracing({ steps: true })],
      routes: [
        {
          method: 'GET',
          path: '/',
          name: 'query',
          handler: () => ({ then: (resolve: (value: string) => void) => (asked++, resolve('rows')) }),
        },
      ],
    });
    expect((await app.inject({ url: '/' })).text()).toBe('rows');
    expect(asked).toBe(1);
    expect(printTree(spans.take())).toEqual(['GET /', '  handler query']);
  });

  it('are there only where they are asked for', async () => {
    expect(printTree((await ask('hello', {})).ended)).toEqual(['POST /notes']);
    expect((await ask('hello', { steps: true, skip: () => true })).ended).toEqual([]);
  });
});
