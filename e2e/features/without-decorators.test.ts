import { IsInt, IsString, Min } from 'class-validator';
import { z } from 'zod';
import {
  Body,
  controller,
  Controller,
  createApp,
  created,
  createParameterDecorator,
  Get,
  guard,
  Param,
  Post,
  Query,
  unauthorized,
  type App,
} from '@sluice/core';
import { ENGINES } from '../sockets/engines';

class NewNote {
  @IsString() text!: string;
  @IsInt() @Min(1) stars!: number;
}

@Controller('/decorated')
class DecoratedController {
  @Get('/:id')
  show(
    @Param('id', 'integer') id: number,
    @Query('limit', { type: 'integer', default: 20 }) limit: number,
    @Query('tag', ['integer']) tag: number[],
    @Query('sort', { type: String, enum: ['up', 'down'], required: true }) sort: string,
  ) {
    return { id, limit, tag, sort };
  }

  @Post()
  create(@Body(NewNote) body: NewNote) {
    return { isNote: body instanceof NewNote, ...body };
  }
}

const writers = guard(function writers({ request }) {
  return request.header('x-key') === 'a' ? undefined : unauthorized();
});

class Missing extends Error {}
class Broken extends Error {}

const Agent = createParameterDecorator('Agent', async ({ request }) => request.header('x-agent') ?? 'none');

const failing = controller(
  '/failing',
  { errorHandlers: [{ error: Error, handle: () => 'the group' }] },
  (r) => [
    r.get('/:kind', { errorHandlers: [{ error: Missing, handle: () => 'the route' }] }, ({ kind }) => {
      throw kind === 'missing' ? new Missing() : new Broken();
    }),
  ],
);

const plain = controller('/plain', (r) => [
  r.get(
    '/:id',
    {
      params: { id: 'integer' },
      query: { limit: { type: 'integer', default: 20 }, tag: ['integer'], sort: { enum: ['up', 'down'] } },
    },
    (values) => values,
  ),
  r.post('/', { body: NewNote }, ({ body }) => ({ isNote: body instanceof NewNote, ...body })),
]);

const more = controller(
  '/more',
  { use: [(context, next) => (context.response.headers.set('X-Group', 'more'), next())] },
  (r) => [
    r.get('/', (values, { request }) => ({ values, path: request.path })),
    r.get('/text/:slug/*', (values) => values),
    r.get('/parts', { headers: { xTrace: 'uuid?' }, cookies: { dark: 'boolean?' } }, ({ xTrace, dark }) => ({
      xTrace: xTrace ?? null,
      dark: dark ?? null,
    })),
    r.post('/schema', { body: z.object({ at: z.coerce.date() }), status: 202 }, ({ body }) =>
      body.at.getTime(),
    ),
    r.post('/table', { body: { text: 'text', tags: ['text'], n: 'integer?' }, use: [writers] }, ({ body }) =>
      created(body),
    ),
    r.post('/list', { body: [{ n: 'number' }] }, ({ body }) => body.reduce((sum, { n }) => sum + n, 0)),
    r.post('/words', { body: 'text', bodyLimit: 10 }, ({ body }) => body.toUpperCase()),
    r.get('/reply', { returns: { id: 'integer' } }, async () => ({ id: 1, secret: 'x' })),
    r.get('/agent', { custom: { agent: Agent }, query: { n: 'integer?' } }, ({ agent, n = 0 }) => [agent, n]),
    r.all('/any', (_values, { request }) => request.method),
  ],
);

const PLACES = ['memory', ...ENGINES] as const;

