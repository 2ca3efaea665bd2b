import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import {
  createApp,
  HttpError,
  json,
  jsonLines,
  notFound,
  sse,
  stream,
  type AppOptions,
  type Context,
  type Middleware,
} from '../../src';
import type { ContractResponse, Harness } from './harness';

type Handler = (context: Context) => unknown;

/** Tests how streamed responses begin on an engine, and those that stream the body of their request back. */
export function describeStreams(engineName: string, harness: Harness): void {
  describe(`Streams on ${engineName}`, () => {
    let opened: Awaited<ReturnType<Harness['open']>> | undefined;
    let logged: unknown[] = [];

    async function open(handler: Handler, options: AppOptions = {}): Promise<void> {
      logged = [];
      const logger = { info() {}, warn() {}, error: (error: unknown) => void logged.push(error) };
      const routes = [{ method: 'ALL', path: '/it', handler, bodyLimit: 2_000_000 } as const];
      opened = await harness.open(await createApp({ logger, development: false, routes, ...options }));
    }

    afterEach(async () => {
      await opened?.close();
      opened = undefined;
    });

    const ask = (method = 'GET'): Promise<ContractResponse> => opened!.send({ method, url: '/it' });

    describe('a failure before the first chunk', () => {
      /** Sets a header on the way in, and notes on the way back what it sees. */
      function watch(seen: unknown[]): Middleware {
        return {
          name: 'watch',
          async handle(context, next) {
            context.response.headers.set('Access-Control-Allow-Origin', '*');
            await next();
            seen.push(context.response.status, (context.error as Error).message);
          },
        };
      }

      it.each<[string, Handler, number]>([
        ['a generator', () => fail(notFound('No such note.')), 404],
        ['a generator after a wait', () => fail(notFound('No such note.'), 20), 404],
        ['a generator after an empty chunk', () => fail(notFound('No such note.'), 0, ['', '']), 404],
        ['a generator in a promise', async () => fail(notFound('No such note.')), 404],
        ['stream()', () => stream(fail(notFound('No such note.')), { status: 206 }), 404],
        ['a missing file', () => createReadStream('/no/such/file'), 500],
        ['a Readable', () => new Readable({ read: destroyWith(notFound('No such note.')) }), 404],
        ['a web stream', () => new ReadableStream({ pull: reject(notFound('No such note.')) }), 404],
        ['an iterable', () => ({ [Symbol.asyncIterator]: () => ({ next: reject(notFound()) }) }), 404],
        ['jsonLines()', () => jsonLines(fail(notFound('No such note.'))), 404],
        ['jsonLines() of a value without JSON', () => jsonLines([() => 1]), 500],
        ['sse()', () => sse(fail(notFound('No such note.'))), 404],
        ['sse() after a wait', () => sse(fail(notFound('No such note.'), 20)), 404],
        ['sse() of a value without JSON', () => sse([7n]), 500],
        ['a chunk of a wrong type', () => yieldAll([7 as unknown as string]), 500],
        ['a chunk that is an ArrayBuffer', () => yieldAll([new ArrayBuffer(4) as unknown as string]), 500],
        ['a first chunk over the announced length', () => announce(['seven'], 4), 500],
        ['no chunk, and an announced length', () => announce([], 4), 500],
        [
          'a source that other code reads',
          () => (([source]) => (source.getReader(), source))([new ReadableStream()] as const),
          500,
        ],
        ['a body that is a number', setBody(() => 7 as unknown as AsyncIterable<string>), 500],
        ['a body that is null', setBody(() => null as unknown as AsyncIterable<string>), 500],
        ['a body that is not a stream', () => stream({} as unknown as Readable), 500],
        ['a body that the handler has set', setBody(() => fail(notFound())), 404],
        ['a body that the handler has set late', setBody(() => fail(notFound()), 1), 404],
      ])('is answered with its error: %s', async (_, handler, status) => {
        const seen: unknown[] = [];
        await open(handler, { middleware: [watch(seen)] });
        const response = await ask();
        expect([response.status, find(response, 'content-type')]).toEqual([
          status,
          'application/problem+json',
        ]);
        expect(find(response, 'access-control-allow-origin')).toBe('*');
        expect(JSON.parse(response.body.toString())).toMatchObject({ status });
        expect(seen).toEqual([status, expect.any(String)]);
        expect(logged).toHaveLength(status === 500 ? 1 : 0);
      });

      it('is answered by the error handler of its class', async () => {
        const errorHandlers = [{ error: HttpError, handle: () => json({ caught: true }, { status: 418 }) }];
        await open(() => fail(notFound()), { errorHandlers });
        expect(await ask()).toMatchObject({ status: 418, body: Buffer.from('{"caught":true}') });
      });

      it('is answered in the form of formatError', async () => {
        await open(() => jsonLines(fail(notFound())), { formatError: () => json({ shape: 'own' }) });
        expect(await ask()).toMatchObject({ status: 404, body: Buffer.from('{"shape":"own"}') });
      });

      it('is answered itself if the stream is the reply of an error handler', async () => {
        const errorHandlers = [{ error: HttpError, handle: () => fail(new Error('the second')) }];
        await open(() => fail(notFound()), { errorHandlers });
        expect((await ask()).status).toBe(500);
        expect(logged).toEqual([new Error('the second')]);
      });

      it.each<[string, Middleware['handle']]>([
        ['that answers', () => fail(notFound())],
        ['that sets it', ({ response }) => void (response.body = fail(notFound()))],
        [
          'that sets it on the way back',
          async ({ response }, next) => {
            await next();
            response.body = fail(notFound());
          },
        ],
      ])('is answered with its error if the stream comes from a middleware %s', async (_, handle) => {
        await open(() => 'inner', { middleware: [{ name: 'outer', handle }] });
        const response = await ask();
        expect([response.status, find(response, 'content-type')]).toEqual([404, 'application/problem+json']);
      });

      it('stops the source', async () => {
        const { source, seen } = makeSource([7 as unknown as string, 'never']);
        await open(() => source);
        expect((await ask()).status).toBe(500);
        expect(seen).toEqual(['next', 'return']);
      });
    });

    it('can be changed by a middleware on the way back', async () => {
      const seen: unknown[] = [];
      await open(() => yieldAll(['one', 'two']), {
        middleware: [
          async ({ response }, next) => {
            await next();
            const chunks: unknown[] = [];
            const { body } = response;
            response.body = (async function* () {
              for await (const chunk of body as AsyncIterable<string>) {
                chunks.push(chunk);
                yield chunk.toUpperCase();
              }
              seen.push(chunks);
            })();
          },
        ],
      });
      expect((await ask()).body.toString()).toBe('ONETWO');
      expect(seen).toEqual([['one', 'two']]);
    });

    describe('HEAD', () => {
      it('asks for one chunk, and stops the source', async () => {
        const { source, seen } = makeSource(['one', 'two']);
        await open(() => stream(source));
        const { status, body } = await ask('HEAD');
        expect([status, body.byteLength, seen]).toEqual([200, 0, ['next', 'return']]);
      });

      it('answers with an error before the first chunk', async () => {
        await open(() => fail(notFound()));
        expect((await ask('HEAD')).status).toBe(404);
      });

      it('does not ask for server-sent events', async () => {
        const { source, seen } = makeSource(['one', 'two']);
        await open(() => sse(source));
        const response = await ask('HEAD');
        expect([response.status, find(response, 'content-type'), response.body.byteLength, seen]).toEqual([
          200,
          'text/event-stream',
          0,
          ['return'],
        ]);
      });
    });

    describe('server-sent events', () => {
      it('send their head with a comment before the first event, if that takes long', async () => {
        let release = (): void => {};
        const released = new Promise<void>((resolve) => (release = resolve));
        const seen: string[] = [];
        const late = async function* () {
          await released;
          yield 'late';
        };
        const middleware: Middleware = {
          name: 'release when the handler has ended',
          async handle(context, next) {
            await next();
            seen.push(`head ${context.response.status}`);
            release();
          },
        };
        await open(() => sse(late(), { headAfterMs: 20 }), { middleware: [middleware] });
        expect((await ask()).body.toString()).toBe(':\n\ndata: late\n\n');
        expect(seen).toEqual(['head 200']);
      });

      it('begin with their first event if it comes soon, whatever keepAliveSeconds is', async () => {
        await open(() => sse(yieldAll(['one'], 30), { headAfterMs: 10_000, keepAliveSeconds: 0.001 }));
        expect((await ask()).body.toString()).toBe('data: one\n\n');
      });
    });

    describe('the body of the request', () => {
      const SIZES = [0, 5, 70_000, 900_000];

      it.each<[string, Handler]>([
        ['as it is', ({ request }) => stream(request.stream())],
        ['in a promise', async ({ request }) => request.stream()],
        ['through a generator', ({ request }) => passOn(request.stream())],
        ['after a chunk of its own', ({ request }) => passOn(request, 'first ')],
        ['late', async ({ request }) => (await pause(20), stream(request.stream()))],
      ])('is sent back %s', async (name, handler) => {
        await open(handler);
        for (const size of SIZES) {
          const body = Buffer.alloc(size, '0123456789abcdef!');
          for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
            const response = await opened!.send({ method: 'POST', url: '/it', body, headers });
            const expected = name.includes('chunk') ? Buffer.concat([Buffer.from('first '), body]) : body;
            expect(response.status).toBe(200);
            expect(response.body.equals(expected)).toBe(true);
          }
        }
        expect(logged).toEqual([]);
      });

      it('is sent back with its length', async () => {
        await open(({ request }) =>
          stream(request.stream(), { headers: { 'Content-Length': request.header('content-length')! } }),
        );
        const body = Buffer.alloc(300_000, 'ab');
        const response = await opened!.send({ method: 'POST', url: '/it', body });
        expect([find(response, 'content-length'), response.body.equals(body)]).toEqual(['300000', true]);
      });

      it('is a 413 over the limit', async () => {
        await open(({ request }) => stream(request.stream()));
        const body = Buffer.alloc(2_000_001);
        expect((await opened!.send({ method: 'POST', url: '/it', body })).status).toBe(413);
      });

      it('is dropped at the end if nothing has read it', async () => {
        await open(async function* () {
          yield 'short';
        });
        const body = Buffer.alloc(900_000);
        expect((await opened!.send({ method: 'POST', url: '/it', body })).body.toString()).toBe('short');
        expect((await ask()).body.toString()).toBe('short');
      });
    });
  });
}

