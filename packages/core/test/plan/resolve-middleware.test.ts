import { Injectable, type Context, type MiddlewareLike, type Next, type RouteInfo } from '../../src';
import { Problems } from '../../src/configuration/problems';
import { resolveMiddleware } from '../../src/plan/resolve-middleware';
import { makeContainer } from '../../src/container/make-container';
import { makeContext } from '../make-context';

class Log {
  readonly lines: string[] = [];
}

@Injectable()
class Audit {
  readonly options = { level: 1 };
  constructor(private readonly log: Log) {}
  handle(_context: Context, next: Next) {
    this.log.lines.push('audit');
    return next();
  }
}

function resolve(like: unknown, container = makeContainer({}, new Problems())) {
  const problems = new Problems();
  const middleware = resolveMiddleware(like as MiddlewareLike, 'X.show', container, problems);
  return { middleware, problems: problems.list() };
}

describe('a middleware', () => {
  it('may be an object, which is used as it is', () => {
    const object = { name: 'a', handle: () => undefined };
    expect(resolve(object)).toEqual({ middleware: object, problems: [] });
  });

  it('may be a function, and has the name of the function', () => {
    const trace = (_context: Context, next: Next) => next();
    expect(resolve(trace).middleware).toEqual({ name: 'trace', handle: trace });
    expect(resolve((_: Context, next: Next) => next()).middleware!.name).toBe('anonymous');
  });

  it('may be a class, which is constructed once with its dependencies, and has the name of the class', () => {
    const container = makeContainer({}, new Problems());
    const [one, other] = [resolve(Audit, container).middleware!, resolve(Audit, container).middleware!];
    expect([one.name, one.options]).toEqual(['Audit', { level: 1 }]);
    for (const middleware of [one, other]) void middleware.handle(makeContext(), () => undefined);
    expect(container.resolve(Log).lines).toEqual(['audit', 'audit']);
  });

  it('may be a class with another name, and keeps everything that it declares', () => {
    const declared = {
      name: 'renamed',
      options: { level: 1 },
      provides: ['user'],
      needs: 'session',
      outside: 'cors',
      inside: ['guard'],
      layer: 'store',
      replaces: true,
      exemptBy: '@Open()',
      leavesInner: true,
      notice: 'Mind the gap.',
      noticeOverHttps: 'Mind the step.',
      keepsInProcess: { what: 'counts', cure: 'Share them.' },
      addsHeaderBytes: 5,
    };
    class Declaring {
      constructor() {
        Object.assign(this, declared);
      }
      handle() {}
      prepare() {
        return null;
      }
    }
    const { middleware } = resolve(Declaring);
    expect(middleware).toMatchObject(declared);
    expect(middleware!.prepare!({} as RouteInfo)).toBeNull();
  });

  it('may not be a class whose layer does not exist', () => {
    class Misplaced {
      readonly layer = 'guards';
      handle() {}
    }
    expect(resolve(Misplaced).problems).toMatchObject([{ code: 'MIDDLEWARE_INVALID', place: 'Misplaced' }]);
  });
});
