import {
  Controller,
  Get,
  HttpError,
  json,
  redirect,
  UseMiddleware,
  type App,
  type Context,
} from '@sluice/core';
import { bearer, Public, Roles, Scopes, USER, User } from '../src';
import { logged, start, describeRefusal } from './guarded-app';

interface Account {
  readonly id: string;
  readonly roles?: readonly string[];
  readonly scope?: string;
}

const ACCOUNTS: Readonly<Record<string, Account>> = {
  'ada-token': { id: 'ada', roles: ['admin', 'staff'], scope: 'notes:read notes:write' },
  'bob-token': { id: 'bob', roles: ['staff'], scope: 'notes:read' },
};
const verify = (token: string): Account | undefined => ACCOUNTS[token];

@Controller('/notes')
class NotesController {
  @Get() list(@User() user: Account) {
    return { of: user.id };
  }

  @Get('/open') @Public() open() {
    return 'open';
  }

  @Get('/admin') @Roles('admin', 'root') admin() {
    return 'admin';
  }

  @Get('/write') @Scopes('notes:read', 'notes:write') write() {
    return 'written';
  }
}

const as = (token: string) => ({ authorization: `Bearer ${token}` });

describe('bearer', () => {
  let app: App;

  beforeAll(async () => {
    app = await start({ controllers: [NotesController], middleware: [bearer({ verify, realm: 'notes' })] });
  });

  it('admits the user of a token, and passes the user to the handler', async () => {
    const response = await app.inject({ url: '/notes', headers: as('ada-token') });
    expect(response.json()).toEqual({ of: 'ada' });
    expect(response.header('vary')).toBe('Authorization');
    expect(response.header('cache-control')).toBe('private');
  });

  it.each([
    ['no credentials', {}, 401, 'credentials_missing', 'Bearer realm="notes"'],
    ['another scheme', { authorization: 'Basic YTpi' }, 401, 'credentials_missing', 'Bearer realm="notes"'],
    [
      'an unknown token',
      as('unknown'),
      401,
      'credentials_invalid',
      'Bearer realm="notes", error="invalid_token"',
    ],
    [
      'a scheme without a token',
      { authorization: 'Bearer' },
      400,
      'invalid_request',
      'Bearer realm="notes", error="invalid_request"',
    ],
    ['a malformed token', as('a b'), 400, 'invalid_request', 'Bearer realm="notes", error="invalid_request"'],
    [
      'a name that every object inherits',
      as('constructor'),
      401,
      'credentials_invalid',
      'Bearer realm="notes", error="invalid_token"',
    ],
    [
      'two lines',
      { authorization: ['Bearer ada-token', 'Bearer bob-token'] },
      400,
      'invalid_request',
      'Bearer realm="notes", error="invalid_request"',
    ],
  ])('refuses %s', async (_, headers, status, code, challenge) => {
    const response = await app.inject({ url: '/notes', headers });
    expect(describeRefusal(response)).toEqual([status, code, challenge]);
    expect(response.header('vary')).toBe('Authorization');
  });

  it('accepts the scheme in any case, and no token in the query', async () => {
    const loud = await app.inject({ url: '/notes', headers: { authorization: 'BEARER  bob-token' } });
    expect(loud.json()).toEqual({ of: 'bob' });
    expect((await app.inject({ url: '/notes?access_token=ada-token' })).status).toBe(401);
    const both = await app.inject({ url: '/notes?access_token=ada-token', headers: as('bob-token') });
    expect(both.status).toBe(400);
  });

  it('is not part of the plan of public routes', async () => {
    expect((await app.inject({ url: '/notes/open' })).text()).toBe('open');
    const open = app.plan.routes.find(({ info }) => info.path === '/notes/open')!;
    expect(open.steps.map(({ name }) => name)).toEqual(['open']);
  });

  it('requires one of the roles', async () => {
    expect((await app.inject({ url: '/notes/admin', headers: as('ada-token') })).text()).toBe('admin');
    const refused = await app.inject({ url: '/notes/admin', headers: as('bob-token') });
    expect(describeRefusal(refused)).toEqual([403, 'insufficient_role', undefined]);
    expect(refused.text()).not.toContain('admin');
  });

  it('requires all of the scopes, and names them in its refusal (RFC 6750 §3.1)', async () => {
    expect((await app.inject({ url: '/notes/write', headers: as('ada-token') })).text()).toBe('written');
    const refused = await app.inject({ url: '/notes/write', headers: as('bob-token') });
    expect(describeRefusal(refused)).toEqual([
      403,
      'insufficient_scope',
      'Bearer realm="notes", error="insufficient_scope", scope="notes:read notes:write"',
    ]);
  });

  it('answers 401 to unknown paths too, so that strangers cannot find out which paths exist', async () => {
    expect((await app.inject({ url: '/nowhere' })).status).toBe(401);
    expect((await app.inject({ url: '/nowhere', headers: as('ada-token') })).status).toBe(404);
  });

  it('refuses OPTIONS and preflights too, because their answers reveal which routes exist', async () => {
    const ask = async (url: string, headers: Record<string, string> = {}) => {
      const response = await app.inject({ method: 'OPTIONS', url, headers });
      return [response.status, response.header('allow')];
    };
    expect(await ask('/notes')).toEqual([401, undefined]);
    expect(await ask('/nowhere')).toEqual([401, undefined]);
    expect(await ask('/notes', as('ada-token'))).toEqual([204, 'GET, HEAD, OPTIONS']);
    const preflight = { origin: 'https://app.example', 'access-control-request-method': 'GET' };
    expect(await ask('/notes', preflight)).toEqual([401, undefined]);
    expect(await ask('/notes/open', preflight)).toEqual([204, 'GET, HEAD, OPTIONS']);
  });
});

