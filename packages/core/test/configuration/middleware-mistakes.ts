import {
  createParameterDecorator,
  ConfigurationError,
  routeMark,
  SkipMiddleware,
  UseMiddleware,
  Controller,
  Get,
  type MiddlewareLike,
} from '../../src';
import { checkOptions, isFunctionOption, isIntegerOption } from '../../src/kit';
import { start, type Mistake } from './mistake';

const cors = (options: object = {}) => {
  checkOptions('cors', options, { maxAge: isIntegerOption(0) });
  return { name: 'cors', handle: () => undefined };
};

const bearer = (options: object) =>
  checkOptions('bearer', options, { verify: { required: isFunctionOption } });

class WithoutHandle {}

class Failing {
  constructor() {
    throw new Error('no disk');
  }
  handle() {}
}

@Controller('/a')
@UseMiddleware(undefined as never)
class UndefinedController {
  @Get() list() {}
}

@Controller('/skipping')
@SkipMiddleware('rate-limits')
class SkippingController {
  @Get() list() {}
  @Get('/one') show() {}
}

const Visits = createParameterDecorator('Visits', () => 0, { needs: 'visits' });

@Controller('/visits')
class VisitsController {
  @Get() count(@Visits() visits: number) {
    return visits;
  }
}

const handle = () => undefined;
const use = (...middleware: unknown[]) => start({ middleware });
const prepared = (prepare: () => unknown) => use({ name: 'careful', handle, prepare });
const show = () => undefined;
const PLAIN = { method: 'GET', path: '/plain', handler: show };
const GUARDED = routeMark<boolean>('guarded', { needs: 'visits' });
const ADD_ONE = 'Add the middleware to createApp, or to the controller or method with @UseMiddleware.';
const PLACE = 'createApp, middleware 0';
const EXPECTED = 'Pass an object or a class with handle(context, next), or a function (context, next) => ….';
const PREPARE = 'Return a middleware from prepare(route), or null where it cannot apply.';

function invalid(when: string, middleware: unknown, fault: string, cure: string): Mistake {
  return { code: 'MIDDLEWARE_INVALID', when, make: () => use(middleware), place: PLACE, fault, cure };
}

const CONFLICT = {
  place: 'show',
  fault:
    'Two session middleware with the cookie "session" run on it, and each overwrites the cookie of the other.',
  cure: 'Leave one of them out, or give them different names with sessionCookie.',
};

function refuseTwin(): never {
  throw new ConfigurationError([{ code: 'MIDDLEWARE_CONFLICT', ...CONFLICT }]);
}

