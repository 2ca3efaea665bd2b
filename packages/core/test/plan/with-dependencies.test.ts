import {
  Context,
  Controller,
  createApp,
  forbidden,
  Get,
  guard,
  Injectable,
  OnStart,
  token,
  UseMiddleware,
  withDependencies,
  type AppOptions,
  type ConfigurationError,
  type MiddlewareFactory,
  type Next,
} from '../../src';
import { compileOnly, expectType } from '../compile-only';
import { makeLogger } from '../make-logger';

interface Config {
  readonly realm: string;
}
const CONFIG = token<Config>('config');
const PROVIDED = { token: CONFIG, useFactory: async () => ({ realm: 'test' }) };

@Injectable()
class Users {
  readonly names = ['ada'];
  isKnown(name: string | undefined) {
    return this.names.includes(name ?? '');
  }
}

const make = jest.fn((config: Config, users: Users) => ({
  name: 'realm',
  provides: ['user'],
  handle(context: Context, next: Next) {
    context.response.headers.set('X-Realm', `${config.realm} ${users.names.length}`);
    return next();
  },
}));
const realm = withDependencies([CONFIG, Users], make);
const known = withDependencies([Users], (users) =>
  guard((context) => (users.isKnown(context.request.header('x-user')) ? undefined : forbidden()), 'known'),
);

@Controller('/a')
@UseMiddleware(realm)
class AController {
  constructor(readonly users: Users) {}
  @Get() one() {
    return this.users.names;
  }
  @Get('/known') @UseMiddleware(known) two() {
    return 'known';
  }
}

async function readProblems(options: AppOptions): Promise<string[]> {
  const error = (await createApp(options).catch((caught: unknown) => caught)) as ConfigurationError;
  return error.problems.map(({ code, place, fault }) => `${code} ${place}: ${fault}`);
}