describe.each(PLACES)('a controller without decorators, on the engine %s', (place) => {
  let app: App;
  let origin: string;

  beforeAll(async () => {
    app = await createApp({
      controllers: [DecoratedController, plain, more, failing],
      ...(place !== 'memory' && { engine: place }),
    });
    if (place === 'memory') return;
    const { port } = await app.listen({ host: '127.0.0.1', port: 0 });
    origin = `http://127.0.0.1:${port}`;
  });

  afterAll(() => app.close());

  interface Sent {
    readonly method?: 'GET' | 'POST' | 'PUT';
    readonly headers?: Record<string, string>;
    readonly body?: string;
  }

  async function ask(url: string, sent: Sent = {}): Promise<[number, unknown, string | null]> {
    if (place === 'memory') {
      const response = await app.inject({ url, ...sent });
      return [response.status, read(response.text()), response.header('x-group') ?? null];
    }
    const response = await fetch(`${origin}${url}`, sent);
    return [response.status, read(await response.text()), response.headers.get('x-group')];
  }

  const post = (url: string, value: unknown, headers = {}) =>
    ask(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(value),
    });

  it.each([
    '/7?sort=up',
    '/7?sort=down&limit=5&tag=1&tag=2',
    '/seven?sort=up',
    '/7',
    '/x?sort=left&limit=many&tag=1&tag=b',
  ])('answers %s as its twin with decorators does', async (url) => {
    const answer = await ask(`/plain${url}`);
    expect(answer).toEqual(await ask(`/decorated${url}`));
    expect([200, 422]).toContain(answer[0]);
  });

  it.each([{ text: 'a', stars: 1 }, { text: 1, stars: 0 }, { text: 'a', stars: 1, more: 1 }, [], null])(
    'checks the body %j by its class, as its twin does',
    async (body) => {
      expect(await post('/plain', body)).toEqual(await post('/decorated', body));
    },
  );

  it('gives the parameters of the path as text, and the context after the values', async () => {
    expect(await ask('/more')).toEqual([200, { values: {}, path: '/more' }, 'more']);
    expect(await ask('/more/text/a%20b/c/d')).toEqual([200, { slug: 'a b', '*': 'c/d' }, 'more']);
  });

  it('reads headers and cookies, which may be missing', async () => {
    const id = '6f9619ff-8b86-d011-b42d-00c04fc964ff';
    const headers = { 'x-trace': id, cookie: 'dark=true' };
    expect((await ask('/more/parts', { headers }))[1]).toEqual({ xTrace: id, dark: true });
    expect((await ask('/more/parts'))[1]).toEqual({ xTrace: null, dark: null });
    const [status, problem] = await ask('/more/parts', { headers: { 'x-trace': 'x' } });
    expect([status, problem]).toMatchObject([
      422,
      { errors: [{ in: 'header', pointer: '/x-trace', code: 'uuid' }] },
    ]);
  });

  it('checks bodies by schemas, tables and lists of them', async () => {
    expect(await post('/more/schema', { at: '2026-01-31T00:00:00Z' })).toEqual([202, 1769817600000, 'more']);
    const note = { text: 'a', tags: ['b'] };
    expect((await post('/more/table', note, { 'x-key': 'a' })).slice(0, 2)).toEqual([201, note]);
    expect((await post('/more/table', note))[0]).toBe(401);
    const [status, problem] = await post('/more/table', { tags: ['a', 1], other: 1 }, { 'x-key': 'a' });
    expect(status).toBe(422);
    expect((problem as { errors: unknown }).errors).toEqual([
      { in: 'body', pointer: '/other', code: 'whitelistValidation', detail: 'should not exist' },
      { in: 'body', pointer: '/text', code: 'required', detail: 'is required' },
      { in: 'body', pointer: '/tags/1', code: 'text', detail: 'must be a string' },
    ]);
    expect((await post('/more/list', [{ n: 1 }, { n: 2.5 }]))[1]).toBe(3.5);
    expect((await post('/more/list', [{ n: 'x' }]))[1]).toMatchObject({ errors: [{ pointer: '/0/n' }] });
  });

  it('reads parameter decorators, and answers errors by the nearest handler', async () => {
    expect((await ask('/more/agent?n=5', { headers: { 'x-agent': 'a' } }))[1]).toEqual(['a', 5]);
    expect((await ask('/more/agent?n=x'))[0]).toBe(422);
    expect(await ask('/failing/missing')).toEqual([500, 'the route', null]);
    expect(await ask('/failing/broken')).toEqual([500, 'the group', null]);
  });

  it('limits the body, sends only the fields of its reply, and answers every method', async () => {
    const words = (body: string): Sent => ({
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body,
    });
    expect((await ask('/more/words', words('hello')))[1]).toBe('HELLO');
    expect((await ask('/more/words', words('hello, world')))[0]).toBe(413);
    expect((await ask('/more/reply'))[1]).toEqual({ id: 1 });
    expect((await ask('/more/any', { method: 'PUT' }))[1]).toBe('PUT');
  });
});

/** The value of JSON, or the text as it is. Each problem has an `instance` of its own. */
function read(text: string): unknown {
  try {
    return JSON.parse(text.replace(/urn:uuid:[\w-]+/, ''));
  } catch {
    return text;
  }
}
