import { gunzipSync } from 'node:zlib';
import {
  ConfigurationError,
  Controller,
  createApp,
  Get,
  isPromise,
  json,
  noContent,
  stream,
  text,
  UseMiddleware,
  type App,
  type AppOptions,
  type Context,
  type MiddlewareFunction,
  type ReplyInit,
} from '@sluice/core';
import { gzip, isCompressibleType, type GzipOptions } from '../src';

const LONG = 'x'.repeat(4000);
/** Keeps expected failures out of the output. */
const SILENT = { error: () => undefined, warn: () => undefined, info: () => undefined };
const ACCEPT = { 'accept-encoding': 'gzip' };

type Inject = Parameters<App['inject']>[0];
type Injected = Awaited<ReturnType<App['inject']>>;

/** Sends a request to an application with one route, `/`, behind gzip. Accepts gzip, unless `request` has other headers. */
async function ask(
  options: GzipOptions,
  handler: (context: Context) => unknown,
  request: Partial<Inject> = {},
  app: AppOptions = {},
): Promise<Injected> {
  const routes = [
    { method: 'GET', path: '/', handler } as const,
    { method: 'POST', path: '/', handler } as const,
  ];
  const made = await createApp({ routes, ...app, middleware: [...(app.middleware ?? []), gzip(options)] });
  return made.inject({ url: '/', headers: ACCEPT, ...request });
}

const reply =
  (init: ReplyInit['headers'], status = 200, body = LONG) =>
  () =>
    text(body, { headers: init!, status });

describe('gzip, as in the README', () => {
  @Controller('/report')
  class Report {
    @Get()
    show(): unknown {
      return { rows: Array.from({ length: 100 }, (_, id) => ({ id, name: `row ${id}` })) };
    }
  }

  it('encodes a long response for a client that accepts gzip', async () => {
    const app = await createApp({
      controllers: [Report],
      middleware: [gzip({ minimumSize: 500, compressLevel: 6 })],
    });
    const response = await app.inject({ url: '/report', headers: { 'accept-encoding': 'gzip, br' } });
    expect(response.header('content-encoding')).toBe('gzip');
    expect(response.header('vary')).toBe('Accept-Encoding');
    expect(response.header('content-length')).toBe(String(response.body.length));
    expect(JSON.parse(gunzipSync(response.body).toString())).toMatchObject({ rows: { length: 100 } });
  });

  it('can be given to a controller and to a method', async () => {
    @Controller('/a')
    @UseMiddleware(gzip())
    class Whole {
      @Get() show(): string {
        return LONG;
      }
    }
    @Controller('/b')
    class Half {
      @Get('/with') @UseMiddleware(gzip()) show(): string {
        return LONG;
      }
      @Get('/without') leave(): string {
        return LONG;
      }
    }
    const app = await createApp({ controllers: [Whole, Half] });
    const codings = await Promise.all(
      ['/a', '/b/with', '/b/without'].map(async (url) =>
        (await app.inject({ url, headers: ACCEPT })).header('content-encoding'),
      ),
    );
    expect(codings).toEqual(['gzip', 'gzip', undefined]);
  });

  it('encodes once if it is in the plan twice', async () => {
    const response = await ask({}, () => LONG, {}, { middleware: [gzip()] });
    expect(gunzipSync(response.body).toString()).toBe(LONG);
    expect(response.header('vary')).toBe('Accept-Encoding');
  });
});

