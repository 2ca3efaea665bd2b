/** What must not compile: every `@ts-expect-error` is checked by the type check (`npm run check`). */
import { createParameterDecorator, guard, type Context, type Middleware } from '@sluice/core';
import { compileOnly, expectType } from '../../core/test/compile-only';
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
  type AuthenticatedUser,
  type Guard,
} from '../src';

interface Account {
  readonly id: string;
  readonly groups: readonly string[];
}
const account: Account = { id: 'ada', groups: [] };
const keys = { billing: '0123456789abcdef' };

describe('the types of guards', () => {
  it('infer the user from verify', () => {
    compileOnly(() => [
      bearer({ verify: () => account, roles: (user) => user.groups }),
      bearer({ verify: async () => account, scopes: (user) => [user.id] }),
      basic({
        verify: (name, password) => (name === password ? account : undefined),
        roles: ({ groups }) => groups,
      }),
      authenticate({ verify: (context) => (expectType<Context>()(context), account) }),
    ]);
    // @ts-expect-error -- no such property of the user
    compileOnly(() => bearer({ verify: () => account, roles: (user) => user.roles }));
    // @ts-expect-error -- roles are a list
    compileOnly(() => bearer({ verify: () => account, roles: (user) => user.id }));
    // @ts-expect-error -- a token is text
    compileOnly(() => bearer({ verify: (token: number) => token }));
    // @ts-expect-error -- roles come at once
    compileOnly(() => bearer({ verify: () => account, roles: async () => ['admin'] }));
    expect(bearer({ verify: () => account }).name).toBe('bearer');
  });

  it('refuse wrong, missing and unknown options, and two ways to verify', () => {
    compileOnly(() => [
      basic({ users: { ada: 'a long password' } }),
      apiKey({ in: 'query', name: 'key', keys }),
    ]);
    // @ts-expect-error -- nothing verifies
    compileOnly(() => bearer({}));
    // @ts-expect-error -- nothing verifies
    compileOnly(() => basic({ realm: 'staff' }));
    // @ts-expect-error -- both
    compileOnly(() => basic({ users: {}, verify: () => account }));
    // @ts-expect-error -- both
    compileOnly(() => apiKey({ keys, verify: () => account }));
    // @ts-expect-error -- no such place
    compileOnly(() => apiKey({ in: 'body', keys }));
    // @ts-expect-error -- no such option
    compileOnly(() => authenticate({ verify: () => account, redirect: '/login' }));
    // @ts-expect-error -- only authenticate refuses in its own way
    compileOnly(() => bearer({ verify: () => account, refuse: () => 'no' }));
    expect(apiKey({ keys }).name).toBe('apiKey');
  });

  it('let anyOf join guards, and nothing else', () => {
    const one = bearer({ verify: () => account });
    const other = authenticate({ verify: () => account });
    compileOnly(() => [
      expectType<Guard>()(anyOf(one, other)),
      expectType<Middleware>()(requireRoles('admin')),
    ]);
    compileOnly((): Middleware => anyOf(one, anyOf(other, one)));
    // @ts-expect-error -- a middleware is no guard
    compileOnly(() => anyOf(one, requireRoles('admin')));
    const own = guard(() => undefined);
    // @ts-expect-error -- nor is one that core made
    compileOnly(() => anyOf(one, own));
    // @ts-expect-error -- a factory that was not called
    compileOnly(() => anyOf(one, authenticate));
    // @ts-expect-error -- guards, not a list of them
    compileOnly(() => anyOf([one, other]));
    expect(anyOf(one, other).name).toBe('anyOf(bearer, authenticate)');
  });
});

describe('the types of marks and of the user', () => {
  it('take names, and give the user', () => {
    compileOnly(() => [Roles('a', 'b'), Scopes('a'), Public(), User()]);
    compileOnly((context = {} as Context) => expectType<AuthenticatedUser | undefined>()(context.get(USER)));
    compileOnly(() =>
      createParameterDecorator('Owner', (_context, use) =>
        expectType<AuthenticatedUser | undefined>()(use(User)),
      ),
    );
    // @ts-expect-error -- names, not a list of them
    compileOnly(() => Roles(['admin']));
    // @ts-expect-error -- a name is text
    compileOnly(() => Scopes(5));
    // @ts-expect-error -- it takes nothing
    compileOnly(() => Public(true));
    // @ts-expect-error -- it takes nothing
    compileOnly(() => User('ada'));
    expect(USER.name).toBe('user');
  });
});