function find({ lines }: ContractResponse, lowerName: string): string | undefined {
  return lines.find(([name]) => name.toLowerCase() === lowerName)?.[1];
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function* yieldAll(chunks: readonly string[], afterMs?: number): AsyncGenerator<string> {
  if (afterMs !== undefined) await pause(afterMs);
  yield* chunks;
}

async function* fail(error: Error, afterMs = 0, chunks: readonly string[] = []): AsyncGenerator<string> {
  yield* yieldAll(chunks, afterMs);
  throw error;
}

const reject = (error: Error) => () => Promise.reject(error);

function destroyWith(error: Error): (this: Readable) => void {
  return function () {
    this.destroy(error);
  };
}

function announce(chunks: readonly string[], length: number): unknown {
  return stream(yieldAll(chunks), { headers: { 'Content-Length': length } });
}

function setBody(make: () => AsyncIterable<string>, afterMs?: number): Handler {
  const set = ({ response }: Context): void => void (response.body = make());
  return afterMs === undefined ? set : async (context) => (await pause(afterMs), set(context));
}

async function* passOn(
  from: AsyncIterable<Uint8Array> | Context['request'],
  first?: string,
): AsyncGenerator<Uint8Array | string> {
  if (first !== undefined) yield first;
  yield* 'stream' in from ? from.stream() : from;
}

/** A source that notes what it is asked for. */
function makeSource(chunks: readonly string[]): { source: AsyncIterable<string>; seen: string[] } {
  const seen: string[] = [];
  const rest = [...chunks];
  const iterator: AsyncIterator<string> = {
    async next() {
      seen.push('next');
      const value = rest.shift();
      return value === undefined ? { done: true, value } : { done: false, value };
    },
    async return() {
      seen.push('return');
      return { done: true, value: undefined };
    },
  };
  return { source: { [Symbol.asyncIterator]: () => iterator }, seen };
}
