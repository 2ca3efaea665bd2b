/**
 * What must not compile: every `@ts-expect-error` here is checked by the type check (`npm run check`), which fails
 * where the line below it is no error. What runs is only what the types promise to give.
 */
import {
  afterwards,
  bytes,
  Catch,
  checkOptions,
  contextKey,
  created,
  createApp,
  createParameterDecorator,
  Get,
  guard,
  HttpError,
  isIntegerOption,
  json,
  noContent,
  notFound,
  Param,
  redirect,
  stream,
  text,
  UseMiddleware,
  type Context,
  type Middleware,
  type MiddlewareLike,
  type Next,
  type PlainRoute,
} from '../src';
import { compileOnly } from './compile-only';
import { makeContext } from './make-context';

interface User {
  readonly name: string;
}

interface LimitOptions {
  readonly most: number;
  readonly scope?: 'ip' | 'user';
}

function limit(options: LimitOptions): Middleware {
  checkOptions('limit', options, { most: { required: isIntegerOption(1) }, scope: () => undefined });
  return { name: 'limit', handle: (_context, next) => next() };
}

describe('the types of middleware', () => {
  it('refuse wrong, missing and unknown options', () => {
    compileOnly(() => limit({ most: 1, scope: 'ip' }));
    // @ts-expect-error -- a text where a number is due
    compileOnly(() => limit({ most: '1' }));
    // @ts-expect-error -- a required option is missing
    compileOnly(() => limit({}));
    // @ts-expect-error -- no such option
    compileOnly(() => limit({ most: 1, mostt: 2 }));
    // @ts-expect-error -- no such word
    compileOnly(() => limit({ most: 1, scope: 'host' }));
    expect(() => limit({ most: 0 })).toThrow('most must be a whole number of at least 1.');
  });

  it('take objects, functions and classes, and nothing else', () => {
    class Audit {
      constructor(readonly log: Console) {}
      handle(_context: Context, next: Next) {
        return next();
      }
    }
    class Nothing {}
    const likes: MiddlewareLike[] = [limit({ most: 1 }), (_context, next) => next(), Audit];
    compileOnly(() => [UseMiddleware(...likes), UseMiddleware(Audit)]);
    // @ts-expect-error -- a class without handle
    compileOnly(() => UseMiddleware(Nothing));
    // @ts-expect-error -- text
    compileOnly(() => UseMiddleware('cors'));
    // @ts-expect-error -- an object without a name
    compileOnly(() => UseMiddleware({ handle: () => undefined }));
    // @ts-expect-error -- a factory that was not called
    compileOnly(() => UseMiddleware(limit));
    expect(likes).toHaveLength(3);
  });

  it('give the context and next() to a function', () => {
    compileOnly(() =>
      UseMiddleware((context, next) => {
        const passed: void | Promise<void> = next();
        // @ts-expect-error -- next takes nothing
        void next(context);
        // @ts-expect-error -- there is no such property
        void context.user;
        // @ts-expect-error -- the request is read only
        context.request.path = '/';
        return passed;
      }),
    );
    expect(guard((context) => (context.request.header('a') ? undefined : notFound())).name).toBe('guard');
  });
});

describe('the types of a context key', () => {
  const USER = contextKey<User>('user');
  const COUNT = contextKey<number>('count');

  it('say what is shared under it', () => {
    const context = makeContext();
    context.set(USER, { name: 'a' });
    const user: User | undefined = context.get(USER);
    // @ts-expect-error -- another type
    compileOnly(() => context.set(COUNT, 'one'));
    // @ts-expect-error -- it may be undefined
    compileOnly((): User => context.get(USER));
    // @ts-expect-error -- a key is no text
    compileOnly(() => context.get('user'));
    // @ts-expect-error -- one key is not another
    compileOnly((): number | undefined => context.get(USER));
    expect(user).toEqual({ name: 'a' });
  });
});

describe('the types of the reply helpers', () => {
  it('refuse what a reply can not have', () => {
    compileOnly(() => [
      json({}),
      text('a'),
      bytes(Buffer.of(1)),
      created({}, { location: '/1' }),
      noContent(),
    ]);
    // @ts-expect-error -- text is text
    compileOnly(() => text(5));
    // @ts-expect-error -- bytes are bytes
    compileOnly(() => bytes('a'));
    // @ts-expect-error -- a list is no stream
    compileOnly(() => stream(['a']));
    // @ts-expect-error -- 204 is the status
    compileOnly(() => noContent({ status: 200 }));
    // @ts-expect-error -- a status is a number
    compileOnly(() => redirect('/', { status: '302' }));
    // @ts-expect-error -- a header has one value
    compileOnly(() => json({}, { headers: { a: ['b'] } }));
    // @ts-expect-error -- no such member
    compileOnly(() => new HttpError(400, { message: 'a' }));
    expect(redirect('/').status).toBe(302);
  });
});

describe('the types of createParameterDecorator', () => {
  const Plain = createParameterDecorator('Plain', (context) => context.request.path);
  const Named = createParameterDecorator('Named', (context: Context, _use, name: string) =>
    context.request.header(name),
  );
  const Optional = createParameterDecorator('Optional', (_context: Context, _use, name?: string) => name);

  it('say which data the decorator takes', () => {
    compileOnly(() => [Plain(), Named('a'), Optional(), Optional('a')]);
    // @ts-expect-error -- it takes none
    compileOnly(() => Plain('a'));
    // @ts-expect-error -- it takes some
    compileOnly(() => Named());
    // @ts-expect-error -- another type
    compileOnly(() => Named(5));
    expect(typeof Named('a')).toBe('function');
  });
});

describe('the types of the rest', () => {
  it('keep decorators where they belong, and options in shape', () => {
    // @ts-expect-error -- the type is a class, not its name
    compileOnly(() => Param('id', 'number'));
    // @ts-expect-error -- an error class or a status
    compileOnly(() => Catch('TypeError'));
    // @ts-expect-error -- a path is text
    compileOnly(() => Get(5));
    // @ts-expect-error -- no such option
    compileOnly(() => createApp({ middlewares: [] }));
    // @ts-expect-error -- no such method
    compileOnly((): PlainRoute => ({ method: 'get', path: '/', handler: () => 1 }));
    // @ts-expect-error -- a route of no handler
    compileOnly((): PlainRoute => ({ method: 'GET', path: '/' }));
    const now: string | Promise<string> = afterwards(undefined, () => 'now');
    expect(now).toBe('now');
  });
});
