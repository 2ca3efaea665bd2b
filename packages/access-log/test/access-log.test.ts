import { get as httpGet, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import {
  ConfigurationError,
  contextKey,
  Controller,
  createApp,
  Ctx,
  Get,
  notFound,
  Param,
  SkipMiddleware,
  stream,
  type App,
  type AppOptions,
  type Context,
  type Next,
} from '@sluice/core';
import { requestId } from '@sluice/request-id';
import fc from 'fast-check';
import { accessLog, type AccessLogOptions } from '../src';
import { formatLine } from '../src/format-line';
import { REDACTED, redactQuery } from '../src/redact';

type Logged = readonly [level: string, entry: unknown, message?: string];

let release: () => void;

@Controller('/notes')
class NotesController {
  @Get('/:id')
  show(@Param('id') id: string) {
    return { id };
  }

  @Get('/missing/one')
  miss() {
    throw notFound();
  }

  @Get('/broken/one')
  fail() {
    throw new Error('no disk');
  }

  @Get('/later/one')
  async later() {
    await wait(20);
    return 'later';
  }

  @Get('/stream/one')
  stream() {
    return stream(
      (async function* () {
        yield 'first';
        await wait(30);
        yield 'second';
      })(),
    );
  }

  @Get('/torn/one')
  torn() {
    return stream(
      (async function* () {
        yield 'first';
        await wait(5);
        throw new Error('disk');
      })(),
    );
  }

  @Get('/cookie/one')
  cookie(@Ctx() { response }: Context) {
    response.setCookie('session', 'secret');
    return 'set';
  }

  @Get('/idle/one')
  async idle(@Ctx() { signal }: Context) {
    await new Promise<void>((resolve) => {
      release = resolve;
      signal.addEventListener('abort', () => resolve());
    });
    return 'never';
  }

  @Get('/health/one')
  @SkipMiddleware('accessLog')
  health() {
    return 'fine';
  }
}

function makeSink() {
  const logged: Logged[] = [];
  const take =
    (level: string) =>
    (...rest: [unknown, string?]) =>
      void logged.push([level, ...rest]);
  return { logged, logger: { info: take('info'), warn: take('warn'), error: take('error') } };
}

async function start(options: AccessLogOptions = {}, rest: AppOptions = {}) {
  const { logged, logger } = makeSink();
  const errors: string[] = [];
  const app = await createApp({
    controllers: [NotesController],
    middleware: [requestId({ generate: () => 'made-here' }), accessLog({ logger, ...options })],
    logger: {
      info: () => undefined,
      warn: () => undefined,
      error: (error, message) => void errors.push(`${message}: ${String(error)}`),
    },
    development: false,
    ...rest,
  });
  return { app, logged, errors };
}

const last = (logged: readonly Logged[]) => logged.at(-1)![1] as Record<string, unknown>;

describe('an entry', () => {
  it('has the pattern of the route, the path, the status, the bytes, the time and the id', async () => {
    const { app, logged } = await start();
    await app.inject({ url: '/notes/7?token=secret' });
    expect(logged).toEqual([
      [
        'info',
        {
          method: 'GET',
          route: '/notes/:id',
          path: '/notes/7',
          status: 200,
          bytes: 10,
          durationMs: expect.any(Number) as number,
          requestId: 'made-here',
        },
        'request completed',
      ],
    ]);
  });

  it('has more fields that cannot replace its own, known when the response has ended', async () => {
    const TENANT = contextKey<string>('tenant');
    const fields = (context: Context) => ({ tenant: context.get(TENANT), status: 1, user: undefined });
    const setTenant = (context: Context, next: Next) => {
      context.set(TENANT, 'a b\n');
      return next();
    };
    const entries: unknown[] = [];
    for (const format of ['object', 'line'] as const) {
      const { logged, logger } = makeSink();
      const { app } = await start(
        {},
        { middleware: [accessLog({ logger, format, fields }), setTenant], development: false },
      );
      await app.inject({ url: '/notes/7' });
      entries.push(logged[0]![1]);
    }
    expect(entries[0]).toMatchObject({ tenant: 'a b\n', status: 200, path: '/notes/7' });
    expect(entries[1]).toMatch(/^GET \/notes\/7 200 [0-9.]+ ms 10 B tenant="a b\\n" status=1$/);
  });

  it('is logged although its more fields fail', async () => {
    const { app, logged, errors } = await start({
      fields: () => {
        throw new Error('no tenant');
      },
    });
    await app.inject({ url: '/notes/7' });
    expect(last(logged)).toMatchObject({ status: 200 });
    expect(errors).toEqual(['The fields of accessLog failed: Error: no tenant']);
  });

  it.each([
    ['/notes/7', 200, 'info'],
    ['/notes/missing/one', 404, 'warn'],
    ['/notes/broken/one', 500, 'error'],
    ['/nowhere', 404, 'warn'],
  ])('has for %s the status %i and the level %s', async (url, status, level) => {
    const { app, logged } = await start();
    await app.inject({ url });
    expect(logged).toHaveLength(1);
    expect([logged[0]![0], last(logged)['status']]).toEqual([level, status]);
  });

  it('has no route where none matched, so random paths make no new groups', async () => {
    const { app, logged } = await start();
    await app.inject({ url: '/wp-login.php' });
    expect(last(logged)).toMatchObject({ path: '/wp-login.php', route: undefined });
  });

  it('has for a 5xx the id by which the log of core names the request, where no middleware makes ids', async () => {
    const { logged, logger } = makeSink();
    const { app, errors } = await start({}, { middleware: [accessLog({ logger })] });
    const response = await app.inject({ url: '/notes/broken/one' });
    const { instance } = response.json<{ instance: string }>();
    expect(last(logged)['requestId']).toBe(instance);
    expect(errors[0]).toContain(instance);
  });

  it('has no path where it may be secret', async () => {
    const { app, logged } = await start({ path: false, query: true });
    await app.inject({ url: '/notes/7?a=1' });
    expect(last(logged)).toMatchObject({ route: '/notes/:id', path: undefined });
  });

  it('has the address and the User-Agent if that is asked for', async () => {
    const { app, logged } = await start({ address: true, userAgent: true });
    await app.inject({ url: '/notes/7', headers: { 'user-agent': 'curl/8' } });
    expect(last(logged)).toMatchObject({ address: '127.0.0.1', userAgent: 'curl/8' });
  });

  it('comes when the response has ended, of a stream too', async () => {
    const { app, logged } = await start();
    await app.inject({ url: '/notes/later/one' });
    expect(last(logged)).toMatchObject({ bytes: 5, route: '/notes/later/one' });
    await app.inject({ url: '/notes/stream/one' });
    expect(logged).toHaveLength(2);
    expect(last(logged)).toMatchObject({ status: 200, bytes: undefined });
    expect(last(logged)['durationMs']).toBeGreaterThan(25);
  });

  it('says that the response broke off, as an error', async () => {
    const { app, logged } = await start();
    await expect(app.inject({ url: '/notes/torn/one' })).rejects.toThrow();
    expect(logged).toEqual([['error', expect.objectContaining({ broken: true }), 'response broke off']]);
  });
});

describe('secrets', () => {
  it('in Authorization, Cookie and Set-Cookie are never logged, and more headers can be named', async () => {
    const { app, logged } = await start({
      requestHeaders: ['Authorization', 'COOKIE', 'Accept', 'X-Internal'],
      responseHeaders: ['Set-Cookie', 'Content-Type', 'ETag'],
      redactHeaders: ['X-INTERNAL'],
    });
    const headers = { authorization: 'Bearer abc', cookie: 'a=b', accept: '*/*', 'x-internal': 'pw' };
    await app.inject({ url: '/notes/cookie/one', headers });
    expect(last(logged)).toMatchObject({
      requestHeaders: {
        authorization: REDACTED,
        cookie: REDACTED,
        accept: '*/*',
        'x-internal': REDACTED,
      },
      responseHeaders: { 'set-cookie': REDACTED, 'content-type': 'text/plain; charset=utf-8' },
    });
    expect(JSON.stringify(logged)).not.toMatch(/Bearer|a=b|session=|pw/);
  });

  it.each([
    ['?a=1&token=x', '?a=1&token=[redacted]'],
    ['?TOKEN=x&token=y', '?TOKEN=[redacted]&token=[redacted]'],
    ['?%74oken=x', '?%74oken=[redacted]'],
    ['?token[a]=x&token%5Bb%5D=y', '?token[a]=[redacted]&token%5Bb%5D=[redacted]'],
    [
      '?user[token]=x&user%5Btoken%5D=y&user.token=z',
      '?user[token]=[redacted]&user%5Btoken%5D=[redacted]&user.token=[redacted]',
    ],
    ['?mine=x&%ff=y&token', '?mine=[redacted]&%ff=y&token'],
    ['?token=a=b', '?token=[redacted]'],
    ['?+token+=a', '?+token+=[redacted]'],
  ])('in the query %s are %s', async (query, logged) => {
    const started = await start({ query: true, redactQuery: ['Mine'] });
    await started.app.inject({ url: `/notes/7${query}` });
    expect(last(started.logged)['path']).toBe(`/notes/7${logged}`);
  });

  it('never appear, whatever surrounds their key', () => {
    const other = fc.string({ maxLength: 12 }).map((text) => encodeURIComponent(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(other, other), { maxLength: 6 }), (pairs) => {
        const query = [...pairs.map(([key, value]) => `${key}=${value}`), 'token=hidden-value'].join('&');
        const redacted = redactQuery(query, new Set(['token']));
        expect(redacted).not.toContain('hidden-value');
        expect(redacted.split('&')).toHaveLength(query.split('&').length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the line for people', () => {
  it('is the form in development', async () => {
    const { app, logged } = await start({ address: true }, { development: true });
    await app.inject({ url: '/notes/7' });
    expect(logged).toEqual([
      ['info', expect.stringMatching(/^GET \/notes\/7 200 \d+\.\d ms 10 B id made-here 127\.0\.0\.1$/)],
    ]);
  });

  it('cannot be forged by any text of a client (CWE-117)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const line = formatLine({
          method: 'GET',
          route: '/',
          path: text,
          status: 200,
          bytes: 0,
          durationMs: 1,
          requestId: undefined,
          userAgent: text,
          requestHeaders: { accept: text },
        });
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 500 },
    );
  });

  it('is an object where that is asked for, also in development', async () => {
    const { app, logged } = await start({ format: 'object' }, { development: true });
    await app.inject({ url: '/notes/7' });
    expect(logged[0]).toHaveLength(3);
  });
});

describe('the logger', () => {
  it('may throw or reject without an effect on the request', async () => {
    const fail = () => {
      throw new Error('full');
    };
    for (const logger of [
      { info: fail, warn: fail, error: fail },
      {
        info: () => Promise.reject(new Error('full')),
        warn: fail,
        error: fail,
      },
    ]) {
      const { app, errors } = await start({ logger });
      const response = await app.inject({ url: '/notes/7' });
      expect([response.status, response.header('x-request-id')]).toEqual([200, 'made-here']);
      await wait(1);
      expect(errors).toEqual(['The logger of accessLog failed: Error: full']);
    }
  });

  it('is by default the console, with one line of JSON', async () => {
    const info = jest.spyOn(console, 'info').mockImplementation(() => undefined);
    const { app } = await start({}, { middleware: [accessLog()] });
    await app.inject({ url: '/notes/7%0A' });
    const lines = info.mock.calls.map(([line]) => String(line));
    info.mockRestore();
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('\n');
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'info', msg: 'request completed', status: 200 });
  });
});

