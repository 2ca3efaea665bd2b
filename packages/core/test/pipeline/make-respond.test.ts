import { setTimeout as sleep } from 'node:timers/promises';
import {
  afterwards,
  createApp,
  HttpError,
  methodNotAllowed,
  notFound,
  serviceUnavailable,
  tooManyRequests,
  unauthorized,
  type Context,
  type Middleware,
  type Next,
} from '../../src';
import { runRoute } from './run-route';

const boom = new Error('secret');

function fail(error: unknown): () => never {
  return () => {
    throw error;
  };
}

/** Asserts that `next()` returns undefined or a promise of it, and records the response afterwards. */
function watch(seen: unknown[]): Middleware {
  return {
    name: 'watch',
    handle: (context, next) =>
      afterwards(next(), () => void seen.push([context.response.status, context.error])),
  };
}

describe('an error', () => {
  it.each<[string, () => unknown]>([
    ['thrown by the handler', fail(boom)],
    ['that the handler rejects with', async () => fail(boom)()],
    ['that the handler returns', () => boom],
  ])('%s has become the response before next() returns', async (_name, handler) => {
    const seen: unknown[] = [];
    const response = await runRoute({ handler, around: [watch(seen)], middleware: [watch(seen)] });
    expect(response.status).toBe(500);
    expect(seen).toEqual([
      [500, boom],
      [500, boom],
    ]);
  });

  it.each([0, 1, 2])(
    'becomes the response at its own layer %i, on the way in and on the way back',
    async (layer) => {
      for (const when of ['in', 'out', 'async in', 'async out']) {
        const seen: string[] = [];
        const steps = [0, 1, 2].map((index): Middleware => ({
          name: `step${index}`,
          handle: (_context: Context, next: Next) => {
            const act = (time: string) => {
              seen.push(`${time} ${index}`);
              if (index === layer && when.endsWith(time)) throw boom;
            };
            if (when.startsWith('async'))
              return (async () => {
                await sleep(0);
                act('in');
                await next();
                act('out');
              })();
            act('in');
            return afterwards(next(), () => act('out'));
          },
        }));
        const response = await runRoute({ handler: () => 'ok', around: steps });
        const reached = when.endsWith('in') ? layer : 2;
        expect(response.status).toBe(500);
        expect(seen.filter((line) => line.startsWith('in'))).toHaveLength(reached + 1);
        expect(seen.filter((line) => line.startsWith('out'))).toEqual(
          [2, 1, 0]
            .filter((index) => (when.endsWith('in') ? index < layer : true))
            .map((index) => `out ${index}`),
        );
      }
    },
  );

  it('changes nothing if an outer step rethrows it, not even a response that was replaced', async () => {
    const rethrow = (context: Context, next: Next) =>
      afterwards(next(), () => {
        context.response.status = 418;
        throw context.error;
      });
    for (const error of [boom, notFound('gone'), 'text', null, 0]) {
      const response = await runRoute({ handler: fail(error), around: [rethrow, rethrow] });
      expect(response.status).toBe(418);
      expect(response.logged).toHaveLength(error instanceof HttpError ? 0 : 1);
    }
  });

  it('is replaced by a later error of an outer step', async () => {
    const seen: unknown[] = [];
    const other = notFound();
    const again = (_context: Context, next: Next) => afterwards(next(), fail(other));
    const response = await runRoute({ handler: fail(boom), around: [watch(seen), again] });
    expect([response.status, seen]).toEqual([404, [[404, other]]]);
  });

  it.each([['text'], [undefined], [null], [0], [{ a: 1 }]])(
    'may be %p, which is not an Error: 500',
    async (thrown) => {
      const seen: unknown[] = [];
      const response = await runRoute({ handler: fail(thrown), around: [watch(seen)] });
      expect([response.status, response.json()]).toMatchObject([500, { code: 'internal_server_error' }]);
      expect(seen).toEqual([[500, thrown ?? response.logged[0]]]);
      expect((response.logged[0] as Error).cause).toBe(thrown);
    },
  );

  it('means the same whether it is returned or thrown', async () => {
    const [thrown, returned] = await Promise.all(
      [fail(notFound('Not here.')), () => notFound('Not here.')].map((handler) => runRoute({ handler })),
    );
    expect(returned!.status).toBe(404);
    expect({ ...returned!.json<object>(), instance: '' }).toEqual({
      ...thrown!.json<object>(),
      instance: '',
    });
  });

  it('becomes the response if a middleware returns it', async () => {
    const around = [{ name: 'auth', handle: () => unauthorized() }];
    expect((await runRoute({ handler: () => 'ok', around })).status).toBe(401);
  });
});