describe('gzip', () => {
  it('encodes bodies of minimumSize or more, counted in bytes', async () => {
    const codingOf = async (body: string): Promise<string | undefined> =>
      (await ask({ minimumSize: 500 }, () => body)).header('content-encoding');
    expect(await codingOf('x'.repeat(499))).toBeUndefined();
    expect(await codingOf('x'.repeat(500))).toBe('gzip');
    expect(await codingOf('é'.repeat(249))).toBeUndefined();
    expect(await codingOf('é'.repeat(250))).toBe('gzip');
    expect(await codingOf('€'.repeat(167))).toBe('gzip');
  });

  it('sends a short body as it is, with Vary', async () => {
    const response = await ask({}, () => 'OK');
    expect(response.text()).toBe('OK');
    expect(response.header('content-length')).toBe('2');
    expect(response.header('content-encoding')).toBeUndefined();
    expect(response.header('vary')).toBe('Accept-Encoding');
  });

  it('encodes bytes of an eligible type', async () => {
    const response = await ask({}, ({ response: { headers } }) => {
      headers.set('Content-Type', 'application/wasm');
      return new Uint8Array(4000);
    });
    expect(gunzipSync(response.body).equals(Buffer.alloc(4000))).toBe(true);
  });

  it.each([['image/png'], ['application/zip'], ['application/grpc'], ['video/mp4; codecs="text/plain"']])(
    'neither encodes %s nor adds Vary',
    async (type) => {
      const response = await ask({}, reply({ 'Content-Type': type }));
      expect(response.text()).toBe(LONG);
      expect(response.header('content-encoding')).toBeUndefined();
      expect(response.header('vary')).toBeUndefined();
    },
  );

  it('ignores the case and the parameters of the type', async () => {
    const response = await ask({}, reply({ 'Content-Type': 'Application/JSON ; charset=utf-8' }));
    expect(response.header('content-encoding')).toBe('gzip');
  });

  it('does not encode bytes without a type', async () => {
    const response = await ask({}, ({ response: target }) => {
      target.status = 200;
      target.body = Buffer.from(LONG);
    });
    expect(response.header('content-encoding')).toBeUndefined();
    expect(response.header('vary')).toBeUndefined();
  });

  it('encodes the types that `types` accepts', async () => {
    const types = (type: string): boolean => type === 'model/obj' || isCompressibleType(type);
    const response = await ask({ types }, reply({ 'Content-Type': 'model/obj' }));
    expect(response.header('content-encoding')).toBe('gzip');
  });

  it.each([
    ['an error', 500],
    ['not found', 404],
    ['created', 201],
  ])('encodes %s (%i) like any response', async (_, status) => {
    const response = await ask({}, reply({}, status));
    expect(response.status).toBe(status);
    expect(response.header('content-encoding')).toBe('gzip');
  });

  it('encodes the response of a thrown error, and adds Vary to the 404 of an unknown path', async () => {
    const thrown = await ask(
      { minimumSize: 10 },
      () => {
        throw new Error('boom');
      },
      {},
      { logger: SILENT },
    );
    expect(thrown.status).toBe(500);
    expect(JSON.parse(gunzipSync(thrown.body).toString())).toMatchObject({ status: 500 });
    const missing = await ask({}, () => LONG, { url: '/nowhere' });
    expect(missing.status).toBe(404);
    expect(missing.header('vary')).toBe('Accept-Encoding');
  });

  it.each([[204], [205], [304]])('does not encode a %i without a body', async (status) => {
    const response = await ask({}, ({ response: target }) => {
      target.status = status;
      target.headers.set('Content-Type', 'text/plain');
    });
    expect(response.body).toHaveLength(0);
    expect(response.header('content-encoding')).toBeUndefined();
  });

  it('adds nothing to a 204', async () => {
    const response = await ask({}, () => noContent());
    expect(response.header('vary')).toBeUndefined();
    expect(response.header('content-encoding')).toBeUndefined();
  });

  it.each([
    ['206', {}, 206],
    ['Content-Range', { 'Content-Range': 'bytes 0-3999/9000' }, 200],
    ['no-transform', { 'Cache-Control': 'public, No-Transform' }, 200],
  ] as const)('does not encode a response with %s', async (_, headers, status) => {
    const response = await ask({}, reply(headers, status));
    expect(response.status).toBe(status);
    expect(response.text()).toBe(LONG);
    expect(response.header('content-encoding')).toBeUndefined();
    expect(response.header('content-length')).toBe('4000');
  });

  it('neither encodes an encoded body again nor adds Vary', async () => {
    const response = await ask({}, reply({ 'Content-Encoding': 'br' }));
    expect(response.header('content-encoding')).toBe('br');
    expect(response.text()).toBe(LONG);
    expect(response.header('vary')).toBeUndefined();
  });

  it('treats Content-Encoding: identity as none', async () => {
    const response = await ask({}, reply({ 'Content-Encoding': 'Identity' }));
    expect(response.header('content-encoding')).toBe('gzip');
  });

  it('sends a body that does not shrink as it is', async () => {
    let state = 1;
    const noise = Buffer.alloc(600).map(() => (state = (state * 48_271) % 2_147_483_647) & 255);
    const response = await ask({}, ({ response: { headers } }) => {
      headers.set('Content-Type', 'text/plain').set('ETag', '"a"');
      return noise;
    });
    expect(response.body.equals(noise)).toBe(true);
    expect(response.header('content-encoding')).toBeUndefined();
    expect(response.header('etag')).toBe('"a"');
  });

  it('sends an empty body as it is, even with minimumSize 0', async () => {
    const response = await ask({ minimumSize: 0 }, () => text(''));
    expect(response.header('content-encoding')).toBeUndefined();
    expect(response.header('content-length')).toBe('0');
  });

  it('does not encode responses that `skip` returns true for, but adds Vary', async () => {
    const skip = (context: Context): boolean => context.request.header('sec-fetch-site') === 'cross-site';
    const skipped = await ask({ skip }, () => LONG, {
      headers: { ...ACCEPT, 'sec-fetch-site': 'cross-site' },
    });
    expect(skipped.text()).toBe(LONG);
    expect(skipped.header('vary')).toBe('Accept-Encoding');
    expect((await ask({ skip }, () => LONG)).header('content-encoding')).toBe('gzip');
  });
});

