import {
  Catch,
  contextKey,
  Controller,
  createApp,
  Get,
  notFound,
  OnStart,
  OnStop,
  Param,
  printPlan,
  type Context,
  type Middleware,
} from '../../src';

let seen: string[] = [];
beforeEach(() => (seen = []));

const NAME = contextKey<string>('name');
const COLOUR = contextKey<string>('colour');

function trace(name: string): Middleware {
  return {
    name,
    handle(_context, next) {
      seen.push(name);
      return next();
    },
  };
}

@Controller('/users')
class UsersController {
  @OnStart() start() {
    seen.push('users up');
  }
  @OnStop() stop() {
    seen.push('users down');
  }
  @Get('/:id') show(@Param('id') id: number) {
    return { id };
  }
  @Get('/:id/broken') fail() {
    throw notFound();
  }
  @Get('/:id/typo') typo() {
    throw new TypeError('typo');
  }
  @Get('/:id/state') state(@Param('id') _id: number) {
    return 'state';
  }
}

class AdminErrors {
  @Catch(TypeError) onType() {
    return { caught: 'admin' };
  }
}

const readState = ({ app }: Context) => `${app.state.get(NAME)} ${app.state.get(COLOUR)}`;

async function makeAdmin() {
  return createApp({
    controllers: [UsersController],
    routes: [{ method: 'GET', path: '/state', handler: readState }],
    middleware: [trace('admin')],
    errorHandlers: [AdminErrors],
    formatError: () => ({ shape: 'admin' }),
    onStart: ({ state }) => void state.set(NAME, 'admin'),
    logger: { info() {}, warn() {}, error() {} },
  });
}

async function makeSite() {
  const admin = await makeAdmin();
  const site = await createApp({
    prefix: '/api',
    routes: [
      { method: 'GET', path: '/state', handler: readState },
      { method: 'GET', path: '/broken', handler: () => notFound() },
    ],
    middleware: [trace('site')],
    formatError: () => ({ shape: 'site' }),
    onStart: ({ state }) => {
      seen.push('site up');
      state.set(NAME, 'site').set(COLOUR, 'blue');
    },
    onStop: () => void seen.push('site down'),
  });
  return { site: site.mount('/admin', admin), admin };
}

describe('a mounted application', () => {
  it('joins the plan of the other, below its path and inside its middleware', async () => {
    const { site } = await makeSite();
    expect(
      printPlan(site.plan)
        .split('\n')
        .map((line) => line.replace(/  +/g, '  ')),
    ).toEqual([
      'GET  /api/state  readState  site > readState',
      'GET  /api/broken  handler  site > handler',
      'GET  /api/admin/users/:id  UsersController.show  site > admin > show',
      'GET  /api/admin/users/:id/broken  UsersController.fail  site > admin > fail',
      'GET  /api/admin/users/:id/typo  UsersController.typo  site > admin > typo',
      'GET  /api/admin/users/:id/state  UsersController.state  site > admin > state',
      'GET  /api/admin/state  readState  site > admin > readState',
      '*  /api/admin/*  fallback  site > admin',
      '*  /*  fallback  site',
    ]);
    expect((await site.inject({ url: '/api/admin/users/7' })).json()).toEqual({ id: 7 });
  });

  it('starts before the other and stops after it', async () => {
    const { site } = await makeSite();
    await site.inject({ url: '/api/state' });
    await site.close();
    expect(seen).toEqual(['users up', 'site up', 'site', 'site down', 'users down']);
  });

  it('handles its own errors, in its own format', async () => {
    const { site } = await makeSite();
    expect((await site.inject({ url: '/api/admin/users/1/typo' })).json()).toEqual({ caught: 'admin' });
    expect((await site.inject({ url: '/api/admin/users/1/broken' })).json()).toEqual({ shape: 'admin' });
    expect((await site.inject({ url: '/api/broken' })).json()).toEqual({ shape: 'site' });
    expect((await site.inject({ url: '/api/none' })).json()).toEqual({ shape: 'site' });
  });

  it.each(['/api/admin', '/api/admin/', '/api/admin/none', '/api/admin/users/7'])(
    'answers %s itself if none of its routes match',
    async (url) => {
      const { site } = await makeSite();
      const answer = await site.inject({ method: 'DELETE', url });
      expect([answer.json(), seen.slice(-2)]).toEqual([{ shape: 'admin' }, ['site', 'admin']]);
      expect(answer.header('allow')).toBe(url.endsWith('7') ? 'GET, HEAD, OPTIONS' : undefined);
    },
  );

  it('leaves requests outside of its path to the other', async () => {
    const { site } = await makeSite();
    for (const url of ['/api/administer', '/api', '/admin/none']) {
      expect((await site.inject({ url })).json()).toEqual({ shape: 'site' });
      expect(seen.at(-1)).toBe('site');
    }
  });

  it('gives way to routes of the other below its path', async () => {
    const site = await createApp({ routes: [{ method: 'GET', path: '/*', handler: () => 'page' }] });
    site.mount('/admin', await makeAdmin());
    expect((await site.inject({ url: '/admin/none' })).text()).toBe('page');
    expect((await site.inject({ method: 'PUT', url: '/admin/none' })).status).toBe(405);
  });

  it('shows its state to its middleware if none of its routes match', async () => {
    const read: Middleware = {
      name: 'read',
      handle: (context, next) => void (seen.push(readState(context)), next()),
    };
    const inner = await createApp({
      middleware: [read],
      onStart: ({ state }) => void state.set(NAME, 'inner').set(COLOUR, 'red'),
    });
    const site = (await createApp({})).mount('/inner', inner);
    await site.inject({ url: '/inner/none' });
    expect(seen).toEqual(['inner red']);
  });

  it('answers from the innermost of nested applications, and from the first of two on one path', async () => {
    const [first, second, deep] = await Promise.all(
      ['first', 'second', 'deep'].map((name) => createApp({ middleware: [trace(name)] })),
    );
    const site = await createApp({});
    site.mount('/a', first!.mount('/b', deep!)).mount('/a', second!);
    await site.inject({ url: '/a/b/c' });
    await site.inject({ url: '/a/c' });
    expect(seen).toEqual(['first', 'deep', 'first']);
  });

  it('has its own state, which falls back to that of the other', async () => {
    const { site } = await makeSite();
    expect((await site.inject({ url: '/api/admin/state' })).text()).toBe('admin blue');
    expect((await site.inject({ url: '/api/state' })).text()).toBe('site blue');
  });

  it('takes middleware that is added after it was mounted', async () => {
    const { site, admin } = await makeSite();
    admin.use(trace('late'));
    await site.inject({ url: '/api/admin/users/7' });
    expect(seen.slice(-3)).toEqual(['site', 'admin', 'late']);
  });

  it('reports paths that both answer', async () => {
    const { site } = await makeSite();
    const other = await createApp({
      routes: [{ method: 'GET', path: '/users/:name', handler: () => 1 }],
    });
    expect(() => site.mount('/admin', other)).toThrow('ROUTE_DUPLICATE');
  });

  it('is stopped again if the other cannot start', async () => {
    const site = (
      await createApp({
        onStart: () => {
          throw new Error('no');
        },
      })
    ).mount('/admin', await makeAdmin());
    await expect(site.inject({ url: '/' })).rejects.toThrow('START_FAILED');
    expect(seen).toEqual(['users up', 'users down']);
  });
});
