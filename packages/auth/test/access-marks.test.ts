import { Controller, Get, type App, type Class, type Middleware } from '@sluice/core';
import { bearer, Public, PUBLIC, requireRoles, requireScopes, Roles, Scopes, User } from '../src';
import { start } from './guarded-app';

/** A token lists the roles of its user, separated by dots; the same words are its scopes. */
const guard = bearer({ verify: (token) => ({ roles: token.split('.'), scopes: token.split('.') }) });

async function ask(app: App, url: string, token: string): Promise<number> {
  return (await app.inject({ url, headers: { authorization: `Bearer ${token}` } })).status;
}

function startWith(controller: Class, ...middleware: Middleware[]): Promise<App> {
  return start({ controllers: [controller], middleware });
}

describe('roles and scopes of class and method', () => {
  it('are merged: a user needs one role of each list and every scope', async () => {
    @Controller()
    @Roles('staff', 'partner')
    @Scopes('read')
    class MergedController {
      @Get('/roles') @Roles('admin') roles() {}
      @Get('/scopes') @Scopes('write') scopes() {}
      @Get('/class') ofClass() {}
    }
    const app = await startWith(MergedController, guard);
    expect(await ask(app, '/class', 'partner.read')).toBe(204);
    expect(await ask(app, '/class', 'partner')).toBe(403);
    expect(await ask(app, '/roles', 'staff.read')).toBe(403);
    expect(await ask(app, '/roles', 'admin.read')).toBe(403);
    expect(await ask(app, '/roles', 'staff.admin.read')).toBe(204);
    expect(await ask(app, '/scopes', 'staff.read')).toBe(403);
    expect(await ask(app, '/scopes', 'staff.write')).toBe(403);
    expect(await ask(app, '/scopes', 'staff.read.write')).toBe(204);
  });

  it('are inherited by subclasses', async () => {
    @Controller('/parent')
    @Roles('staff')
    class Parent {
      @Get() list() {}
    }
    @Controller('/child')
    class Child extends Parent {}
    const app = await start({ controllers: [Parent, Child], middleware: [guard] });
    expect(await ask(app, '/child', 'other')).toBe(403);
    expect(await ask(app, '/child', 'staff')).toBe(204);
  });
});

describe('@Public on the method of a parent class', () => {
  class Parent {
    @Get() @Public() list() {}
  }

  it.each([
    ['@Roles', Roles('admin')],
    ['@Scopes', Scopes('write')],
  ])('does not silently open a subclass with %s', async (_, decorate) => {
    @Controller('/child')
    @decorate
    class Child extends Parent {}
    await expect(startWith(Child, guard)).rejects.toMatchObject({
      problems: [
        {
          code: 'DECORATOR_MISPLACED',
          place: 'Child.list',
          fault:
            'Its class has @Roles or @Scopes, but it inherits @Public from a method of a parent class, which would open it.',
          cure: 'Remove that @Public, or write @Public on the method of this class too.',
        },
      ],
    });
  });

  it('does not open a subclass whose parent has the rule either', async () => {
    @Roles('admin')
    class Middle extends Parent {}
    @Controller('/child')
    class Child extends Middle {}
    await expect(startWith(Child, guard)).rejects.toThrow('DECORATOR_MISPLACED');
  });

  it('opens a subclass without rules, and one that says so itself', async () => {
    @Controller('/plain')
    class PlainChild extends Parent {}
    @Controller('/clear')
    @Roles('admin')
    class ClearChild extends Parent {
      @Get() @Public() override list() {}
    }
    const app = await start({ controllers: [PlainChild, ClearChild], middleware: [guard] });
    expect((await app.inject({ url: '/plain' })).status).toBe(204);
    expect((await app.inject({ url: '/clear' })).status).toBe(204);
  });

  it('contradicts a rule on the method of the subclass', async () => {
    @Controller('/child')
    class Child extends Parent {
      @Get() @Roles('admin') override list() {}
    }
    await expect(startWith(Child, guard)).rejects.toThrow('DECORATOR_MISPLACED');
  });

  it('opens the routes of its class, which has the rule too', async () => {
    @Controller('/parent')
    @Roles('admin')
    class Both {
      @Get() @Public() list() {}
    }
    @Controller('/child')
    class Child extends Both {}
    expect((await (await startWith(Child, guard)).inject({ url: '/child' })).status).toBe(204);
  });
});