describe('gzip with functions that throw', () => {
  const fail = (): never => {
    throw new Error('secret detail');
  };

  it.each(['skip', 'types'] as const)('answers 500 if %s throws, as for any step', async (name) => {
    const response = await ask({ [name]: fail }, () => LONG, {}, { logger: SILENT, development: false });
    expect(response.status).toBe(500);
    expect(response.text()).not.toContain('secret detail');
  });
});

describe('gzip and the request', () => {
  it.each([undefined, '', 'identity', 'gzip;q=0', 'notgzip', 'deflate, br', '*;q=0', 'gzip;q=0.2, identity'])(
    'sends the body as it is for Accept-Encoding %j, with Vary',
    async (accepted) => {
      const response = await ask({}, () => LONG, {
        headers: accepted === undefined ? {} : { 'accept-encoding': accepted },
      });
      expect(response.status).toBe(200);
      expect(response.text()).toBe(LONG);
      expect(response.header('content-length')).toBe('4000');
      expect(response.header('content-encoding')).toBeUndefined();
      expect(response.header('vary')).toBe('Accept-Encoding');
    },
  );

  it.each(['gzip', 'x-gzip', 'GZIP;q=0.1', '*', 'br, gzip', 'identity;q=0, gzip'])(
    'encodes for Accept-Encoding %j, with Content-Encoding gzip',
    async (accepted) => {
      const response = await ask({}, () => LONG, { headers: { 'accept-encoding': accepted } });
      expect(response.header('content-encoding')).toBe('gzip');
    },
  );

  it('reads all lines of a repeated Accept-Encoding', async () => {
    const response = await ask({}, () => LONG, { headers: { 'accept-encoding': ['br', 'gzip'] } });
    expect(response.header('content-encoding')).toBe('gzip');
  });

  it('does not read Accept-Encoding for short bodies and for types that it does not encode', async () => {
    const read: string[] = [];
    const spy: MiddlewareFunction = (context, next) => {
      const header = context.request.header.bind(context.request);
      jest.spyOn(context.request, 'header').mockImplementation((name) => {
        read.push(name);
        return header(name);
      });
      return next();
    };
    await ask({}, () => 'short', {}, { middleware: [spy] });
    await ask({}, reply({ 'Content-Type': 'image/png' }), {}, { middleware: [spy] });
    expect(read).toEqual([]);
    await ask({}, () => LONG, {}, { middleware: [spy] });
    expect(read).toEqual(['accept-encoding']);
  });

  it('answers HEAD with the headers of GET, without a Content-Length that would be wrong', async () => {
    const response = await ask({}, reply({ ETag: '"a"' }), { method: 'HEAD' });
    expect(response.body).toHaveLength(0);
    expect(response.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'text/plain; charset=utf-8',
      etag: 'W/"a"',
      vary: 'Accept-Encoding',
    });
    expect(response.header('content-length')).toBeUndefined();
  });

  it('sends the Content-Length of HEAD if GET would not encode the body', async () => {
    const short = await ask({}, () => 'OK', { method: 'HEAD' });
    expect(short.header('content-length')).toBe('2');
    expect(short.header('vary')).toBe('Accept-Encoding');
    const plain = await ask({}, () => LONG, { method: 'HEAD', headers: {} });
    expect(plain.header('content-length')).toBe('4000');
  });
});