describe('a request that is not logged', () => {
  it('is chosen by a function, or with @SkipMiddleware', async () => {
    const { app, logged } = await start({ skip: ({ request }) => request.path === '/notes/7' });
    await app.inject({ url: '/notes/7' });
    await app.inject({ url: '/notes/health/one' });
    expect(logged).toEqual([]);
    await app.inject({ url: '/notes/8' });
    expect(logged).toHaveLength(1);
  });
});

const ENGINES = process.env['TESTED_ENGINE'] === 'node' ? (['node'] as const) : (['uws', 'node'] as const);

describe.each(ENGINES)('on sockets, %s', (engine) => {
  let app: App;
  afterEach(() => app.close({ timeoutMs: 0 }));

  async function listen(options: AccessLogOptions = {}) {
    const started = await start(options, { engine });
    app = started.app;
    const { port } = await app.listen({ port: 0, handleSignals: false });
    return { ...started, url: `http://127.0.0.1:${port}` };
  }

  it('logs what was answered at once, later and as a stream', async () => {
    const { logged, url } = await listen({ address: true, userAgent: true, query: true });
    for (const path of ['/notes/7?a=1', '/notes/later/one', '/notes/stream/one', '/nowhere'])
      await (await fetch(url + path, { headers: { 'user-agent': 'test' } })).text();
    await waitUntil(() => logged.length === 4);
    expect(logged.map(([, entry]) => entry)).toEqual(
      ['/notes/7?a=1', '/notes/later/one', '/notes/stream/one', '/nowhere'].map((path) =>
        expect.objectContaining({ path, address: '127.0.0.1', userAgent: 'test', requestId: 'made-here' }),
      ),
    );
  });

  it('logs a client that leaves before the answer, once', async () => {
    const { logged, url } = await listen();
    const request = httpGet(`${url}/notes/idle/one`).on('error', () => undefined);
    await wait(100);
    request.destroy();
    await waitUntil(() => logged.length > 0);
    release();
    expect(logged).toEqual([
      ['info', expect.objectContaining({ aborted: true, bytes: undefined }), 'request aborted'],
    ]);
  });

  it('logs a client that leaves a stream, once', async () => {
    const { logged, url } = await listen();
    const response = await new Promise<IncomingMessage>((resolve) =>
      httpGet(`${url}/notes/stream/one`, resolve),
    );
    response.on('error', () => undefined).destroy();
    await waitUntil(() => logged.length > 0);
    await wait(50);
    expect(logged).toEqual([['info', expect.objectContaining({ aborted: true }), 'request aborted']]);
  });
});

async function waitUntil(isThere: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1000 && !isThere(); turn += 1) await wait(5);
}

describe('options', () => {
  it.each<[unknown, string]>([
    [{ loger: console }, 'OPTION_UNKNOWN'],
    [{ logger: { info() {} } }, 'OPTION_INVALID'],
    [{ format: 'xml' }, 'OPTION_INVALID'],
    [{ requestHeaders: ['a b'] }, 'OPTION_INVALID'],
    [{ redactQuery: [''] }, 'OPTION_INVALID'],
    [{ skip: true }, 'OPTION_INVALID'],
    [{ fields: { tenant: 'a' } }, 'OPTION_INVALID'],
  ])('that are invalid refuse to start (%#)', (options, code) => {
    let problems: readonly { code: string }[] = [];
    try {
      accessLog(options as AccessLogOptions);
    } catch (error) {
      problems = (error as ConfigurationError).problems;
    }
    expect(problems).toEqual([expect.objectContaining({ code })]);
  });
});
