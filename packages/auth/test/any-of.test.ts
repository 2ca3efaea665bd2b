import { Controller, Get, json, redirect, type Context, type PlainRoute } from '@sluice/core';
import {
  anyOf,
  apiKey,
  authenticate,
  basic,
  bearer,
  Public,
  requireRoles,
  Roles,
  Scopes,
  User,
  USER,
  type Guard,
} from '../src';
import { logged, start, tell } from './guarded-app';

interface Account {
  readonly id: string;
  readonly roles?: readonly string[];
  readonly scopes?: readonly string[];
}

const TOKENS = new Map<string, Account>([
  ['ada-token', { id: 'ada', roles: ['admin'] }],
  ['script-token', { id: 'script', scopes: ['read'] }],
]);
const PEOPLE = new Map<string, Account>([
  ['ada', { id: 'ada', roles: ['admin'], scopes: ['read', 'write'] }],
  ['bob', { id: 'bob' }],
]);

const findPerson = ({ request }: Context) => PEOPLE.get(request.cookies['user'] ?? '');
const tokens = () => bearer<Account>({ verify: (token) => TOKENS.get(token), realm: 'api' });
const people = () => authenticate<Account>({ verify: findPerson, realm: 'pages' });

const as = (token: string) => ({ authorization: `Bearer ${token}` });
const whoAmI: PlainRoute = {
  method: 'GET',
  path: '/',
  handler: (context) => json((context.get(USER) as Account | undefined)?.id ?? null),
};

async function ask(guard: Guard, headers: Record<string, string | string[]> = {}, url = '/') {
  const app = await start({ routes: [whoAmI], middleware: [guard] });
  return app.inject({ url, headers });
}