describe('the headers of an encoded response', () => {
  it.each([
    ['"abc"', 'W/"abc"'],
    ['W/"abc"', 'W/"abc"'],
  ])('have, for the ETag %s, %s', async (etag, sent) => {
    expect((await ask({}, reply({ ETag: etag }))).header('etag')).toBe(sent);
  });

  it('keep a strong ETag if the body is sent as it is', async () => {
    expect((await ask({}, reply({ ETag: '"abc"' }), { headers: {} })).header('etag')).toBe('"abc"');
  });

  it('lose those that describe the bytes before encoding', async () => {
    const stale = {
      'Content-Length': '4000',
      'Content-MD5': 'AAAAAAAAAAAAAAAAAAAAAA==',
      'Content-Digest': 'sha-256=:AA==:',
      'Repr-Digest': 'sha-256=:AA==:',
      'Accept-Ranges': 'bytes',
    };
    const response = await ask({}, reply({ ...stale, 'Last-Modified': 'Mon, 01 Jun 2026 00:00:00 GMT' }));
    expect(response.header('content-length')).toBe(String(response.body.length));
    for (const name of Object.keys(stale).slice(1)) expect(response.header(name)).toBeUndefined();
    expect(response.header('last-modified')).toBe('Mon, 01 Jun 2026 00:00:00 GMT');
    expect((await ask({}, reply(stale), { headers: {} })).headers).toMatchObject({
      'accept-ranges': 'bytes',
    });
  });

  it.each([
    ['Origin', 'Origin, Accept-Encoding'],
    ['accept-encoding', 'accept-encoding'],
    ['*', '*'],
  ])('have, for Vary: %s, %s', async (vary, merged) => {
    expect((await ask({}, reply({ Vary: vary }))).header('vary')).toBe(merged);
  });
});

describe('gzip and a 304', () => {
  const unchanged = (context: Context): void => {
    context.response.status = 304;
    context.response.headers.set('ETag', '"abc"');
  };

  it('adds the Vary of the 200', async () => {
    expect((await ask({}, unchanged)).header('vary')).toBe('Accept-Encoding');
  });

  it('weakens the ETag only if the client has the encoded body', async () => {
    const etagFor = async (known: string): Promise<string | undefined> =>
      (await ask({}, unchanged, { headers: { ...ACCEPT, 'if-none-match': known } })).header('etag');
    expect(await etagFor('W/"abc"')).toBe('W/"abc"');
    expect(await etagFor('"old", W/"abc"')).toBe('W/"abc"');
    expect(await etagFor('"abc"')).toBe('"abc"');
    expect(await etagFor('W/"other"')).toBe('"abc"');
  });

  it('adds no Vary for a type that is never encoded', async () => {
    const response = await ask({}, (context) => {
      context.response.headers.set('Content-Type', 'image/png');
      unchanged(context);
    });
    expect(response.header('vary')).toBeUndefined();
  });
});

describe('gzip with onUnacceptable: refuse', () => {
  const REFUSE = { onUnacceptable: 'refuse' } as const;
  const nothing = { headers: { 'accept-encoding': 'br, *;q=0' } };

  it('answers 406 with Vary if neither gzip nor identity is accepted', async () => {
    const response = await ask(REFUSE, () => LONG, nothing);
    expect(response.status).toBe(406);
    expect(response.header('vary')).toBe('Accept-Encoding');
    expect(response.json()).toMatchObject({ status: 406, code: 'encoding_not_acceptable' });
  });

  it('answers 406 for short bodies and for HEAD too', async () => {
    expect((await ask(REFUSE, () => 'OK', nothing)).status).toBe(406);
    expect((await ask(REFUSE, () => LONG, { ...nothing, method: 'HEAD' })).status).toBe(406);
  });

  it('encodes short bodies if identity is not accepted, even if they grow', async () => {
    const response = await ask(REFUSE, () => 'OK', { headers: { 'accept-encoding': 'gzip, identity;q=0' } });
    expect(gunzipSync(response.body).toString()).toBe('OK');
  });

  it('does not refuse a POST, an error or another type', async () => {
    expect((await ask(REFUSE, () => LONG, { ...nothing, method: 'POST' })).status).toBe(200);
    expect((await ask(REFUSE, reply({}, 404), nothing)).status).toBe(404);
    expect((await ask(REFUSE, reply({ 'Content-Type': 'image/png' }), nothing)).status).toBe(200);
  });

  it('does not encode short bodies if identity is accepted', async () => {
    expect((await ask(REFUSE, () => 'OK')).text()).toBe('OK');
  });
});

