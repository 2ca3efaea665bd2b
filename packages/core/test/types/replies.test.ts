/** What must not compile, as in `types.test.ts`: what routes reply, and what leads to them. */
import { z } from 'zod';
import {
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
    // @ts-expect-error -- an instance is no class
    compileOnly(() => Returns(new User()));
    // @ts-expect-error -- nor is its name
    compileOnly(() => Returns('User'));
    // @ts-expect-error -- there is something to say
    compileOnly(() => Returns());
    expect(typeof Returns(User)).toBe('function');
  });
});

describe('the types of what shapes a reply', () => {
  it('refuse what can not be sent', () => {
    compileOnly(() => [Status(201), SetHeader('a', 5), Sse('/a', { retry: 5 }), Sse()]);
    // @ts-expect-error -- a number
    compileOnly(() => Status('201'));
    // @ts-expect-error -- one value
    compileOnly(() => SetHeader('a', ['b']));
    // @ts-expect-error -- a header has a value
    compileOnly(() => SetHeader('a'));
    // @ts-expect-error -- no such option
    compileOnly(() => Sse('/', { keepAlive: 5 }));
    // @ts-expect-error -- a path is text
    compileOnly(() => Sse({ retry: 5 }));
    // @ts-expect-error -- on methods only
    compileOnly(() => Status(201)(UsersController));
    expect(typeof Status(201)).toBe('function');
  });

  it('refuse what is no file, no stream and no event', () => {
    compileOnly(() => [
      file('a.txt', { root: '/b', filename: 'c.txt', maxAge: 60, etag: false }),
      sse(tick(), { keepAliveSeconds: 5, headers: { a: 'b' } }),
      sseEvent({ a: 1 }, { id: 5, event: 'a' }),
      jsonLines(tick()),
    ]);
    // @ts-expect-error -- no such option
    compileOnly(() => file('a.txt', { fileName: 'c.txt' }));
    // @ts-expect-error -- false, or a date
    compileOnly(() => file('a.txt', { lastModified: true }));
    // @ts-expect-error -- a number is no file
    compileOnly(() => file(5));
    // @ts-expect-error -- milliseconds
    compileOnly(() => sse(tick(), { retry: '5' }));
    // @ts-expect-error -- one number is no stream
    compileOnly(() => sse(5));
    // @ts-expect-error -- one number is no stream
    compileOnly(() => jsonLines(5));
    // @ts-expect-error -- no such member
    compileOnly(() => sseEvent('a', { name: 'b' }));
    compileOnly(() => expectType<Reply>()(sse(tick())));
    compileOnly(() => expectType<Reply>()(redirectTo(UsersController, 'list')));
    expect(sseEvent('a').data).toBe('a');
  });
});

describe('the types of urlFor and redirectTo', () => {
  it('know the methods of the class, and what can stand in a path and a query', () => {
    compileOnly((context = {} as Context) => [
      expectType<string>()(context.urlFor(UsersController, 'show', { id: 7 })),
      context.urlFor(UsersController, 'list', {}, { query: { tag: ['a', 'b'], page: undefined } }),
      redirectTo(UsersController, 'show', { id: 7n }, { status: 303, query: { a: true } }),
    ]);
    // @ts-expect-error -- no such method
    compileOnly((context = {} as Context) => context.urlFor(UsersController, 'sho'));
    // @ts-expect-error -- no method
    compileOnly((context = {} as Context) => context.urlFor(UsersController, 'table'));
    // @ts-expect-error -- no path has an object in it
    compileOnly((context = {} as Context) => context.urlFor(UsersController, 'show', { id: {} }));
    // @ts-expect-error -- it may not be there
    compileOnly((context = {} as Context) => context.urlFor(UsersController, 'show', { id: undefined }));
    // @ts-expect-error -- the class, not an instance
    compileOnly(() => redirectTo(new UsersController(), 'show'));
    // @ts-expect-error -- no such method
    compileOnly(() => redirectTo(UsersController, 'remove'));
    // @ts-expect-error -- no query has an object in it
    compileOnly(() => redirectTo(UsersController, 'list', {}, { query: { a: {} } }));
    expect(redirectTo(UsersController, 'list').status).toBeUndefined();
  });
});
