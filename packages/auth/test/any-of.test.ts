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
import { logged, start, describeRefusal } from './guarded-app';

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
  it('admits by the first guard that finds credentials of its kind', async () => {
    const either = anyOf(tokens(), people());
    expect((await ask(either, as('script-token'))).json()).toBe('script');
    expect((await ask(either, { cookie: 'user=bob' })).json()).toBe('bob');
    expect((await ask(either, { ...as('script-token'), cookie: 'user=bob' })).json()).toBe('script');
    expect((await ask(anyOf(people(), tokens()), { ...as('script-token'), cookie: 'user=bob' })).json()).toBe(
      'bob',
    );
  });

  it('answers a request without credentials with one 401 that has a line for each challenge (RFC 9110 §11.6.1)', async () => {
    const three = anyOf(
      tokens(),
      basic({ users: { ada: 'a long password' }, realm: 'staff' }),
      people(),
      apiKey({ keys: { billing: '0123456789abcdef' } }),
    );
    const refused = await ask(three);
    expect(describeRefusal(refused).slice(0, 2)).toEqual([401, 'credentials_missing']);
    expect(refused.headerLines('www-authenticate')).toEqual([
      'Bearer realm="api"',
      'Basic realm="staff", charset="UTF-8"',
      'Session realm="pages"',
      'ApiKey realm="api", in="header", name="X-API-Key"',
    ]);
  });

  it('refuses invalid credentials at once, even beside valid ones', async () => {
    const refused = await ask(anyOf(tokens(), people()), { ...as('stolen'), cookie: 'user=ada' });
    expect(describeRefusal(refused)).toEqual([
      401,
      'credentials_invalid',
      'Bearer realm="api", error="invalid_token", Session realm="pages"',
    ]);
  });

  it('refuses malformed credentials at once', async () => {
    const either = anyOf(tokens(), people());
    for (const authorization of ['Bearer', ['Bearer ada-token', 'Bearer ada-token']])
      expect((await ask(either, { authorization, cookie: 'user=ada' })).status).toBe(400);
  });

  it('tries the later guards after a session without a user', async () => {
    const either = anyOf(people(), tokens());
    expect((await ask(either, { ...as('script-token'), cookie: 'user=unknown' })).json()).toBe('script');
    expect((await ask(either, { cookie: 'user=unknown' })).status).toBe(401);
  });

  it('does not try later guards once an earlier one has found a user', async () => {
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
    expect((await ask(either, as('unknown'))).status).toBe(401);
  });

  it.each([
    ['throws', () => Promise.reject(new Error('the store is away'))],
    ['returns a list', () => [] as never],
  ])('does not admit by a later guard if an earlier one %s', async (_, verify) => {
    const either = anyOf(authenticate({ verify }), tokens());
    expect((await ask(either, as('ada-token'))).status).toBe(500);
    expect(logged).toHaveLength(1);
  });

  it('varies by the headers of all its guards', async () => {
    const either = anyOf(tokens(), people(), apiKey({ name: 'X-Key', keys: { a: '0123456789abcdef' } }));
    for (const headers of [as('ada-token'), {}])
      expect((await ask(either, headers)).header('vary')).toBe('Authorization, Cookie, X-Key');
  });

  it('answers a request without credentials with the first `refuse` of its guards', async () => {
    const pages = authenticate({
      verify: findPerson,
      refuse: ({ request }) => (request.path === '/' ? redirect('/login') : undefined),
    });
    const either = anyOf(tokens(), pages);
    expect((await ask(either)).header('location')).toBe('/login');
    expect(describeRefusal(await ask(either, {}, '/api'))[2]).toBe('Bearer realm="api", Session realm="api"');
    expect((await ask(either, as('stolen'))).status).toBe(401);
  });

  it('admits requests without credentials if one of its guards does, but none with invalid ones', async () => {
    const either = anyOf(bearer({ verify: (token) => TOKENS.get(token), optional: true }), people());
    expect((await ask(either)).json()).toBeNull();
    expect((await ask(either, { cookie: 'user=bob' })).json()).toBe('bob');
    expect((await ask(either, as('stolen'))).status).toBe(401);
  });

  it('requires the roles and scopes of the route from the user it has found', async () => {
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
    // Ada's session may write. Her token may not, and the token is what counts.
    expect(await send('/scope', { cookie: 'user=ada' })).toEqual([200, undefined]);
    expect(await send('/scope', { ...as('ada-token'), cookie: 'user=ada' })).toEqual([
      403,
      'Bearer realm="api", error="insufficient_scope", scope="write"',
    ]);
    expect(await send('/scope', { cookie: 'user=bob' })).toEqual([403, undefined]);
    expect(await send('/open', {})).toEqual([200, undefined]);
  });

  it('counts as a guard for requireRoles and for anyOf', async () => {
    const nested = anyOf(anyOf(tokens(), people()), apiKey({ keys: { billing: '0123456789abcdef' } }));
    expect((await ask(nested, { 'x-api-key': '0123456789abcdef' })).status).toBe(200);
    const app = await start({ routes: [whoAmI], middleware: [nested, requireRoles('admin')] });
    expect((await app.inject({ url: '/', headers: as('ada-token') })).status).toBe(200);
    expect((await app.inject({ url: '/', headers: { cookie: 'user=bob' } })).status).toBe(403);
  });

  it('shows its name and the options of its guards in the plan, but no secret', async () => {
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
      'another middleware',
      () => anyOf(tokens(), requireRoles('admin') as never),
      'Argument 1 is not a guard of @sluice/auth.',
    ],
    [
      'a factory that was not called',
      () => anyOf(bearer as never, tokens()),
      'Argument 0 is not a guard of @sluice/auth.',
    ],
    ['undefined', () => anyOf(tokens(), undefined as never), 'Argument 1 is not a guard of @sluice/auth.'],
    [
      'two guards with the same credentials',
      () => anyOf(tokens(), people(), tokens()),
      'Two guards read the bearer token, so the second would never be used.',
    ],
    [
      'two keys with the same name',
      () => anyOf(keys('X-Key'), keys('x-key')),
      'Two guards read the header x-key, so the second would never be used.',
    ],
  ])('refuses %s', (_, make, fault) => {
    expect(make).toThrow(fault);
  });
});

function keys(name: string): Guard {
  return apiKey({ name, keys: { billing: '0123456789abcdef' } });
}
