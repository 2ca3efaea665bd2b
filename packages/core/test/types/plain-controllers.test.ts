import { IsString } from 'class-validator';
import { z } from 'zod';
import { controller, createParameterDecorator, created, notFound, type Context } from '../../src';
import { compileOnly, expectType } from '../compile-only';

class Note {
  @IsString() text!: string;
}

describe('the types of a route without a class', () => {
  it('give the handler the values of the path and of its spec', () => {
    compileOnly(() =>
      controller('/users/:user', (r) => [
        r.get('/:slug/*', (values, context) => [
          expectType<{ readonly user: string; readonly slug: string; readonly '*': string }>()(values),
          expectType<Context>()(context),
        ]),
        r.get('/:id', { params: { id: 'integer' } }, ({ user, id }) => [
          expectType<string>()(user),
          expectType<number>()(id),
        ]),
        r.get('/:size/sizes', { params: { size: { enum: ['small', 'large'] } } }, ({ size }) =>
          expectType<'small' | 'large'>()(size),
        ),
        r.get(
          '/all',
          {
            query: {
              text: 'text',
              limit: { type: 'integer', default: 20 },
              page: 'integer?',
              since: { type: 'date', required: false },
              tag: ['text'],
              sort: { enum: ['asc', 'desc'], default: 'asc' },
              states: { enum: ['on', 'off'], type: ['text'] },
            },
            headers: { userAgent: 'text?' },
            cookies: { dark: 'boolean' },
          },
          (values) => [
            expectType<string>()(values.text),
            expectType<number>()(values.limit),
            expectType<number | undefined>()(values.page),
            expectType<Date | undefined>()(values.since),
            expectType<readonly string[]>()(values.tag),
            expectType<'asc' | 'desc'>()(values.sort),
            expectType<readonly ('on' | 'off')[]>()(values.states),
            expectType<string | undefined>()(values.userAgent),
            expectType<boolean>()(values.dark),
          ],
        ),
      ]),
    );
    expect(controller('/', () => []).path).toBe('/');
  });

  it('give the handler the values of the spec where the path is not known', () => {
    compileOnly(() =>
      ['/small', '/large'].map((path) =>
        controller(path, (r) => [
          r.get(
            path,
            { params: { id: 'integer' }, query: { limit: 'integer', page: 'integer?' } },
            ({ id, limit, page, other }) => [
              expectType<number>()(id),
              expectType<number>()(limit),
              expectType<number | undefined>()(page),
              expectType<string | undefined>()(other),
            ],
          ),
          r.post(`/all/${path}`, { body: Note }, ({ body }) => expectType<Note>()(body)),
          r.get(`${path}/:id`, { params: { id: 'integer' } }, ({ id }) => expectType<number>()(id)),
          r.get(path, ({ other }) => expectType<string | undefined>()(other)),
        ]),
      ),
    );
    expect(controller('/', () => []).path).toBe('/');
  });

  it('give the handler the body that a class, a schema or a table describes', () => {
    compileOnly(() =>
      controller('/notes', { use: [(_context, next) => next()] }, (r) => [
        r.post('/', { body: Note }, ({ body }) => expectType<Note>()(body)),
        r.post('/', { body: [Note] }, ({ body }) => expectType<Note[]>()(body)),
        r.post('/', { body: z.object({ at: z.coerce.date() }) }, ({ body }) =>
          expectType<{ at: Date }>()(body),
        ),
        r.post('/', { body: { text: 'text', tags: ['text'], done: 'boolean?' } }, ({ body }) =>
          expectType<{
            readonly text: string;
            readonly tags: readonly string[];
            readonly done: boolean | undefined;
          }>()(body),
        ),
        r.put('/', { body: 'bytes' }, ({ body }) => expectType<Uint8Array>()(body)),
        r.put('/', { body: 'text', use: [(_context, next) => next()] }, ({ body }) =>
          expectType<string>()(body),
        ),
      ]),
    );
    expect(controller('/', () => []).routes).toEqual([]);
  });

  it('give the handler the values of parameter decorators', () => {
    const User = createParameterDecorator('User', async () => ({ name: 'ada' }));
    const Connection = createParameterDecorator('Connection', function* () {
      yield 5;
    });
    const Cookie = createParameterDecorator('Cookie', (_context, _use, name?: string) => name ?? '');
    const Named = createParameterDecorator('Named', (_context, _use, name: string) => name);
    compileOnly(() =>
      controller('/', (r) => [
        r.get('/', { custom: { user: User, connection: Connection, cookie: Cookie } }, (values) => [
          expectType<{ name: string }>()(values.user),
          expectType<number>()(values.connection),
          expectType<string>()(values.cookie),
        ]),
        // @ts-expect-error -- it needs a name
        r.get('/', { custom: { named: Named } }, () => 1),
        // @ts-expect-error -- with parentheses it is a decorator
        r.get('/', { custom: { user: User() } }, () => 1),
      ]),
    );
    expect(User.parameterName).toBe('User');
  });

  it('refuse a handler that does not fit the spec', () => {
    compileOnly(() =>
      controller('/notes', (r) => [
        r.get('/:id', { params: { id: 'integer' } }, ({ id }: { id: number }) => id),
        // @ts-expect-error -- the id is a number
        r.get('/:id', { params: { id: 'integer' } }, ({ id }: { id: string }) => id),
        // @ts-expect-error -- the query may lack it
        r.get('/', { query: { page: 'integer?' } }, ({ page }: { page: number }) => page),
        // @ts-expect-error -- no such value
        r.get('/:id', ({ name }) => name),
        // @ts-expect-error -- a third parameter
        r.get('/:id', ({ id }, _context, more) => [id, more]),
      ]),
    );
    expect(controller('/', () => []).options).toEqual({});
  });

  it('refuse a name that is not in the path, and types and options that do not exist', () => {
    compileOnly(() =>
      controller('/notes', (r) => [
        // @ts-expect-error -- the path has no :nam
        r.get('/:name', { params: { nam: 'text' } }, () => 1),
        // @ts-expect-error -- a parameter of the path is never missing
        r.get('/:id', { params: { id: 'integer?' } }, () => 1),
        // @ts-expect-error -- no such type
        r.get('/', { query: { page: 'int' } }, () => 1),
        // @ts-expect-error -- another type than the default
        r.get('/', { query: { page: { type: 'integer', default: 'one' } } }, () => 1),
        // @ts-expect-error -- a header is a single text
        r.get('/', { headers: { accept: ['text'] } }, () => 1),
        // @ts-expect-error -- JSON has no dates
        r.post('/', { body: { at: 'date' } }, () => 1),
        // @ts-expect-error -- a GET request has no body
        r.get('/', { body: Note }, () => 1),
        // @ts-expect-error -- no such option
        r.get('/', { querys: {} }, () => 1),
      ]),
    );
    // @ts-expect-error -- no such option
    compileOnly(() => controller('/', { prefix: '/a' }, () => []));
    // @ts-expect-error -- plain records go into routes
    compileOnly(() => controller('/', () => [{ method: 'GET', path: '/', handler: () => 1 }]));
    expect(controller('/', { name: 'Home' }, () => []).options.name).toBe('Home');
  });

  it('keep the reply to its type', () => {
    compileOnly(() =>
      controller('/notes', (r) => [
        r.get('/', { returns: [Note] }, async () => [{ text: 'a', secret: 1 }]),
        r.get('/:id', { returns: Note }, ({ id }) => (id === '' ? notFound() : { text: 'a' })),
        r.post('/', { returns: { id: 'integer', text: 'text?' } }, () => ({ id: 1 })),
        r.put('/', { returns: Note }, () => created({ text: 'a' })),
        // @ts-expect-error -- the text is missing
        r.get('/', { returns: Note }, () => ({ title: 'a' })),
        // @ts-expect-error -- a list
        r.get('/', { returns: [Note] }, () => ({ text: 'a' })),
        // @ts-expect-error -- a number
        r.get('/', { returns: { id: 'integer' } }, () => ({ id: 'one' })),
      ]),
    );
    expect(controller('/', () => []).routes).toEqual([]);
  });
});