describe('@Public', () => {
  it('on a method overrides the class, as a rule on a method overrides a public class', async () => {
    @Controller('/a')
    @Roles('admin')
    class GuardedController {
      @Get() list() {}
      @Get('/open') @Public() open() {}
    }
    @Controller('/b')
    @Public()
    class OpenController {
      @Get() list() {}
      @Get('/admin') @Roles('admin') admin() {}
    }
    const app = await start({ controllers: [GuardedController, OpenController], middleware: [guard] });
    for (const url of ['/a/open', '/b']) expect((await app.inject({ url })).status).toBe(204);
    for (const url of ['/a', '/b/admin']) {
      expect((await app.inject({ url })).status).toBe(401);
      expect(await ask(app, url, 'staff')).toBe(403);
      expect(await ask(app, url, 'admin')).toBe(204);
    }
  });

  it('works as a mark of plain routes', async () => {
    const app = await start({
      routes: [{ method: 'GET', path: '/', handler: () => 'open', marks: [PUBLIC.of(true)] }],
      middleware: [guard],
    });
    expect((await app.inject({ url: '/' })).text()).toBe('open');
  });

  it('refuses to start next to a rule', async () => {
    @Controller()
    class TornController {
      @Get() @Public() @Roles('admin') show() {}
    }
    await expect(startWith(TornController, guard)).rejects.toThrow(
      '@Public and @Roles or @Scopes are on the same',
    );
    await expect(startWith(TornController)).rejects.toThrow('The mark roles needs "authorization"');
  });
});

describe('an application with a rule that no guard enforces', () => {
  it('refuses to start', async () => {
    @Controller()
    class RolesController {
      @Get() @Roles('admin') show() {}
    }
    @Controller()
    @Scopes('read')
    class ScopesController {
      @Get() show() {}
    }
    await expect(startWith(RolesController)).rejects.toThrow('The mark roles needs "authorization"');
    await expect(startWith(ScopesController)).rejects.toThrow('The mark scopes needs "authorization"');
  });

  it('refuses to start if a handler takes the user of a route without a guard, or of a public one', async () => {
    @Controller()
    class UserController {
      @Get() show(@User() _user: unknown) {}
    }
    @Controller()
    class PublicUserController {
      @Get() @Public() show(@User() _user: unknown) {}
    }
    await expect(startWith(UserController)).rejects.toThrow('@User needs "user"');
    await expect(startWith(PublicUserController, guard)).rejects.toThrow('@User needs "user"');
  });

  it.each([
    ['@Roles', () => Roles()],
    ['@Roles', () => Roles('')],
    ['@Roles', () => Roles(['admin'] as never)],
    ['@Scopes', () => Scopes()],
    ['@Scopes', () => Scopes('two words')],
    ['requireScopes', () => requireScopes('with"quote')],
  ])('refuses to start if %s has no valid name', (place, make) => {
    expect(make).toThrow(`OPTION_INVALID  ${place}`);
  });
});

describe('requireRoles and requireScopes', () => {
  const handler = () => 'in';

  it('refuse users without the role or scope', async () => {
    const app = await start({
      routes: [
        {
          method: 'GET',
          path: '/',
          handler,
          middleware: [requireRoles('admin', 'root'), requireScopes('read')],
        },
      ],
      middleware: [guard],
    });
    expect(await ask(app, '/', 'root.read')).toBe(200);
    expect(await ask(app, '/', 'root')).toBe(403);
    expect(await ask(app, '/', 'read')).toBe(403);
    expect((await app.inject({ url: '/' })).status).toBe(401);
    expect((await app.inject({ method: 'OPTIONS', url: '/' })).status).toBe(401);
  });

  it('refuse to start outside a guard, or without one', async () => {
    const routes = [{ method: 'GET' as const, path: '/', handler }];
    const starting = start({ routes, middleware: [requireRoles('admin'), guard] });
    await expect(starting).rejects.toThrow('The middleware requireRoles needs "user"');
    await expect(start({ routes, middleware: [requireScopes('read')] })).rejects.toThrow('needs "user"');
  });

  it('refuse requests that an optional guard has admitted without a user', async () => {
    const verify = () => undefined;
    const app = await start({
      routes: [{ method: 'GET', path: '/', handler }],
      middleware: [bearer({ verify, optional: true }), requireRoles('admin')],
    });
    expect((await app.inject({ url: '/' })).status).toBe(403);
  });

  it('do not apply to public routes', async () => {
    const app = await start({
      routes: [{ method: 'GET', path: '/', handler, marks: [PUBLIC.of(true)] }],
      middleware: [guard, requireRoles('admin')],
    });
    expect((await app.inject({ url: '/' })).text()).toBe('in');
  });
});
