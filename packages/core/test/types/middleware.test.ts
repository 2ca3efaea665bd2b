import {
  afterwards,
  guard,
  notFound,
  UseMiddleware,
  type Context,
  type Middleware,
  type MiddlewareLike,
  type Next,
} from '../../src';
import { checkOptions, isIntegerOption } from '../../src/kit';
import { compileOnly, expectType } from '../compile-only';

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
    // @ts-expect-error -- a text instead of a number
    compileOnly(() => limit({ most: '1' }));
    // @ts-expect-error -- a required option is missing
    compileOnly(() => limit({}));
    // @ts-expect-error -- no such option
    compileOnly(() => limit({ most: 1, mostt: 2 }));
    // @ts-expect-error -- not one of the words
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
    // @ts-expect-error -- a text
    compileOnly(() => UseMiddleware('cors'));
    // @ts-expect-error -- an object without a name
    compileOnly(() => UseMiddleware({ handle: () => undefined }));
    // @ts-expect-error -- a factory that was not called
    compileOnly(() => UseMiddleware(limit));
    expect(likes).toHaveLength(3);
  });

  it('pass the context and next() to a function', () => {
    compileOnly(() =>
      UseMiddleware((context, next) => {
        const passed: void | Promise<void> = next();
        // @ts-expect-error -- next has no parameter
        void next(context);
        // @ts-expect-error -- no such property
        void context.user;
        // @ts-expect-error -- the request is read only
        context.request.path = '/';
        return passed;
      }),
    );
    expect(guard((context) => (context.request.header('a') ? undefined : notFound())).name).toBe('guard');
  });

  it('know the result of afterwards()', () => {
    compileOnly(() => expectType<string | Promise<string>>()(afterwards(undefined, () => 'now')));
    expect(afterwards(undefined, () => 'now')).toBe('now');
  });
});
