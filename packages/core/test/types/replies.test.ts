import { z } from 'zod';
import {
  bytes,
  created,
  HttpError,
  json,
  noContent,
  redirect,
  stream,
  text,
  file,
  jsonLines,
  redirectTo,
  Returns,
  SetHeader,
  Sse,
  sse,
  sseEvent,
  Status,
  type Context,
  type Reply,
} from '../../src';
import { compileOnly, expectType } from '../compile-only';

class User {
  id!: number;
  name!: string;
  passwordHash!: string;
}

class UsersController {
  readonly table = 'users';
  show(id: number) {
    return id;
  }
  async list() {
    return [];
  }
}

async function* tick() {
  yield 1;
}

describe('the types of the reply helpers', () => {
  it('refuse wrong bodies, statuses and headers', () => {
    compileOnly(() => [
      json({}),
      text('a'),
      bytes(Buffer.of(1)),
      created({}, { location: '/1' }),
      noContent(),
    ]);
    // @ts-expect-error -- a number is not a text
    compileOnly(() => text(5));
    // @ts-expect-error -- a text is not bytes
    compileOnly(() => bytes('a'));
    // @ts-expect-error -- a list is not a stream
    compileOnly(() => stream(['a']));
    // @ts-expect-error -- the status is always 204
    compileOnly(() => noContent({ status: 200 }));
    // @ts-expect-error -- a text is not a status
    compileOnly(() => redirect('/', { status: '302' }));
    compileOnly(() => json({}, { headers: { a: ['b', 'c'] as const, d: 1 } }));
    // @ts-expect-error -- a boolean is not the value of a header
    compileOnly(() => json({}, { headers: { a: true } }));
    // @ts-expect-error -- no such option
    compileOnly(() => new HttpError(400, { message: 'a' }));
    expect(redirect('/').status).toBe(302);
  });
});

describe('the types of @Returns', () => {
  it('know the fields of the type', () => {
    compileOnly(() => [
      Returns(User, { exclude: ['passwordHash'] }),
      Returns([User], { include: ['id', 'name'], omitNull: true }),
      Returns(z.object({ id: z.number() })),
    ]);
    // @ts-expect-error -- no such field
    compileOnly(() => Returns(User, { exclude: ['password'] }));
    // @ts-expect-error -- no such field of the items
    compileOnly(() => Returns([User], { include: ['nam'] }));
    // @ts-expect-error -- no such option
    compileOnly(() => Returns(User, { exlude: ['name'] }));
    // @ts-expect-error -- a list of fields
    compileOnly(() => Returns(User, { exclude: 'name' }));
    // @ts-expect-error -- an instance is not a class
    compileOnly(() => Returns(new User()));
    // @ts-expect-error -- the name of a class is not a class
    compileOnly(() => Returns('User'));
    // @ts-expect-error -- the type is missing
    compileOnly(() => Returns());
    expect(typeof Returns(User)).toBe('function');
  });
});

describe('the types of the other decorators and helpers of replies', () => {
  it('refuse wrong values on decorators', () => {
    compileOnly(() => [Status(201), SetHeader('a', 5), Sse('/a', { retry: 5 }), Sse()]);
    // @ts-expect-error -- a text is not a number
    compileOnly(() => Status('201'));
    // @ts-expect-error -- a header has one value
    compileOnly(() => SetHeader('a', ['b']));
    // @ts-expect-error -- the value is missing
    compileOnly(() => SetHeader('a'));
    // @ts-expect-error -- no such option
    compileOnly(() => Sse('/', { keepAlive: 5 }));
    // @ts-expect-error -- options are not a path
    compileOnly(() => Sse({ retry: 5 }));
    // @ts-expect-error -- it is a decorator of methods
    compileOnly(() => Status(201)(UsersController));
    expect(typeof Status(201)).toBe('function');
  });

  it('refuse other sources and unknown options', () => {
    compileOnly(() => [
      file('a.txt', { root: '/b', filename: 'c.txt', maxAge: 60, etag: false }),
      sse(tick(), { keepAliveSeconds: 5, headers: { a: 'b' } }),
      sseEvent({ a: 1 }, { id: 5, event: 'a' }),
      jsonLines(tick()),
    ]);
    // @ts-expect-error -- no such option
    compileOnly(() => file('a.txt', { fileName: 'c.txt' }));
    // @ts-expect-error -- only false or a date
    compileOnly(() => file('a.txt', { lastModified: true }));
    // @ts-expect-error -- a number is not a path
    compileOnly(() => file(5));
    // @ts-expect-error -- a text is not a number
    compileOnly(() => sse(tick(), { retry: '5' }));
    // @ts-expect-error -- a number is not a stream
    compileOnly(() => sse(5));
    // @ts-expect-error -- a number is not a stream
    compileOnly(() => jsonLines(5));
    // @ts-expect-error -- no such option
    compileOnly(() => sseEvent('a', { name: 'b' }));
    compileOnly(() => expectType<Reply>()(sse(tick())));
    compileOnly(() => expectType<Reply>()(redirectTo(UsersController, 'list')));
    expect(sseEvent('a').data).toBe('a');
  });
});

describe('the types of urlFor and redirectTo', () => {
  it('know the methods of the class, and the values of a path and a query', () => {
    compileOnly((context = {} as Context) => [
      expectType<string>()(context.urlFor(UsersController, 'show', { id: 7 })),
      context.urlFor(UsersController, 'list', {}, { query: { tag: ['a', 'b'], page: undefined } }),
      redirectTo(UsersController, 'show', { id: 7n }, { status: 303, query: { a: true } }),
    ]);
    // @ts-expect-error -- no such method
    compileOnly((context = {} as Context) => context.urlFor(UsersController, 'sho'));
    // @ts-expect-error -- a property is not a method
    compileOnly((context = {} as Context) => context.urlFor(UsersController, 'table'));
    // @ts-expect-error -- an object is not a path value
    compileOnly((context = {} as Context) => context.urlFor(UsersController, 'show', { id: {} }));
    // @ts-expect-error -- undefined is not a path value
    compileOnly((context = {} as Context) => context.urlFor(UsersController, 'show', { id: undefined }));
    // @ts-expect-error -- an instance is not a class
    compileOnly(() => redirectTo(new UsersController(), 'show'));
    // @ts-expect-error -- no such method
    compileOnly(() => redirectTo(UsersController, 'remove'));
    // @ts-expect-error -- an object is not a query value
    compileOnly(() => redirectTo(UsersController, 'list', {}, { query: { a: {} } }));
    expect(redirectTo(UsersController, 'list').status).toBeUndefined();
  });
});
