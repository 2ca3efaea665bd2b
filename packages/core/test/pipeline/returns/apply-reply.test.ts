import { Readable } from 'node:stream';
import {
  afterwards,
  created,
  html,
  json,
  noContent,
  redirect,
  stream,
  text,
  type Context,
  type Next,
} from '../../../src';
import { runRoute } from '../run-route';

const JSON_TYPE = 'application/json';
const TEXT_TYPE = 'text/plain; charset=utf-8';
const BYTES_TYPE = 'application/octet-stream';

async function* chunks() {
  yield 'a';
  yield await Promise.resolve(Buffer.from('b'));
}

describe('the result of a handler becomes the response:', () => {
  it.each<[string, () => unknown, string, string]>([
    ['an object', () => ({ a: 1 }), '{"a":1}', JSON_TYPE],
    ['a list', () => [1], '[1]', JSON_TYPE],
    ['an empty list', () => [], '[]', JSON_TYPE],
    ['a number', () => 0, '0', JSON_TYPE],
    ['false', () => false, 'false', JSON_TYPE],
    ['null', () => null, 'null', JSON_TYPE],
    ['a date', () => new Date(0), '"1970-01-01T00:00:00.000Z"', JSON_TYPE],
    ['an object without prototype', () => Object.create(null), '{}', JSON_TYPE],
    ['text', () => 'é', 'é', TEXT_TYPE],
    ['no text', () => '', '', TEXT_TYPE],
    ['bytes', () => new Uint8Array([97]), 'a', BYTES_TYPE],
    ['a buffer', () => Buffer.from('a'), 'a', BYTES_TYPE],
    ['an async iterable', () => chunks(), 'ab', BYTES_TYPE],
    ['a Readable', () => Readable.from(['a', 'b']), 'ab', BYTES_TYPE],
    ['a web stream', () => ReadableStream.from(chunks()), 'ab', BYTES_TYPE],
  ])('%s', async (_name, handler, body, contentType) => {
    for (const answer of [handler, async () => handler()]) {
      const response = await runRoute({ handler: answer });
      expect([response.status, response.text(), response.header('content-type')]).toEqual([
        200,
        body,
        contentType,
      ]);
    }
  });

  it.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['a promise of nothing', async () => undefined],
    ['noContent()', () => noContent()],
  ])('%s is 204 without a body', async (_name, handler) => {
    const response = await runRoute({ handler });
    expect([response.status, response.body.length, response.header('content-type')]).toEqual([
      204,
      0,
      undefined,
    ]);
  });

  it.each<[string, () => unknown]>([
    ['a function', () => () => 1],
    ['a symbol', () => Symbol('s')],
    ['a bigint', () => 1n],
    ['a map', () => new Map([[1, 2]])],
    ['a Response of fetch', () => new Response('text')],
    ['bytes that are not a Uint8Array', () => new ArrayBuffer(1)],
    [
      'a circle',
      () => {
        const circle: unknown[] = [];
        circle.push(circle);
        return circle;
      },
    ],
    ['a header with CR and LF', () => text('', { headers: { 'X-A': 'a\r\nSet-Cookie: b=c' } })],
    ['a reply with an invalid status', () => text('', { status: 99 })],
  ])('%s cannot be sent, so it is a 500', async (_name, handler) => {
    const response = await runRoute({ handler });
    expect([response.status, response.header('content-type')]).toEqual([500, 'application/problem+json']);
    expect(response.header('set-cookie')).toBeUndefined();
    expect(response.logged).toHaveLength(1);
  });
});

it('an object may be empty, whatever its class', async () => {
  class Settings {
    theme?: string;
  }
  for (const handler of [() => ({}), () => Object.create(null), () => new Settings()])
    expect((await runRoute({ handler })).text()).toBe('{}');
});

describe('a reply', () => {
  it('carries status and headers', async () => {
    const response = await runRoute({
      handler: () => created({ id: 1 }, { location: '/x/1', headers: { 'X-A': 'b' } }),
    });
    expect([response.status, response.json(), response.header('location'), response.header('x-a')]).toEqual([
      201,
      { id: 1 },
      '/x/1',
      'b',
    ]);
  });

  it('redirects', async () => {
    const response = await runRoute({ handler: () => redirect('/é') });
    expect([response.status, response.header('location'), response.text()]).toEqual([302, '/%C3%A9', '']);
  });

  it('may set its type by a header', async () => {
    const headers = { 'content-type': 'text/csv' };
    const response = await runRoute({ handler: () => stream(chunks(), { headers }) });
    expect([response.headerLines('content-type'), response.text()]).toEqual([['text/csv'], 'ab']);
  });

  it.each([undefined, { headers: { 'X-A': '1' } }])(
    'has its own type, whatever was set before (%j)',
    async (init) => {
      const handler = (context: Context) => {
        context.response.headers.set('Content-Type', 'text/plain');
        return html('<p>', init);
      };
      const response = await runRoute({ handler });
      expect(response.headerLines('content-type')).toEqual(['text/html; charset=utf-8']);
    },
  );
});

it.each<[unknown, number]>([
  [{ a: 1 }, 200],
  ['text', 200],
  [noContent(), 204],
  [created(), 201],
])('the result %j has its status on the way back', async (result, status) => {
  const seen: number[] = [];
  const note = ({ response }: Context, next: Next) =>
    afterwards(next(), () => void seen.push(response.status));
  await runRoute({ handler: () => result, around: [note] });
  expect(seen).toEqual([status]);
});

describe('a response that was set before', () => {
  it('keeps its status and type', async () => {
    const handler = ({ response }: Context) => {
      response.status = 202;
      response.headers.set('Content-Type', 'application/vnd.api+json');
      return { a: 1 };
    };
    const response = await runRoute({ handler });
    expect([response.status, response.header('content-type'), response.text()]).toEqual([
      202,
      'application/vnd.api+json',
      '{"a":1}',
    ]);
  });

  it('stays if nothing is returned', async () => {
    const response = await runRoute({ handler: (context) => void (context.response.body = 'a') });
    expect([response.status, response.text()]).toEqual([200, 'a']);
    const empty = await runRoute({ handler: (context) => void (context.response.status = 202) });
    expect([empty.status, empty.text()]).toEqual([202, '']);
  });

  it('loses the headers of its body when a middleware replaces the body', async () => {
    const replace = (context: Context, next: () => unknown) => {
      void next();
      expect(context.response.status).toBe(201);
      return { wrapped: JSON.parse(context.response.body as string) as unknown };
    };
    const handler = () =>
      json(1, {
        status: 201,
        headers: { ETag: '"1"', 'Cache-Control': 'public', 'X-A': 'b', 'Content-Type': 'a/b' },
      });
    const response = await runRoute({ handler, around: [replace] });
    expect([response.status, response.json()]).toEqual([201, { wrapped: 1 }]);
    expect(['etag', 'cache-control', 'x-a', 'content-type'].map((name) => response.header(name))).toEqual([
      undefined,
      undefined,
      'b',
      JSON_TYPE,
    ]);
  });

  it('may be read by the stream that replaces its body', async () => {
    async function* shout(source: AsyncIterable<Uint8Array | string>) {
      for await (const chunk of source) yield String(chunk).toUpperCase();
    }
    const replace = async (context: Context, next: () => unknown) => {
      await next();
      return stream(shout(context.response.body as AsyncIterable<string>));
    };
    expect((await runRoute({ handler: chunks, around: [replace] })).text()).toBe('AB');
  });
});
