import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { createApp, notFound, sse, stream, type App, type Context } from '@sluice/core';
import { cors } from '@sluice/cors';
import { tracing } from '../src';
import { Spans } from './spans';

const ENGINES = process.env['TESTED_ENGINE'] === 'node' ? (['node'] as const) : (['uws', 'node'] as const);
const TRACE = '0af7651916cd43dd8448eb211c80319c';

const readName = (): string => (trace.getActiveSpan() as unknown as ReadableSpan).name;

const spans = new Spans();
afterAll(() => spans.unregister());

describe.each(ENGINES)('tracing on sockets, %s', (engine) => {
  let app: App;
  let port: number;
  let begun = 0;

  async function* count() {
    yield `${readName()};`;
    await new Promise(setImmediate);
    yield readName();
  }

  async function* break_() {
    yield 'first';
    await new Promise(setImmediate);
    throw new TypeError('no more');
  }

  async function* tick({ signal }: Context) {
    begun++;
    yield { data: 'tick' };
    await once(signal, 'abort');
  }

  const fail = (): never => {
    throw new TypeError('no disk');
  };

  beforeAll(async () => {
    app = await createApp({
      engine,
      development: false,
      logger: { info() {}, warn() {}, error() {} },
      middleware: [tracing({ address: true }), cors({ allowOrigins: ['https://app.example'] })],
      routes: [
        { method: 'GET', path: '/sync/:id', handler: readName },
        { method: 'GET', path: '/later', handler: () => new Promise(setImmediate).then(readName) },
        { method: 'GET', path: '/missing', handler: () => notFound() },
        { method: 'GET', path: '/fails', handler: fail },
        { method: 'GET', path: '/fails-later', handler: () => new Promise(setImmediate).then(fail) },
        { method: 'GET', path: '/streamed', handler: () => stream(count()) },
        { method: 'GET', path: '/broken', handler: () => stream(break_()) },
        { method: 'GET', path: '/events', handler: (context) => sse(tick(context)) },
        {
          method: 'GET',
          path: '/held',
          handler: async ({ signal }) => {
            begun++;
            await once(signal, 'abort');
            return 'late';
          },
        },
      ],
    });
    ({ port } = await app.listen({ port: 0, handleSignals: false }));
  });
  beforeEach(() => {
    begun = 0;
    spans.take();
  });
  afterAll(() => app.close({ timeoutMs: 0 }));

  function send(line: string, headers = ''): Socket {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`${line} HTTP/1.1\r\nHost: app.example:81\r\nConnection: close\r\n${headers}\r\n`);
    return socket;
  }

  async function ask(line: string, headers?: string): Promise<{ text: string; span: ReadableSpan }> {
    const socket = send(line, headers);
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    await once(socket, 'close');
    await waitUntil(() => spans.count > 0);
    return { text, span: spans.takeOne() };
  }

  async function waitUntil(isTrue: () => boolean): Promise<void> {
    const deadline = performance.now() + 20_000;
    while (!isTrue()) {
      if (performance.now() > deadline) throw new Error('Not in time.');
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  it.each([
    ['GET /sync/7', 'GET /sync/:id', 200],
    ['GET /later', 'GET /later', 200],
    ['HEAD /sync/7', 'HEAD /sync/:id', 200],
    ['GET /missing', 'GET /missing', 404],
    ['GET /nowhere', 'GET', 404],
    ['DELETE /later', 'DELETE', 405],
    ['OPTIONS /later', 'OPTIONS', 204],
    ['GET /streamed', 'GET /streamed', 200],
  ])('ends the span of %s once', async (line, name, status) => {
    const { text, span } = await ask(line);
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(span.name).toBe(name);
    expect(span.ended).toBe(true);
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
    expect(span.attributes).toMatchObject({
      'http.response.status_code': status,
      'url.path': line.split(' ')[1],
      'client.address': '127.0.0.1',
      'network.peer.address': '127.0.0.1',
      'server.address': 'app.example',
      'server.port': 81,
    });
  });

  it('keeps the span active until the last byte', async () => {
    expect((await ask('GET /later')).text).toContain('\r\n\r\nGET /later');
    const { text } = await ask('GET /streamed');
    expect(text.match(/GET \/streamed/g)).toHaveLength(2);
  });

  it('ends the span of a preflight', async () => {
    const headers = 'Origin: https://app.example\r\nAccess-Control-Request-Method: GET\r\n';
    const { text, span } = await ask('OPTIONS /later', headers);
    expect(text).toMatch(/^HTTP\/1\.1 204 /);
    expect(span.name).toBe('OPTIONS /later');
  });

  it.each(['/fails', '/fails-later'])('ends the span of %s with its error', async (path) => {
    const { text, span } = await ask(`GET ${path}`);
    expect(text).toMatch(/^HTTP\/1\.1 500 /);
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'no disk' });
    expect(span.attributes['error.type']).toBe('TypeError');
  });

  it('ends the span of a stream that breaks off with its error', async () => {
    const { span } = await ask('GET /broken');
    expect(span.attributes).toMatchObject({ 'error.type': 'TypeError', 'sluice.response.end': 'broken' });
    expect(span.status.code).toBe(SpanStatusCode.ERROR);
  });

  it('ends the span of a request whose client has left, which is not an error', async () => {
    const socket = send('GET /held');
    await waitUntil(() => begun === 1);
    expect(spans.count).toBe(0);
    socket.destroy();
    await waitUntil(() => spans.count > 0);
    const span = spans.takeOne();
    expect(span.attributes).toMatchObject({
      'sluice.response.end': 'aborted',
      'error.type': 'aborted',
      'http.route': '/held',
    });
    expect('http.response.status_code' in span.attributes).toBe(false);
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
  });

  it('ends the span of an event stream when its client leaves, with the status that was sent', async () => {
    const socket = send('GET /events');
    await once(socket, 'data');
    expect(spans.count).toBe(0);
    socket.destroy();
    await waitUntil(() => spans.count > 0);
    expect(spans.takeOne().attributes).toMatchObject({
      'sluice.response.end': 'aborted',
      'http.response.status_code': 200,
    });
  });

  it('continues a trace, and takes neither of two parents', async () => {
    const parent = (span: string): string => `Traceparent: 00-${TRACE}-${span}-01\r\n`;
    const { span } = await ask('GET /later', parent('b7ad6b7169203331'));
    expect(span.spanContext().traceId).toBe(TRACE);
    const two = await ask('GET /later', parent('b7ad6b7169203331') + parent('b7ad6b7169203332'));
    expect(two.span.parentSpanContext).toBeUndefined();
  });

  it('gives requests that overlap a span each, with the right parent', async () => {
    const paths = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? `/sync/${index}` : '/later'));
    const texts = await Promise.all(
      paths.map(async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).text()),
    );
    expect(texts).toEqual(paths.map((path) => (path === '/later' ? 'GET /later' : 'GET /sync/:id')));
    await waitUntil(() => spans.count === paths.length);
    expect(new Set(spans.take().map((span) => span.spanContext().traceId)).size).toBe(paths.length);
  });
});
