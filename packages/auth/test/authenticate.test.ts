import { json, redirect, withDependencies, type App, type Context } from '@sluice/core';
import { anyOf, authenticate, bearer, USER, type AuthenticateOptions } from '../src';
import { start, describeRefusal } from './guarded-app';

const handler = (context: Context) => json(context.get(USER) ?? null);
const verify = ({ request }: Context) =>
  request.cookies['user'] ? { id: request.cookies['user'] } : undefined;

function serve(options: Partial<AuthenticateOptions<{ id: string }>> = {}): Promise<App> {
  return start({
    routes: [{ method: 'GET', path: '/', handler }],
    middleware: [authenticate({ verify, ...options })],
  });
}

describe('authenticate', () => {
  it('admits the users that the function finds, and refuses other requests', async () => {
    const app = await serve();
    const known = await app.inject({ url: '/', headers: { cookie: 'user=ada' } });
    expect(known.json()).toEqual({ id: 'ada' });
    expect(known.header('vary')).toBe('Cookie');
    const refused = await app.inject({ url: '/' });
    expect(describeRefusal(refused)).toEqual([401, 'credentials_missing', 'Session realm="api"']);
  });

  it('can redirect requests without a user', async () => {
    const app = await serve({ refuse: () => redirect('/login') });
    const refused = await app.inject({ url: '/' });
    expect([refused.status, refused.header('location')]).toEqual([302, '/login']);
  });

  it('answers 401 if `refuse` returns nothing', async () => {
    const app = await serve({ refuse: () => undefined });
    expect((await app.inject({ url: '/' })).status).toBe(401);
  });

  it('waits for an asynchronous `refuse`', async () => {
    const app = await serve({ refuse: async () => redirect('/login') });
    expect((await app.inject({ url: '/' })).status).toBe(302);
    const silent = await serve({ refuse: async () => undefined });
    expect((await silent.inject({ url: '/' })).status).toBe(401);
  });

  it('admits requests without a user if it is optional', async () => {
    const app = await serve({ optional: true });
    expect((await app.inject({ url: '/' })).json()).toBeNull();
  });
});

describe('a guard', () => {
  class Users {
    find(id: string | undefined) {
      return id === 'ada' ? { id } : undefined;
    }
  }

  it('asks for its dependencies with withDependencies, or in verify', async () => {
    const app = await start({
      routes: [{ method: 'GET', path: '/', handler }],
      middleware: [
        withDependencies([Users], (users) =>
          anyOf(
            bearer({ verify: (token) => users.find(token) }),
            authenticate({ verify: ({ app: { get }, request }) => get(Users).find(request.cookies['user']) }),
          ),
        ),
      ],
    });
    for (const headers of [{ cookie: 'user=ada' }, { authorization: 'Bearer ada' }])
      expect((await app.inject({ url: '/', headers })).json()).toEqual({ id: 'ada' });
    expect((await app.inject({ url: '/', headers: { cookie: 'user=bob' } })).status).toBe(401);
  });
});