describe('the headers of an error response', () => {
  it('keep those that middleware set, except those that described the body', async () => {
    const before = (context: Context, next: Next) => {
      context.response.headers
        .set('X-Id', '7')
        .vary('Origin')
        .set('Cache-Control', 'public')
        .set('ETag', '"1"');
      context.response.headers.set('Content-Language', 'de').set('Access-Control-Allow-Origin', '*');
      context.response.setCookie('a', '1');
      context.response.status = 201;
      return next();
    };
    for (const handler of [fail(boom), async () => fail(boom)()]) {
      const { status, headers } = await runRoute({ handler, middleware: [before] });
      expect(status).toBe(500);
      expect(headers).toEqual({
        'x-id': '7',
        vary: 'Origin',
        'access-control-allow-origin': '*',
        'set-cookie': 'a=1',
        'content-type': 'application/problem+json',
        'content-length': headers['content-length'],
      });
    }
  });

  it('include those of the error', async () => {
    const response = await runRoute({ handler: fail(tooManyRequests({ headers: { 'Retry-After': 5 } })) });
    expect([response.status, response.header('retry-after')]).toEqual([429, '5']);
  });

  it('turn it into a 500 without them if they cannot be sent', async () => {
    for (const formatError of [undefined, () => ({})]) {
      const error = notFound({ headers: { 'X-A': '\r\nX-B: 1' } });
      const response = await runRoute({ handler: fail(error), ...(formatError && { formatError }) });
      expect([response.status, response.header('x-a'), response.header('x-b')]).toEqual([
        500,
        undefined,
        undefined,
      ]);
      expect(response.logged).toHaveLength(1);
    }
  });
});

describe('the log', () => {
  it('has every 5xx, with its instance, and no 4xx', async () => {
    expect((await runRoute({ handler: fail(boom) })).logged).toEqual([boom]);
    expect((await runRoute({ handler: fail(notFound()) })).logged).toEqual([]);
  });

  it('has no entry for an unknown method, because a client could fill the log', async () => {
    const response = await runRoute({ handler: () => 1, request: { method: 'BREW' } });
    expect([response.status, response.logged]).toEqual([501, []]);
  });

  it('has one line without a stack for an error that is reported elsewhere', async () => {
    const lines: unknown[][] = [];
    const log = (...entry: unknown[]) => void lines.push(entry);
    const error = serviceUnavailable({ detail: 'Not now.', cause: boom, isReported: true });
    const routes = [{ method: 'GET' as const, path: '/x', name: 'route', handler: fail(error) }];
    const app = await createApp({ logger: { info: log, warn: log, error: log }, routes });
    const { instance } = (await app.inject({ url: '/x', headers: { 'x-request-id': 'a' } })).json<{
      instance: string;
    }>();
    expect(lines).toEqual([[`route (/x) failed: ${instance}, request a: Not now.`]]);
  });
});

describe('formatError', () => {
  it('replaces the shape, and keeps status and headers of the error', async () => {
    const formatError = (error: Error, { request }: Context) => ({ oops: error.message, at: request.path });
    const response = await runRoute({ handler: fail(methodNotAllowed(['GET'])), formatError });
    expect([
      response.status,
      response.header('allow'),
      response.header('content-type'),
      response.json(),
    ]).toEqual([405, 'GET', 'application/json', { oops: 'Method Not Allowed', at: '/x' }]);
  });

  it('also shapes the responses of the fallback', async () => {
    const formatError = () => 'nothing here';
    const response = await runRoute({ handler: () => 1, formatError, request: { url: '/none' } });
    expect([response.status, response.text()]).toEqual([404, 'nothing here']);
  });

  it('may be asynchronous', async () => {
    const response = await runRoute({
      handler: fail(notFound()),
      formatError: async () => ({ later: true }),
    });
    expect([response.status, response.json()]).toEqual([404, { later: true }]);
  });

  it('returns undefined to keep the default', async () => {
    for (const formatError of [() => undefined, async () => undefined]) {
      const response = await runRoute({ handler: fail(notFound()), formatError });
      expect(response.json()).toMatchObject({ status: 404, code: 'not_found' });
    }
  });

  it.each<[string, () => unknown]>([
    ['throws', fail(new Error('format'))],
    ['throws an HttpError', fail(notFound())],
    ['rejects', async () => fail(new Error('format'))()],
    ['returns an error', () => new Error('format')],
    ['returns a value that cannot be sent', () => 1n],
  ])('makes it a 500, logged twice and shown to no client, if it %s', async (_name, formatError) => {
    const response = await runRoute({ handler: fail(boom), formatError });
    expect([response.status, response.json()]).toMatchObject([500, { code: 'internal_server_error' }]);
    expect(response.text()).not.toMatch(/secret|format/);
    expect(response.logged).toHaveLength(2);
  });
});

describe('a stream', () => {
  it('is stopped if an error replaces it', async () => {
    const cancel = jest.fn();
    const around = [(_context: Context, next: Next) => afterwards(next(), fail(boom))];
    const start = (controller: ReadableStreamDefaultController) => controller.enqueue('one');
    const response = await runRoute({ handler: () => new ReadableStream({ start, cancel }), around });
    expect([response.status, cancel.mock.calls.length]).toEqual([500, 1]);
  });
});