describe('a middleware with dependencies', () => {
  beforeEach(() => make.mockClear());

  it('is made once for an application, with the instances of the container', async () => {
    const app = await createApp({ controllers: [AController], providers: [PROVIDED] });
    expect(make.mock.calls).toEqual([[{ realm: 'test' }, app.get(Users)]]);
    const response = await app.inject({ url: '/a' });
    expect([response.json(), response.header('x-realm')]).toEqual([['ada'], 'test 1']);
    expect((await app.inject({ url: '/a/known' })).status).toBe(403);
    expect((await app.inject({ url: '/a/known', headers: { 'x-user': 'ada' } })).text()).toBe('known');
    await createApp({ controllers: [AController], providers: [PROVIDED] });
    expect(make).toHaveBeenCalledTimes(2);
  });

  it('may belong to the application, to a plain route, or come with use, and be a function or a class', async () => {
    class Mark {
      handle(context: Context, next: Next) {
        context.response.headers.append('X-Mark', 'class');
        return next();
      }
    }
    const app = await createApp({
      routes: [
        {
          method: 'GET',
          path: '/',
          handler: () => 'ok',
          middleware: [withDependencies([Users], () => Mark)],
        },
      ],
      middleware: [
        withDependencies([CONFIG], ({ realm: name }) => (context: Context, next: Next) => {
          context.response.headers.append('X-Mark', name);
          return next();
        }),
      ],
      overrides: [{ token: CONFIG, useValue: { realm: 'override' } }],
    });
    app.use({
      inject: [Users],
      useFactory: (users: Users) => withDependencies([], () => make({ realm: 'used' }, users)),
    });
    const response = await app.inject({ url: '/' });
    expect(response.header('x-mark')).toBe('override, class');
    expect(response.header('x-realm')).toBe('used 1');
  });

  it('is made for each request if a dependency belongs to one', async () => {
    const seen: string[] = [];
    const app = await createApp({
      routes: [{ method: 'GET', path: '/', handler: () => 'ok' }],
      middleware: [
        withDependencies([Context], function note({ request }) {
          seen.push(request.path);
          return (_context: Context, next: Next) => next();
        }),
      ],
    });
    expect(app.plan.routes[0]!.steps[0]!.name).toBe('note');
    expect([(await app.inject({ url: '/' })).text(), seen]).toEqual(['ok', ['/']]);
  });

  it('takes its dependencies from the container of the user', async () => {
    const users = new Users();
    const container = {
      resolve: (asked: unknown) => (asked === Users ? users : { realm: 'mine' }) as never,
    };
    const routes = [{ method: 'GET' as const, path: '/', handler: () => 'ok', middleware: [realm] }];
    const app = await createApp({ routes, middleware: [realm], container });
    expect(make.mock.calls).toEqual([[{ realm: 'mine' }, users]]);
    expect((await app.inject({ url: '/' })).header('x-realm')).toBe('mine 1');
    expect(app.get(Users)).toBe(users);
  });

  it('is started and disposed of like everything that the container makes', async () => {
    const seen: string[] = [];
    class Watch {
      readonly name = 'watch';
      @OnStart() start() {
        seen.push('start');
      }
      handle(_context: Context, next: Next) {
        return next();
      }
      [Symbol.dispose]() {
        seen.push('dispose');
      }
    }
    const app = await createApp({ middleware: [withDependencies([], () => new Watch())] });
    await app.start();
    await app.close();
    expect(seen).toEqual(['start', 'dispose']);
  });

  it('reports what is missing, fails or is not a middleware, once and with its place', async () => {
    const fail = withDependencies([], () => {
      throw new Error('no key');
    });
    const middleware = [
      withDependencies([CONFIG], () => guard(() => undefined)),
      fail,
      fail,
      withDependencies([], () => 5 as never),
      { inject: CONFIG, useFactory: () => 1 } as never,
    ];
    expect(await readProblems({ middleware: middleware })).toEqual([
      'DEPENDENCY_UNRESOLVED createApp, middleware 0, inject 0: The token config has no provider.',
      'DEPENDENCY_FAILED createApp, middleware 1: createApp, middleware 1 could not be created: no key',
      'MIDDLEWARE_INVALID createApp, middleware 3: A value of type number is not a middleware.',
      'MIDDLEWARE_INVALID createApp, middleware 4: inject is not a list of tokens.',
    ]);
  });

  it('knows the types of its dependencies', () => {
    compileOnly(() => [
      withDependencies([CONFIG, Users], (config, users) => {
        expectType<Config>()(config);
        expectType<Users>()(users);
        return guard(() => undefined);
      }),
      expectType<MiddlewareFactory>()(withDependencies(['url'], (url: string) => guard(() => url))),
    ]);
    // @ts-expect-error -- another type
    compileOnly(() => withDependencies([CONFIG], (_users: Users) => guard(() => undefined)));
    // @ts-expect-error -- a text is not a middleware
    compileOnly(() => withDependencies([CONFIG], () => 'guard'));
    // @ts-expect-error -- a list is expected
    compileOnly(() => withDependencies(CONFIG, () => guard(() => undefined)));
    expect(realm.inject).toEqual([CONFIG, Users]);
  });
});

describe('the instances of an application', () => {
  it('are those of app.get and context.app.get', async () => {
    const app = await createApp({
      routes: [
        { method: 'GET', path: '/', handler: ({ app: { get } }) => [get(CONFIG).realm, get(Users).names] },
      ],
      providers: [PROVIDED, { token: 'mine', useFactory: () => 1, scope: 'request' }],
    });
    expect((await app.inject({ url: '/' })).json()).toEqual(['test', ['ada']]);
    expect(app.get(Users)).toBe(app.get(Users));
    compileOnly(() => expectType<Config>()(app.get(CONFIG)));
    expect(() => app.get('mine')).toThrow('"mine" belongs to a request');
    expect(() => app.get('nothing')).toThrow('The token "nothing" has no provider.');
    // Other frameworks have routes there.
    expect(() => app.get('/notes')).toThrow("For a route, write @Get('/notes') on a method of a controller.");
  });

  it('are those of its own application for a mounted route', async () => {
    const handler = ({ app }: Context): unknown => app.get(CONFIG).realm;
    const routes = [{ method: 'GET' as const, path: '/realm', handler }];
    const inner = await createApp({ routes, providers: [{ token: CONFIG, useValue: { realm: 'inner' } }] });
    const outer = await createApp({ routes, providers: [PROVIDED], logger: makeLogger() });
    outer.mount('/inner', inner);
    expect((await outer.inject({ url: '/realm' })).text()).toBe('test');
    expect((await outer.inject({ url: '/inner/realm' })).text()).toBe('inner');
  });
});