describe('anyOf', () => {
  it('lets in by the first guard that finds credentials of its kind', async () => {
    const either = anyOf(tokens(), people());
    expect((await ask(either, as('script-token'))).json()).toBe('script');
    expect((await ask(either, { cookie: 'user=bob' })).json()).toBe('bob');
    expect((await ask(either, { ...as('script-token'), cookie: 'user=bob' })).json()).toBe('script');
    expect((await ask(anyOf(people(), tokens()), { ...as('script-token'), cookie: 'user=bob' })).json()).toBe(
      'bob',
    );
  });

  it('answers who has none with one 401, and all challenges in it (RFC 9110 §11.6.1)', async () => {
    const three = anyOf(
      tokens(),
      basic({ users: { ada: 'a long password' }, realm: 'staff' }),
      people(),
      apiKey({ keys: { billing: '0123456789abcdef' } }),
    );
    expect(tell(await ask(three))).toEqual([
      401,
      'credentials_missing',
      'Bearer realm="api", Basic realm="staff", charset="UTF-8", Session realm="pages", ApiKey realm="api", in="header", name="X-API-Key"',
    ]);
  });

  it('refuses credentials that are not good at once, whoever else is named', async () => {
    const refused = await ask(anyOf(tokens(), people()), { ...as('stolen'), cookie: 'user=ada' });
    expect(tell(refused)).toEqual([
      401,
      'credentials_invalid',
      'Bearer realm="api", error="invalid_token", Session realm="pages"',
    ]);
  });

  it('refuses credentials that can not be read at once', async () => {
    const either = anyOf(tokens(), people());
    for (const authorization of ['Bearer', ['Bearer ada-token', 'Bearer ada-token']])
      expect((await ask(either, { authorization, cookie: 'user=ada' })).status).toBe(400);
  });

  it('goes on from a session that names nobody', async () => {
    const either = anyOf(people(), tokens());
    expect((await ask(either, { ...as('script-token'), cookie: 'user=nobody' })).json()).toBe('script');
    expect((await ask(either, { cookie: 'user=nobody' })).status).toBe(401);
  });

  it('asks no later guard when an earlier one has found somebody', async () => {
    const later = jest.fn(findPerson);
    await ask(anyOf(tokens(), authenticate({ verify: later })), as('ada-token'));
    expect(later).not.toHaveBeenCalled();
  });

  it('may be asynchronous', async () => {
    const either = anyOf(
      authenticate({ verify: async (context) => findPerson(context) }),
      bearer({ verify: async (token) => TOKENS.get(token) }),
    );
    expect((await ask(either, as('script-token'))).json()).toBe('script');
    expect((await ask(either, { cookie: 'user=bob' })).json()).toBe('bob');
    expect((await ask(either, as('nobody'))).status).toBe(401);
  });

  it.each([
    ['throws', () => Promise.reject(new Error('the store is away'))],
    ['gives a list', () => [] as never],
  ])('lets nobody in by a later guard where an earlier one %s', async (_, verify) => {
    const either = anyOf(authenticate({ verify }), tokens());
    expect((await ask(either, as('ada-token'))).status).toBe(500);
    expect(logged).toHaveLength(1);
  });

  it('varies by everything that may decide', async () => {
    const either = anyOf(tokens(), people(), apiKey({ name: 'X-Key', keys: { a: '0123456789abcdef' } }));
    for (const headers of [as('ada-token'), {}])
      expect((await ask(either, headers)).header('vary')).toBe('Authorization, Cookie, X-Key');
  });

  it('answers who is nobody as its first guard does that has an answer of its own', async () => {
    const pages = authenticate({
      verify: findPerson,
      refuse: ({ request }) => (request.path === '/' ? redirect('/login') : undefined),
    });
    const either = anyOf(tokens(), pages);
    expect((await ask(either)).header('location')).toBe('/login');
    expect(tell(await ask(either, {}, '/api'))[2]).toBe('Bearer realm="api", Session realm="api"');
    expect((await ask(either, as('stolen'))).status).toBe(401);
  });

  it('lets strangers in where one of its guards does, and nobody with bad credentials', async () => {
    const either = anyOf(bearer({ verify: (token) => TOKENS.get(token), optional: true }), people());
    expect((await ask(either)).json()).toBeNull();
    expect((await ask(either, { cookie: 'user=bob' })).json()).toBe('bob');
    expect((await ask(either, as('stolen'))).status).toBe(401);
  });

  it('asks the user whom it has let in for the roles and scopes of the route', async () => {
    @Controller()
    class RulesController {
      @Get('/role') @Roles('admin') role(@User() user: Account) {
        return user.id;
      }
      @Get('/scope') @Scopes('write') scope() {
        return 'written';
      }
      @Get('/open') @Public() open() {
        return 'open';
      }
    }
    const app = await start({ controllers: [RulesController], middleware: [anyOf(tokens(), people())] });
    const send = async (url: string, headers: Record<string, string>) => {
      const response = await app.inject({ url, headers });
      return [response.status, response.header('www-authenticate')];
    };
    expect(await send('/role', as('ada-token'))).toEqual([200, undefined]);
    expect(await send('/role', { cookie: 'user=ada' })).toEqual([200, undefined]);
    expect(await send('/role', { cookie: 'user=bob' })).toEqual([403, undefined]);
    // Her session may write; the token that she gives may not, and is what counts.
    expect(await send('/scope', { cookie: 'user=ada' })).toEqual([200, undefined]);
    expect(await send('/scope', { ...as('ada-token'), cookie: 'user=ada' })).toEqual([
      403,
      'Bearer realm="api", error="insufficient_scope", scope="write"',
    ]);
    expect(await send('/scope', { cookie: 'user=bob' })).toEqual([403, undefined]);
    expect(await send('/open', {})).toEqual([200, undefined]);
  });

  it('is a guard for requireRoles, and for anyOf', async () => {
    const nested = anyOf(anyOf(tokens(), people()), apiKey({ keys: { billing: '0123456789abcdef' } }));
    expect((await ask(nested, { 'x-api-key': '0123456789abcdef' })).status).toBe(200);
    const app = await start({ routes: [whoAmI], middleware: [nested, requireRoles('admin')] });
    expect((await app.inject({ url: '/', headers: as('ada-token') })).status).toBe(200);
    expect((await app.inject({ url: '/', headers: { cookie: 'user=bob' } })).status).toBe(403);
  });

  it('tells its name and the options of its guards in the plan, and no secret', async () => {
    const either = anyOf(tokens(), apiKey({ keys: { billing: '0123456789abcdef' } }));
    const { plan } = await start({ routes: [whoAmI], middleware: [either] });
    expect(plan.routes[0]!.steps[0]).toMatchObject({
      name: 'anyOf(bearer, apiKey)',
      options: {
        guards: [
          { guard: 'bearer', realm: 'api', optional: false },
          { guard: 'apiKey', in: 'header', name: 'X-API-Key', realm: 'api', optional: false },
        ],
      },
    });
    expect(JSON.stringify(plan)).not.toContain('0123456789abcdef');
  });

  it.each<[string, () => unknown, string]>([
    ['no guard', () => anyOf(), 'It has fewer than two guards.'],
    ['one guard', () => anyOf(tokens()), 'It has fewer than two guards.'],
    [
      'what is no guard',
      () => anyOf(tokens(), requireRoles('admin') as never),
      'Argument 1 is no guard of @sluice/auth.',
    ],
    [
      'a factory that was not called',
      () => anyOf(bearer as never, tokens()),
      'Argument 0 is no guard of @sluice/auth.',
    ],
    ['undefined', () => anyOf(tokens(), undefined as never), 'Argument 1 is no guard of @sluice/auth.'],
    [
      'two that read the same',
      () => anyOf(tokens(), people(), tokens()),
      'Two guards read the bearer token, so the second is never asked.',
    ],
    [
      'two keys of one name',
      () => anyOf(keys('X-Key'), keys('x-key')),
      'Two guards read the header x-key, so the second is never asked.',
    ],
  ])('refuses %s', (_, make, fault) => {
    expect(make).toThrow(fault);
  });
});

function keys(name: string): Guard {
  return apiKey({ name, keys: { billing: '0123456789abcdef' } });
}
