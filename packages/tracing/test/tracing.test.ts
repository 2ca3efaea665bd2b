import { once } from 'node:events';
import { propagation, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import {
  Controller,
  createApp,
  Ctx,
  Get,
  json,
  notFound,
  Param,
  Post,
  serviceUnavailable,
  SkipMiddleware,
  stream,
  type App,
  type AppOptions,
  type Context,
  type InjectRequest,
  type Middleware,
} from '@sluice/core';
import { cors } from '@sluice/cors';
import { timeout } from '@sluice/timeout';
import { CurrentSpan, SPAN, tracing, type TracingOptions } from '../src';
import { Spans } from './spans';

class PaymentError extends Error {}

const nameActive = (): string | undefined => (trace.getActiveSpan() as { name?: string } | undefined)?.name;

@Controller('/notes')
class NotesController {
  @Get('/:id')
  show(@Param('id') id: string) {
    return { id, active: nameActive() };
  }

  @Post()
  add() {
    return nameActive();
  }

  @Get('/later/one')
  async later() {
    await new Promise(setImmediate);
    return nameActive();
  }

  @Get('/missing/one')
  miss() {
    throw notFound();
  }

  @Get('/fails/sync')
  fail() {
    throw new PaymentError('no card');
  }

  @Get('/fails/later')
  async failLater() {
    await new Promise(setImmediate);
    throw new TypeError('no card');
  }

  @Get('/fails/text')
  failWithText() {
    throw 'no error at all';
  }

  @Get('/unavailable/one')
  refuse() {
    throw serviceUnavailable();
  }

  @Get('/unavailable/returned')
  refuseQuietly() {
    return json({}, { status: 503 });
  }

  @Get('/streamed/one')
  stream() {
    return stream(
      (async function* () {
        yield `${nameActive()} `;
        await new Promise(setImmediate);
        yield nameActive()!;
      })(),
    );
  }

  @Get('/streamed/broken')
  breakOff() {
    return stream(
      (async function* () {
        yield 'first';
        await new Promise(setImmediate);
        throw new PaymentError('no more');
      })(),
    );
  }

  @Get('/span/one')
  span(@CurrentSpan() span: Span | undefined, @Ctx() context: Context) {
    span?.setAttribute('note.kind', 'draft');
    return { same: span === context.get(SPAN) && span === trace.getActiveSpan() };
  }

  @Get('/background/one')
  background(@Ctx() context: Context) {
    context.background(async () => {
      await new Promise(setImmediate);
      trace.getTracer('test').startSpan('task').end();
    });
    return 'begun';
  }

  @Get('/health/up')
  @SkipMiddleware('tracing')
  up() {
    return 'up';
  }
}

const LOGGER = { info() {}, warn() {}, error() {} };
const PARENT = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const TRACEPARENT = `00-${PARENT.traceId}-${PARENT.spanId}-01`;

describe('tracing with the SDK of OpenTelemetry', () => {
  const spans = new Spans();
  afterAll(() => spans.unregister());
  beforeEach(() => void spans.take());

  function create(options: TracingOptions = {}, more: AppOptions = {}): Promise<App> {
    const { middleware = [], ...rest } = more;
    return createApp({
      development: false,
      logger: LOGGER,
      controllers: [NotesController],
      middleware: [tracing(options), ...middleware],
      ...rest,
    });
  }

  async function ask(url: string, request: Partial<InjectRequest> = {}, options: TracingOptions = {}) {
    const response = await (await create(options)).inject({ url, ...request });
    return { response, span: spans.takeOne() };
  }

  it('gives every request a span that is named after its route', async () => {
    const { response, span } = await ask('/notes/7?secret=1', {
      headers: { host: 'app.example:8080', 'user-agent': 'curl/8' },
    });
    expect(response.json()).toEqual({ id: '7', active: 'GET /notes/:id' });
    expect(span.name).toBe('GET /notes/:id');
    expect(span.kind).toBe(SpanKind.SERVER);
    expect(span.attributes).toEqual({
      'http.request.method': 'GET',
      'http.route': '/notes/:id',
      'http.response.status_code': 200,
      'url.scheme': 'http',
      'url.path': '/notes/7',
      'server.address': 'app.example',
      'server.port': 8080,
      'user_agent.original': 'curl/8',
    });
    expect(span.status).toEqual({ code: SpanStatusCode.UNSET });
    expect(span.parentSpanContext).toBeUndefined();
    expect(span.events).toEqual([]);
    expect(span.instrumentationScope.name).toBe('@sluice/tracing');
  });

  it.each<[string, Partial<InjectRequest>, string, Record<string, unknown>]>([
    ['HEAD', { method: 'HEAD', url: '/notes/7' }, 'HEAD /notes/:id', { 'http.route': '/notes/:id' }],
    ['404', { url: '/nowhere/7' }, 'GET', { 'http.response.status_code': 404 }],
    ['405', { method: 'DELETE', url: '/notes' }, 'DELETE', { 'http.response.status_code': 405 }],
    ['OPTIONS', { method: 'OPTIONS', url: '/notes' }, 'OPTIONS', { 'http.response.status_code': 204 }],
    [
      'an unknown method',
      { method: 'BREW', url: '/notes/7' },
      'HTTP',
      {
        'http.request.method': '_OTHER',
        'http.request.method_original': 'BREW',
        'http.response.status_code': 501,
        'error.type': '501',
      },
    ],
  ])(
    'names the span of %s without anything that a client invents',
    async (_case, request, name, attributes) => {
      const { span } = await ask('', request);
      expect(span.name).toBe(name);
      expect(span.attributes).toMatchObject(attributes);
      expect('http.route' in span.attributes).toBe('http.route' in attributes);
    },
  );

  it('names a preflight after the route that it asks about', async () => {
    const app = await create({}, { middleware: [cors({ allowOrigins: ['https://app.example'] })] });
    const headers = { origin: 'https://app.example', 'access-control-request-method': 'POST' };
    expect((await app.inject({ method: 'OPTIONS', url: '/notes', headers })).status).toBe(204);
    expect(spans.takeOne()).toMatchObject({ name: 'OPTIONS /notes', status: { code: SpanStatusCode.UNSET } });
  });

  it('has the base path in the route, as the client knows it, and the whole path of a mounted one', async () => {
    const based = await create({}, { basePath: '/api' });
    await based.inject({ url: '/notes/7' });
    expect(spans.takeOne().name).toBe('GET /api/notes/:id');
    const outer = await createApp({ logger: LOGGER, middleware: [tracing()] });
    const routes = [{ method: 'GET' as const, path: '/notes/:id', handler: () => 'OK' }];
    outer.mount('/inner', await createApp({ routes }));
    for (const url of ['/inner/notes/7', '/inner/none', '/none']) await outer.inject({ url });
    expect(spans.take().map(({ name }) => name)).toEqual(['GET /inner/notes/:id', 'GET', 'GET']);
  });

  it('ends the span of a request that took too long with the 504', async () => {
    const app = await create(
      { steps: true },
      {
        middleware: [timeout({ afterMs: 1 })],
        controllers: [],
        routes: [
          {
            method: 'GET',
            path: '/slow',
            name: 'wait',
            handler: async ({ signal }) => {
              await once(signal, 'abort');
              return nameActive();
            },
          },
        ],
      },
    );
    expect((await app.inject({ url: '/slow' })).status).toBe(504);
    await app.close();
    const ended = spans.take();
    const request = ended.find(({ name }) => name === 'GET /slow')!;
    expect(request.attributes).toMatchObject({ 'http.response.status_code': 504, 'error.type': '504' });
    expect(ended.map(({ name }) => name).sort()).toEqual(['GET /slow', 'handler wait', 'middleware timeout']);
    expect(new Set(ended.map((span) => span.spanContext().traceId)).size).toBe(1);
  });

  it('keeps the span active in asynchronous code, streams and background tasks', async () => {
    expect((await ask('/notes/later/one')).response.text()).toBe('GET /notes/later/one');
    expect((await ask('/notes/streamed/one')).response.text()).toBe(
      'GET /notes/streamed/one GET /notes/streamed/one',
    );
    const app = await create();
    await app.inject({ url: '/notes/background/one' });
    await app.close();
    const [request, task] = spans.take();
    expect(task).toMatchObject({
      name: 'task',
      parentSpanContext: { spanId: request!.spanContext().spanId },
    });
  });

  it('gives the span to handlers and middleware', async () => {
    const { response, span } = await ask('/notes/span/one');
    expect(response.json()).toEqual({ same: true });
    expect(span.attributes['note.kind']).toBe('draft');
  });

  describe('for a request that fails', () => {
    it.each([
      ['/notes/fails/sync', 'PaymentError', 'no card'],
      ['/notes/fails/later', 'TypeError', 'no card'],
    ])('records the error: %s', async (url, type, message) => {
      const { span } = await ask(url);
      expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message });
      expect(span.attributes).toMatchObject({ 'error.type': type, 'http.response.status_code': 500 });
      expect(span.events).toHaveLength(1);
      expect(span.events[0]).toMatchObject({
        name: 'exception',
        attributes: {
          'exception.message': message,
          'exception.stacktrace': expect.stringContaining(message),
        },
      });
    });

    it('records a thrown value that is not an error', async () => {
      const { span } = await ask('/notes/fails/text');
      expect(span.attributes['error.type']).toBe('500');
      expect(span.status.code).toBe(SpanStatusCode.ERROR);
      expect(span.events[0]!.attributes).toEqual({ 'exception.message': 'no error at all' });
    });

    it('says which 5xx an HttpError is', async () => {
      const { span } = await ask('/notes/unavailable/one');
      expect(span.status).toEqual({ code: SpanStatusCode.ERROR });
      expect(span.attributes['error.type']).toBe('503');
      expect(span.events).toHaveLength(1);
    });

    it('has no exception where none was thrown', async () => {
      const { span } = await ask('/notes/unavailable/returned');
      expect(span.status).toEqual({ code: SpanStatusCode.ERROR });
      expect(span.attributes['error.type']).toBe('503');
      expect(span.events).toEqual([]);
    });

    it('is the fault of the client with a 4xx', async () => {
      const { span } = await ask('/notes/missing/one');
      expect(span.status).toEqual({ code: SpanStatusCode.UNSET });
      expect(span.attributes['http.response.status_code']).toBe(404);
      expect('error.type' in span.attributes).toBe(false);
      expect(span.events).toEqual([]);
    });

    it('is one whose stream breaks off, at its end', async () => {
      const app = await create();
      const reading = await app.injectStream({ url: '/notes/streamed/broken' });
      expect(spans.count).toBe(0);
      await expect(
        (async () => {
          for await (const chunk of reading.body) expect(chunk).toBeDefined();
        })(),
      ).rejects.toThrow();
      const span = spans.takeOne();
      expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'no more' });
      expect(span.attributes).toMatchObject({
        'http.response.status_code': 200,
        'error.type': 'PaymentError',
        'sluice.response.end': 'broken',
      });
    });
  });

  describe('and a trace context in the request', () => {
    const headers = { traceparent: TRACEPARENT, tracestate: 'vendor=1', baggage: 'tenant=7' };
    const readBaggage: Middleware = {
      name: 'readBaggage',
      handle(context, next) {
        const tenant = propagation.getActiveBaggage()?.getEntry('tenant')?.value ?? 'none';
        context.response.headers.set('X-Tenant', tenant);
        return next();
      },
    };

    async function askWith(incoming: TracingOptions['incoming'], more: InjectRequest['headers'] = headers) {
      const app = await create({ ...(incoming && { incoming }) }, { middleware: [readBaggage] });
      const response = await app.inject({ url: '/notes/7', headers: more });
      return { tenant: response.header('x-tenant'), span: spans.takeOne() };
    }

    it('continues that trace, with its state and its baggage', async () => {
      const { span, tenant } = await askWith(undefined);
      expect(span.parentSpanContext).toMatchObject({ ...PARENT, isRemote: true });
      expect(span.spanContext()).toMatchObject({ traceId: PARENT.traceId, traceFlags: 1 });
      expect(span.spanContext().traceState?.serialize()).toBe('vendor=1');
      expect(tenant).toBe('7');
    });

    it('begins a trace of its own with a link, and without the baggage', async () => {
      const { span, tenant } = await askWith('link');
      expect(span.parentSpanContext).toBeUndefined();
      expect(span.spanContext().traceId).not.toBe(PARENT.traceId);
      expect(span.links).toMatchObject([{ context: PARENT }]);
      expect(tenant).toBe('none');
      expect((await askWith('link', {})).span.links).toEqual([]);
    });

    it('does not read it', async () => {
      const { span, tenant } = await askWith('ignore');
      expect(span.parentSpanContext).toBeUndefined();
      expect(span.links).toEqual([]);
      expect(tenant).toBe('none');
    });

    it('joins the lines of a list, and takes none of two parents', async () => {
      const twice = { ...headers, tracestate: ['a=1', 'b=2'] };
      expect((await askWith('continue', twice)).span.spanContext().traceState?.serialize()).toBe('a=1,b=2');
      // A parent of a later version may have more fields, which must not be the second line.
      for (const first of [TRACEPARENT, TRACEPARENT.replace('00-', 'cc-').concat('-more')])
        for (const second of [TRACEPARENT, ''])
          expect(
            (await askWith('continue', { traceparent: [first, second] })).span.parentSpanContext,
          ).toBeUndefined();
    });

    it('keeps at most 32 members of its state', async () => {
      const members = Array.from({ length: 40 }, (_, index) => `k${index}=1`).join(',');
      const { span } = await askWith('continue', { ...headers, tracestate: members });
      expect(span.spanContext().traceState!.serialize().split(',').length).toBeLessThanOrEqual(32);
    });
  });
});
