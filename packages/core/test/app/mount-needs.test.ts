import {
  ConfigurationError,
  Context,
  Controller,
  createApp,
  createParameterDecorator,
  Get,
  Injectable,
  Mark,
  OnStart,
  OnStop,
  override,
  routeMark,
  token,
  type App,
  type AppOptions,
  type Middleware,
} from '../../src';

const User = createParameterDecorator('User', () => 'ada', { needs: 'user' });
const ROLES = routeMark<readonly string[]>('roles', { needs: 'authorization' });

@Controller('/users')
class UsersController {
  @Get() @Mark(ROLES, ['admin']) list(@User() user: string) {
    return user;
  }
}

const guard: Middleware = {
  name: 'bearer',
  provides: ['user', 'authorization'],
  prepare: ({ marks }) => ({
    ...guard,
    handle: (context, next) => (context.response.headers.set('X-Roles', String(marks.get(ROLES))), next()),
  }),
  handle: (_context, next) => next(),
};
const NEEDS = ['user', 'authorization'];

async function list(attempt: () => unknown): Promise<string[]> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof ConfigurationError)
      return error.problems.map(({ code, place, fault }) => `${code} ${place}: ${fault}`);
    throw error;
  }
  return [];
}

describe('an application that needs middleware of the outer one', () => {
  const make = (options: AppOptions = {}): Promise<App> =>
    createApp({ controllers: [UsersController], needs: NEEDS, ...options });

  it('starts in an outer one that has it, whose middleware is prepared for its routes', async () => {
    const outer = await createApp({ middleware: [guard] });
    outer.mount('/admin', await make());
    const response = await outer.inject({ url: '/admin/users' });
    expect([response.text(), response.header('x-roles')]).toEqual(['ada', 'admin']);
  });

  it('may be mounted at any depth, if each application in between needs it too or has it', async () => {
    const middle = await createApp({
      needs: ['user'],
      middleware: [{ ...guard, provides: ['authorization'] }],
    });
    middle.mount('/b', await make());
    const outer = await createApp({ middleware: [{ ...guard, name: 'user', provides: [] }] });
    outer.mount('/a', middle);
    expect((await outer.inject({ url: '/a/b/users' })).text()).toBe('ada');
    const unaware = await createApp({ routes: [] });
    const inner = await make();
    expect(await list(() => unaware.mount('/b', inner))).toHaveLength(4);
  });

  it('refuses an outer one without it, also if no route of its own needs it', async () => {
    const outer = await createApp({ middleware: [{ ...guard, provides: ['user'] }] });
    const inner = await make({ controllers: [], routes: [{ method: 'GET', path: '/', handler: () => 1 }] });
    expect(await list(() => outer.mount('/admin', inner))).toEqual([
      'MIDDLEWARE_MISSING app.mount("/admin"): The mounted application needs "authorization", but no middleware of the outer one has that name or provides it.',
    ]);
  });

  it('does not run alone, and knows a route that needs something else', async () => {
    const app = await make();
    expect(app.plan.routes).toHaveLength(1);
    const missing = [
      'MIDDLEWARE_MISSING UsersController.list: The mark roles needs "authorization", but no middleware on the route has that name or provides it.',
      'MIDDLEWARE_MISSING UsersController.list, parameter 0: @User needs "user", but no middleware on the route has that name or provides it.',
    ];
    for (const attempt of [
      () => app.inject({ url: '/users' }),
      () => app.start(),
      () => app.listen({ port: 0 }),
    ])
      expect(await list(attempt)).toEqual(missing);
    expect(await list(() => make({ needs: ['user'] }))).toEqual([missing[0]]);
    expect(await list(() => make({ needs: 'user' as never }))).toEqual([
      'OPTION_INVALID createApp(): needs must be a list of names.',
    ]);
  });

  it('runs alone in a test that has the rest', async () => {
    const app = await make({
      middleware: [{ ...guard, provides: ['authorization'] }],
      overrides: [override(User, () => 'bob')],
    });
    expect((await app.inject({ url: '/users' })).text()).toBe('bob');
  });
});

describe('an application with the container of the outer one', () => {
  const CONFIG = token<{ readonly name: string }>('config');
  let seen: string[] = [];
  beforeEach(() => (seen = []));

  @Injectable()
  class Store {
    @OnStart() open() {
      seen.push('open');
    }
    @OnStop() close() {
      seen.push('close');
    }
    [Symbol.dispose]() {
      seen.push('dispose');
    }
  }

  @Injectable()
  class Visitor {
    constructor(readonly context: Context) {}
  }

  @Controller('/store')
  class StoreController {
    constructor(
      readonly store: Store,
      readonly visitor: Visitor,
    ) {}
    @Get() show() {
      return this.visitor.context.app.get(CONFIG).name;
    }
  }

  const providers = [{ token: CONFIG, useFactory: async () => ({ name: 'shared' }) }];

  it('has its instances, which are made, started and disposed of once', async () => {
    const outer = await createApp({ providers });
    const inner = await createApp({ container: outer.container, controllers: [StoreController] });
    const deeper = await createApp({ container: inner.container, controllers: [StoreController] });
    outer.mount('/inner', inner.mount('/deeper', deeper));
    expect(inner.get(Store)).toBe(outer.get(Store));
    for (const url of ['/inner/store', '/inner/deeper/store'])
      expect((await outer.inject({ url })).text()).toBe('shared');
    await outer.close();
    expect(seen).toEqual(['open', 'close', 'dispose']);
  });

  it('runs only inside of that one', async () => {
    const outer = await createApp({ providers });
    const inner = await createApp({ container: outer.container, controllers: [StoreController] });
    const alone = 'It uses the container of another application, which starts and stops the instances.';
    expect(await list(() => inner.inject({ url: '/store' }))).toEqual([`MOUNT_INVALID app.inject: ${alone}`]);
    expect(await list(() => inner.start())).toEqual([`MOUNT_INVALID app.start: ${alone}`]);
    const other = await createApp({ providers });
    expect(await list(() => other.mount('/inner', inner))).toEqual([
      'MOUNT_INVALID app.mount: It uses the container of another application.',
    ]);
    expect(seen).toEqual([]);
  });

  it('has no providers of its own', async () => {
    const { container } = await createApp({ providers });
    expect(await list(() => createApp({ container, providers }))).toEqual([
      'OPTION_INVALID createApp(): providers cannot be combined with container: register them in the container instead.',
    ]);
  });
});