export const MIDDLEWARE_MISTAKES: readonly Mistake[] = [
  {
    code: 'MIDDLEWARE_MISSING',
    when: 'a parameter needs a middleware',
    make: () => start({ controllers: [VisitsController], middleware: [{ name: 'other', handle }] }),
    place: 'VisitsController.count, parameter 0',
    fault: '@Visits needs "visits", but no middleware on the route has that name or provides it.',
    cure: ADD_ONE,
  },
  {
    code: 'MIDDLEWARE_MISSING',
    when: 'a mark needs a middleware',
    make: () => start({ routes: [{ ...PLAIN, marks: [GUARDED.of(true)] }] }),
    place: 'show',
    fault: 'The mark guarded needs "visits", but no middleware on the route has that name or provides it.',
    cure: ADD_ONE,
  },
  {
    code: 'MIDDLEWARE_MISSING',
    when: 'a middleware needs another one outside it',
    make: () =>
      start({
        routes: [PLAIN],
        middleware: [
          { name: 'inner', needs: 'visits', handle },
          { name: 'visits', handle },
        ],
      }),
    place: 'show',
    fault: 'The middleware inner needs "visits", but no middleware outside it has that name or provides it.',
    cure: ADD_ONE,
  },
  {
    code: 'MIDDLEWARE_ORDER',
    when: 'a middleware runs inside one that it must be outside of',
    make: () =>
      start({
        routes: [PLAIN],
        middleware: [
          { name: 'bearer', provides: ['guard'], handle },
          { name: 'cors', outside: 'guard', handle },
        ],
      }),
    place: 'show',
    fault: 'The middleware cors runs inside bearer, but works only outside it.',
    cure: "Put cors before bearer. The first middleware is the outermost; the application's runs outside a controller's. If this order is on purpose, write inAnyOrder(cors(…)).",
  },
  {
    code: 'MIDDLEWARE_ORDER',
    when: 'a middleware runs outside one that it must be inside of',
    make: () =>
      start({
        routes: [PLAIN],
        middleware: [
          { name: 'cache', inside: ['guard'], handle },
          { name: 'bearer', provides: ['guard'], handle },
        ],
      }),
    place: 'show',
    fault: 'The middleware cache runs outside bearer, but works only inside it.',
    cure: "Put bearer before cache. The first middleware is the outermost; the application's runs outside a controller's. If this order is on purpose, write inAnyOrder(cache(…)).",
  },
  {
    code: 'SKIP_INVALID',
    when: '@SkipMiddleware names a middleware that does not run there',
    make: () => start({ controllers: [SkippingController], middleware: [{ name: 'rateLimit', handle }] }),
    place: 'SkippingController',
    fault: '"rate-limits" is left out, but no middleware further out has that name.',
    cure: 'Write one of the names that are further out: rateLimit. Or remove this one.',
  },
  {
    code: 'SKIP_INVALID',
    when: 'a route leaves out a guard',
    make: () =>
      start({
        routes: [{ ...PLAIN, skipMiddleware: ['bearer'] }],
        middleware: [{ name: 'bearer', provides: ['guard'], handle }],
      }),
    place: 'show',
    fault: 'bearer cannot be left out, because it is a guard: it decides who may pass.',
    cure: 'Give the guard to the controllers that need it, or use the decorator of the guard itself: @Public() for those of @sluice/auth.',
  },
  {
    code: 'SKIP_INVALID',
    when: 'a route leaves out a middleware that has a decorator of its own for exemptions',
    make: () =>
      start({
        routes: [{ ...PLAIN, skipMiddleware: ['csrf'] }],
        middleware: [{ name: 'csrf', exemptBy: '@CsrfExempt()', handle }],
      }),
    place: 'show',
    fault: 'csrf cannot be left out, because it protects the route.',
    cure: 'Write @CsrfExempt() on the routes that need no protection.',
  },
  {
    code: 'MIDDLEWARE_CONFLICT',
    when: 'a middleware finds another one that contradicts it',
    make: () => start({ routes: [PLAIN], middleware: [{ name: 'session', handle, prepare: refuseTwin }] }),
    ...CONFLICT,
  },
  {
    code: 'HEADER_LIMIT_LOW',
    when: 'a middleware sets a longer cookie than a request can have',
    make: () =>
      start({
        routes: [PLAIN],
        middleware: [{ name: 'session', addsHeaderBytes: 3072, handle }],
        maxHeaderBytes: 4000,
      }),
    place: 'show',
    fault:
      'Its middleware (session) can add 3072 bytes to the headers of a request, and other headers need 1024, but the limit for the head is 4000.',
    cure: 'Raise maxHeaderBytes in createApp, or make what the middleware adds shorter: maxCookieSize of session.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'the marks of a plain route are not marked values',
    make: () => start({ routes: [{ ...PLAIN, marks: [['roles', 'admin']] }] }),
    place: 'GET /plain',
    fault: 'The marks of a route must be a list of marked values.',
    cure: 'Write marks: [MARK.of(value), …].',
  },
  invalid('a middleware is a string', 'cors', 'A value of type string is not a middleware.', EXPECTED),
  invalid('a middleware is null', null, 'null is not a middleware.', EXPECTED),
  invalid(
    'a middleware object has no name',
    { handle },
    'The middleware object has no name.',
    "Add name: 'what-it-does' to it, for the plan and the logs.",
  ),
  invalid(
    'a middleware is a factory that was not called',
    cors,
    'cors takes no parameters, but a middleware function takes two: (context, next).',
    'If it makes a middleware, call it: cors({ … }). If it only looks at the context, write guard(cors).',
  ),
  invalid(
    'a middleware function is one of Express',
    function helmet(_request: unknown, _response: unknown, _next: unknown) {},
    'helmet takes 3 parameters, as a middleware of Express does, but a middleware takes two: (context, next).',
    'Use the package of Sluice that does the same, or write it again with context.request and context.response.',
  ),
  invalid(
    'a middleware class has no handle method',
    WithoutHandle,
    'The class WithoutHandle has no handle method.',
    'Add handle(context, next) { … } to it.',
  ),
  invalid(
    'prepare is not a function',
    { name: 'careful', handle, prepare: 5 },
    'prepare of careful is not a function.',
    'Write prepare(route) { … }, or leave it out.',
  ),
  {
    code: 'MIDDLEWARE_INVALID',
    when: '@UseMiddleware gets undefined',
    make: () => start({ controllers: [UndefinedController] }),
    place: 'UndefinedController',
    fault: 'undefined is not a middleware.',
    cure: `${EXPECTED} If you import it, two files import each other: move what both need into a third.`,
  },
  {
    code: 'MIDDLEWARE_INVALID',
    when: 'the middleware of a plain route is not a list',
    make: () => start({ routes: [{ method: 'GET', path: '/', handler: () => 1, middleware: cors }] }),
    place: 'GET /',
    fault: 'The middleware of a route must be a list.',
    cure: 'Write middleware: [ … ].',
  },
  {
    code: 'MIDDLEWARE_INVALID',
    when: 'prepare throws',
    make: () =>
      prepared(() => {
        throw new Error('no route');
      }),
    place: 'fallback',
    fault: 'prepare of careful threw: no route',
    cure: PREPARE,
  },
  {
    code: 'MIDDLEWARE_INVALID',
    when: 'prepare returns nothing',
    make: () => prepared(() => undefined),
    place: 'fallback',
    fault: 'prepare of careful did not return a middleware. undefined is not a middleware.',
    cure: PREPARE,
  },
  {
    code: 'MIDDLEWARE_INVALID',
    when: 'prepare is asynchronous, and rejects',
    make: () => prepared(() => Promise.reject(new Error('later'))),
    place: 'fallback',
    fault: 'prepare of careful did not return a middleware. A promise is not a middleware.',
    cure: PREPARE,
  },
  {
    code: 'OPTION_INVALID',
    when: 'prepare throws a ConfigurationError',
    make: () =>
      prepared(() => {
        throw new ConfigurationError([{ code: 'OPTION_INVALID', place: 'cors()', fault: 'F.', cure: 'C.' }]);
      }),
    place: 'cors()',
    fault: 'F.',
    cure: 'C.',
  },
  {
    code: 'DEPENDENCY_FAILED',
    when: 'the constructor of a middleware class throws',
    make: () => use(Failing satisfies MiddlewareLike),
    place: 'Failing',
    fault: 'Failing could not be created: no disk',
    cure: 'Fix its constructor or factory, or provide what it needs.',
  },
  {
    code: 'OPTION_UNKNOWN',
    when: 'a factory gets an unknown option',
    make: () => cors({ max_age: 5 }),
    place: 'cors()',
    fault: 'There is no option "max_age".',
    cure: 'Write maxAge instead.',
  },
  {
    code: 'OPTION_UNKNOWN',
    when: 'createApp gets an unknown option',
    make: () => start({ middlewares: [] } as never),
    place: 'createApp()',
    fault: 'There is no option "middlewares".',
    cure: 'Write middleware instead.',
  },
  {
    code: 'OPTION_MISSING',
    when: 'a factory does not get a required option',
    make: () => bearer({}),
    place: 'bearer()',
    fault: 'verify is required.',
    cure: 'Add verify to the options.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'a factory gets an invalid option',
    make: () => cors({ maxAge: '5' }),
    place: 'cors()',
    fault: 'maxAge must be a whole number of at least 0.',
    cure: 'Change maxAge, or leave it out.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'createApp gets an invalid option',
    make: () => start({ controllers: UndefinedController }),
    place: 'createApp()',
    fault: 'controllers must be a list.',
    cure: 'Change controllers, or leave it out.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'createApp gets providers and a container',
    make: () => start({ providers: [], container: { resolve: () => undefined } }),
    place: 'createApp()',
    fault: 'providers cannot be combined with container: register them in the container instead.',
    cure: 'Change providers, or leave it out.',
  },
];