describe('gzip and threads', () => {
  async function findResponseKind(options: GzipOptions, body: string): Promise<string> {
    let kind = '';
    const watch: MiddlewareFunction = (_, next) => {
      const passed = next();
      kind = isPromise(passed) ? 'later' : 'now';
      return passed;
    };
    const response = await ask(options, () => body, {}, { middleware: [watch], development: false });
    expect(gunzipSync(response.body).toString()).toBe(body);
    return kind;
  }

  it('encodes up to syncThreshold bytes at once, more on another thread', async () => {
    expect(await findResponseKind({}, 'x'.repeat(16_384))).toBe('now');
    expect(await findResponseKind({}, 'x'.repeat(16_385))).toBe('later');
    expect(await findResponseKind({ syncThreshold: 1000 }, 'x'.repeat(1001))).toBe('later');
  });

  it('encodes behind an asynchronous handler', async () => {
    const response = await ask({}, async () => {
      await Promise.resolve();
      return json({ text: LONG });
    });
    expect(JSON.parse(gunzipSync(response.body).toString())).toEqual({ text: LONG });
  });

  it('answers every request, even if more come than maxConcurrency', async () => {
    const body = 'x'.repeat(100_000);
    const app = await createApp({
      routes: [{ method: 'GET', path: '/', handler: () => body }],
      middleware: [gzip({ maxConcurrency: 1 })],
    });
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => app.inject({ url: '/', headers: ACCEPT })),
    );
    for (const response of responses) expect(gunzipSync(response.body).toString()).toBe(body);
  });

  it('does not encode for a client that disconnected while it waited', async () => {
    const app = await createApp({
      routes: [{ method: 'GET', path: '/', handler: () => 'x'.repeat(100_000) }],
      middleware: [gzip({ maxConcurrency: 1 })],
    });
    const gone = new AbortController();
    const first = app.inject({ url: '/', headers: ACCEPT });
    const waiting = app.inject({ url: '/', headers: ACCEPT, signal: gone.signal });
    const last = app.inject({ url: '/', headers: ACCEPT });
    gone.abort();
    const codings = (await Promise.all([first, waiting, last])).map((each) =>
      each.header('content-encoding'),
    );
    expect(codings).toEqual(['gzip', undefined, 'gzip']);
  });
});

