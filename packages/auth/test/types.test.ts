/** The type check (`npm run check`) fails if a line after `@ts-expect-error` compiles. */
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
  it('infer the type of the user from verify', () => {
    compileOnly(() => [
      bearer({ verify: () => account, roles: (user) => user.groups }),
      bearer({ verify: async () => account, scopes: (user) => [user.id] }),
      basic({
        verify: (name, password) => (name === password ? account : undefined),
        roles: ({ groups }) => groups,
      }),
      authenticate({ verify: (context) => (expectType<Context>()(context), account) }),
    ]);
    // @ts-expect-error -- the user does not have this property
    compileOnly(() => bearer({ verify: () => account, roles: (user) => user.roles }));
    // @ts-expect-error -- roles must be a list
    compileOnly(() => bearer({ verify: () => account, roles: (user) => user.id }));
    // @ts-expect-error -- a token is a string
    compileOnly(() => bearer({ verify: (token: number) => token }));
    // @ts-expect-error -- roles cannot be asynchronous
    compileOnly(() => bearer({ verify: () => account, roles: async () => ['admin'] }));
    expect(bearer({ verify: () => account }).name).toBe('bearer');
  });

  it('refuse wrong, missing and unknown options, and both secrets and verify', () => {
    compileOnly(() => [
      basic({ users: { ada: 'a long password' } }),
      apiKey({ in: 'query', name: 'key', keys }),
    ]);
    // @ts-expect-error -- verify is missing
    compileOnly(() => bearer({}));
    // @ts-expect-error -- users or verify is missing
    compileOnly(() => basic({ realm: 'staff' }));
    // @ts-expect-error -- both users and verify
    compileOnly(() => basic({ users: {}, verify: () => account }));
    // @ts-expect-error -- both keys and verify
    compileOnly(() => apiKey({ keys, verify: () => account }));
    // @ts-expect-error -- a key cannot be in the body
    compileOnly(() => apiKey({ in: 'body', keys }));
    // @ts-expect-error -- unknown option
    compileOnly(() => authenticate({ verify: () => account, redirect: '/login' }));
    // @ts-expect-error -- only authenticate has the option refuse
    compileOnly(() => bearer({ verify: () => account, refuse: () => 'no' }));
    expect(apiKey({ keys }).name).toBe('apiKey');
  });

  it('let anyOf join guards only', () => {
    const one = bearer({ verify: () => account });
    const other = authenticate({ verify: () => account });
    compileOnly(() => [
      expectType<Guard>()(anyOf(one, other)),
      expectType<Middleware>()(requireRoles('admin')),
    ]);
    compileOnly((): Middleware => anyOf(one, anyOf(other, one)));
    // @ts-expect-error -- another middleware is not a guard
    compileOnly(() => anyOf(one, requireRoles('admin')));
    const own = guard(() => undefined);
    // @ts-expect-error -- the guard function of core does not make a guard of this package
    compileOnly(() => anyOf(one, own));
    // @ts-expect-error -- a factory that was not called
    compileOnly(() => anyOf(one, authenticate));
    // @ts-expect-error -- guards are arguments, not a list
    compileOnly(() => anyOf([one, other]));
    expect(anyOf(one, other).name).toBe('anyOf(bearer, authenticate)');
  });
});

describe('the types of the decorators and of the user', () => {
  it('are checked', () => {
    compileOnly(() => [Roles('a', 'b'), Scopes('a'), Public(), User()]);
    compileOnly((context = {} as Context) => expectType<AuthenticatedUser | undefined>()(context.get(USER)));
    compileOnly(() =>
      createParameterDecorator('Owner', (_context, use) =>
        expectType<AuthenticatedUser | undefined>()(use(User)),
      ),
    );
    // @ts-expect-error -- roles are arguments, not a list
    compileOnly(() => Roles(['admin']));
    // @ts-expect-error -- a scope is a string
    compileOnly(() => Scopes(5));
    // @ts-expect-error -- @Public takes no argument
    compileOnly(() => Public(true));
    // @ts-expect-error -- @User takes no argument
    compileOnly(() => User('ada'));
    expect(USER.name).toBe('user');
  });
});
