import { z } from 'zod';
import {
  bytes,
  Catch,
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

  it('refuse a method that returns something else', () => {
    class Post {
      id!: number;
      author!: User;
      tags!: string[];
      note?: string;
      publish() {}
    }
    const user = { id: 1, name: 'ada', passwordHash: 'a', age: 5 };
    const post = { id: 1, author: user, tags: ['a'] as const, note: null };
    class Good {
      @Returns(User) one() {
        return user;
      }
      @Returns(Post) async nested() {
        return Math.random() > 1 ? post : new HttpError(404);
      }
      @Returns([User]) list() {
        return [user] as const;
      }
      @Returns(User, { each: true }) each() {
        return Promise.resolve([user]);
      }
      @Returns(User) reply() {
        return json({});
      }
      @Returns(User) nothing(): User | undefined {
        return undefined;
      }
      @Returns(User) document() {
        return { toJSON: () => user };
      }
      @Sse() @Returns(User) async *events() {
        yield user;
      }
      @Returns(z.object({ id: z.coerce.string() })) schema() {
        return { id: 5 };
      }
    }
    class Bad {
      // @ts-expect-error -- the name is missing
      @Returns(User) one() {
        return { id: 1, passwordHash: 'a' };
      }
      // @ts-expect-error -- one instead of a list
      @Returns([User]) list() {
        return user;
      }
      // @ts-expect-error -- a list instead of one
      @Returns(User) each() {
        return [user];
      }
      // @ts-expect-error -- a promise of something else
      @Returns(User) async late() {
        return 5;
      }
      // @ts-expect-error -- a nested field of another type
      @Returns(Post) nested() {
        return { ...post, author: { ...user, id: 'a' } };
      }
      // @ts-expect-error -- not an input of the schema
      @Returns(z.object({ id: z.number() })) schema() {
        return { id: 'a' };
      }
    }
    expect([Good, Bad]).toHaveLength(2);
  });
});

describe('the types of @Catch', () => {
  class SoldOut extends Error {
    readonly item = 'a';
  }

  it('refuse a method and a handler that take something else', () => {
    class Good {
      @Catch(SoldOut) one(error: SoldOut) {
        return error.item;
      }
      @Catch(SoldOut) parent(_error: Error, _context: Context) {}
      @Catch(SoldOut) none() {}
      @Catch(404) status(error: HttpError) {
        return error.status;
      }
      @Catch(500) any(error: Error) {
        return error.message;
      }
      @Catch(SoldOut, (error) => error.item) route(_id: number) {}
    }
    class Bad {
      // @ts-expect-error -- an error is not a text
      @Catch(SoldOut) text(_error: string) {}
      // @ts-expect-error -- not every error is SoldOut
      @Catch(Error) other(_error: SoldOut) {}
      // @ts-expect-error -- the second argument is the context
      @Catch(Error) second(_error: Error, _id: number) {}
      // @ts-expect-error -- an error that is answered with 500 may be any other
      @Catch(500) internal(_error: HttpError) {}
      // @ts-expect-error -- the handler takes SoldOut
      @Catch(SoldOut, (_error: string) => 1) route() {}
    }
    // @ts-expect-error -- on a class it needs a handler
    compileOnly(() => Catch(Error)(Good));
    // @ts-expect-error -- a text is neither an error class nor a status
    compileOnly(() => Catch('404'));
    expect([Good, Bad]).toHaveLength(2);
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