describe('gzip and streams', () => {
  async function* yieldChunks(): AsyncGenerator<string> {
    for (let count = 0; count < 10; count += 1) yield await Promise.resolve('x'.repeat(400));
  }
  const send =
    (headers: ReplyInit['headers'] = {}) =>
    () =>
      stream(yieldChunks(), { headers: { 'Content-Type': 'text/plain', ...headers } });

  it('encodes a stream, and removes its Content-Length', async () => {
    const response = await ask({}, send({ 'Content-Length': '4000' }));
    expect(gunzipSync(response.body).toString()).toBe(LONG);
    expect(response.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(response.header('content-length')).toBeUndefined();
  });

  it('does not encode a stream whose Content-Length is below minimumSize', async () => {
    const response = await ask({ minimumSize: 5000 }, send({ 'Content-Length': '4000' }));
    expect(response.text()).toBe(LONG);
    expect(response.header('content-length')).toBe('4000');
  });

  it('does not encode a stream for a client that does not accept gzip', async () => {
    const response = await ask({}, send(), { headers: { 'accept-encoding': 'identity' } });
    expect(response.text()).toBe(LONG);
    expect(response.header('vary')).toBe('Accept-Encoding');
  });

  it('encodes event streams only with the option eventStreams', async () => {
    const events = send({ 'Content-Type': 'text/event-stream' });
    const plain = await ask({}, events);
    expect(plain.text()).toBe(LONG);
    expect(plain.header('vary')).toBeUndefined();
    const encoded = await ask({ eventStreams: true }, events);
    expect(gunzipSync(encoded.body).toString()).toBe(LONG);
    expect(encoded.header('vary')).toBe('Accept-Encoding');
  });

  it('breaks off when the source fails', async () => {
    const broken = ask({}, () =>
      stream(
        (async function* () {
          yield await Promise.resolve('some');
          throw new Error('source failed');
        })(),
        { headers: { 'Content-Type': 'text/plain' } },
      ),
    );
    await expect(broken).rejects.toThrow('source failed');
  });

  it('asks the source of a HEAD for one chunk, and stops it', async () => {
    const next = jest.fn(() => Promise.resolve({ done: false as const, value: 'chunk' }));
    const stop = jest.fn(() => Promise.resolve({ done: true as const, value: undefined }));
    const source = { [Symbol.asyncIterator]: () => ({ next, return: stop }) };
    const response = await ask({}, () => stream(source, { headers: { 'Content-Type': 'text/plain' } }), {
      method: 'HEAD',
    });
    expect(response.header('content-encoding')).toBe('gzip');
    expect(response.header('content-length')).toBeUndefined();
    expect([next.mock.calls.length, stop.mock.calls.length]).toEqual([1, 1]);
  });

  it('encodes no more than maxStreams at once, and another when one has ended', async () => {
    let proceed = (): void => undefined;
    let entered = (): void => undefined;
    const gate = new Promise<void>((resolve) => (proceed = resolve));
    const isOpen = new Promise<void>((resolve) => (entered = resolve));
    async function* wait(): AsyncGenerator<string> {
      yield 'first';
      entered();
      await gate;
    }
    const type = { headers: { 'Content-Type': 'text/plain' } };
    const app = await createApp({
      routes: [
        { method: 'GET', path: '/slow', handler: () => stream(wait(), type) },
        { method: 'GET', path: '/', handler: () => stream(yieldChunks(), type) },
      ],
      middleware: [gzip({ maxStreams: 1 })],
    });
    const slow = app.inject({ url: '/slow', headers: ACCEPT });
    await isOpen;
    const plain = await app.inject({ url: '/', headers: ACCEPT });
    expect([plain.header('content-encoding'), plain.text()]).toEqual([undefined, LONG]);
    proceed();
    expect(gunzipSync((await slow).body).toString()).toBe('first');
    expect((await app.inject({ url: '/', headers: ACCEPT })).header('content-encoding')).toBe('gzip');
  });
});

describe('the options of gzip', () => {
  it('have the defaults of FastAPI', () => {
    expect(gzip()).toMatchObject({
      name: 'gzip',
      options: {
        minimumSize: 500,
        compressLevel: 9,
        syncThreshold: 16_384,
        maxStreams: 100,
        eventStreams: false,
      },
    });
  });

  it('appear in the plan with functions by name', () => {
    const isSecret = (): boolean => true;
    expect(gzip({ skip: isSecret }).options).toMatchObject({ skip: 'function isSecret' });
  });

  it('make smaller bodies at higher levels', async () => {
    const rows = JSON.stringify(
      Array.from({ length: 500 }, (_, id) => ({ id, name: `user ${(id * 7919) % 10_007}` })),
    );
    const [fast, small] = await Promise.all(
      [1, 9].map((compressLevel) => ask({ compressLevel }, () => rows)),
    );
    expect(small!.body.length).toBeLessThan(fast!.body.length);
  });

  it.each([
    { compressLevel: 0 },
    { compressLevel: 10 },
    { compressLevel: '6' },
    { minimumSize: -1 },
    { minimumSize: 1.5 },
    { maxConcurrency: 0 },
    { syncThreshold: -1 },
    { maxStreams: -1 },
    { eventStreams: 'yes' },
    { skip: true },
    { types: ['text/plain'] },
    { onUnacceptable: '406' },
    { compress_level: 6 },
    { level: 6 },
  ])('refuse %j at start-up', (options) => {
    expect(() => gzip(options as never)).toThrow(ConfigurationError);
  });
});