describe('a bearer guard whose verify fails', () => {
  const reached = jest.fn(() => 'secret');
  const ask = async (verify: (token: string, context: Context) => unknown) => {
    const app = await start({
      routes: [{ method: 'GET', path: '/', handler: reached }],
      middleware: [bearer({ verify })],
    });
    return app.inject({ url: '/', headers: as('any') });
  };

  afterEach(() => expect(reached).not.toHaveBeenCalled());

  it.each([
    [
      'throws',
      () => {
        throw new Error('the database is away');
      },
    ],
    ['rejects', () => Promise.reject(new Error('the database is away'))],
    ['returns an error', () => new Error('the database is away')],
    ['returns a list', () => []],
    ['returns a reply', () => redirect('/')],
  ])('answers 500 if verify %s, and logs why', async (_, verify) => {
    expect((await ask(verify)).status).toBe(500);
    expect(logged.join()).toMatch(/the database is away|verify returned a (list|reply) instead of a user/);
  });

  it.each([undefined, null, false, '', 0, Promise.resolve(undefined), Promise.resolve(false)])(
    'answers 401 if verify returns %p',
    async (answer) => expect((await ask(() => answer)).status).toBe(401),
  );

  it('answers with the HttpError that verify throws or returns', async () => {
    const unavailable = new HttpError(503);
    expect((await ask(() => Promise.reject(unavailable))).status).toBe(503);
    expect((await ask(() => unavailable)).status).toBe(503);
  });
});

describe('a bearer guard', () => {
  const handler = (context: Context) => json(context.get(USER) ?? null);

  it('may be asynchronous', async () => {
    const app = await start({
      routes: [{ method: 'GET', path: '/', handler }],
      middleware: [bearer({ verify: async (token) => verify(token) })],
    });
    expect((await app.inject({ url: '/', headers: as('bob-token') })).json()).toMatchObject({ id: 'bob' });
    expect((await app.inject({ url: '/', headers: as('unknown') })).status).toBe(401);
  });

  it('reads roles and scopes with its options, and grants nothing if they do not return a list', async () => {
    @Controller()
    class RulesController {
      @Get() @Roles('admin') @Scopes('read') show() {
        return 'shown';
      }
    }
    const ask = async (options: Partial<Parameters<typeof bearer<Account>>[0]>) => {
      const app = await start({
        controllers: [RulesController],
        middleware: [bearer<Account>({ verify: () => ({ id: 'x' }), ...options })],
      });
      return (await app.inject({ url: '/', headers: as('any') })).status;
    };
    expect(await ask({ roles: () => ['admin'], scopes: () => ['read'] })).toBe(200);
    expect(await ask({ roles: () => 'superadmin' as never, scopes: () => ['read'] })).toBe(403);
    expect(await ask({ scopes: () => ['read'] })).toBe(403);
    expect(await ask({ roles: () => ['admin'] })).toBe(403);
  });

  it('admits requests without credentials to routes without a rule, if it is optional', async () => {
    @Controller()
    class OptionalController {
      @Get() show(@User() user?: Account) {
        return { user: user?.id ?? null };
      }
      @Get('/staff') @Roles('staff') staff() {
        return 'staff';
      }
    }
    const app = await start({
      controllers: [OptionalController],
      middleware: [bearer({ verify, optional: true })],
    });
    expect((await app.inject({ url: '/' })).json()).toEqual({ user: null });
    expect((await app.inject({ url: '/', headers: as('bob-token') })).json()).toEqual({ user: 'bob' });
    expect((await app.inject({ url: '/', headers: as('unknown') })).status).toBe(401);
    expect((await app.inject({ url: '/staff' })).status).toBe(401);
  });

  it('keeps the Cache-Control that a handler sets', async () => {
    const app = await start({
      routes: [
        { method: 'GET', path: '/', handler: () => json(1, { headers: { 'Cache-Control': 'no-store' } }) },
      ],
      middleware: [bearer({ verify })],
    });
    const response = await app.inject({ url: '/', headers: as('bob-token') });
    expect(response.header('cache-control')).toBe('no-store');
  });

  it('can be on a controller or a method', async () => {
    @Controller('/a')
    @UseMiddleware(bearer({ verify }))
    class WholeController {
      @Get() list() {
        return 'list';
      }
      @Get('/open') @Public() open() {
        return 'open';
      }
    }
    @Controller('/b')
    class PartController {
      @Get() @UseMiddleware(bearer({ verify })) @Roles('admin') list() {
        return 'list';
      }
      @Get('/open') open() {
        return 'open';
      }
    }
    const app = await start({ controllers: [WholeController, PartController] });
    for (const path of ['/a', '/b']) {
      expect((await app.inject({ url: path })).status).toBe(401);
      expect((await app.inject({ url: path, headers: as('ada-token') })).text()).toBe('list');
      expect((await app.inject({ url: `${path}/open` })).text()).toBe('open');
    }
    expect((await app.inject({ url: '/b', headers: as('bob-token') })).status).toBe(403);
  });

  it.each([
    [{}, 'verify is required'],
    [{ verify: 'ada' }, 'verify must be a function'],
    [{ verify, relm: 'x' }, 'There is no option "relm"'],
    [{ verify, realm: 'a\nb' }, 'realm must be printable ASCII text'],
    [{ verify, optional: 'yes' }, 'optional must be true or false'],
  ])('refuses the options %p', (options, message) => {
    expect(() => bearer(options as never)).toThrow(message);
  });
});
