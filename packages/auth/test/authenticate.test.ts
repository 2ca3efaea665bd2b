import { json, redirect, type App, type Context } from '@sluice/core';
import { authenticate, USER, type AuthenticateOptions } from '../src';
import { start, tell } from './guarded-app';

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
  it('lets in whom the function finds, and nobody else', async () => {
    const app = await serve();
    const known = await app.inject({ url: '/', headers: { cookie: 'user=ada' } });
    expect(known.json()).toEqual({ id: 'ada' });
    expect(known.header('vary')).toBe('Cookie');
    const nobody = await app.inject({ url: '/' });
    expect(tell(nobody)).toEqual([401, 'credentials_missing', 'Session realm="api"']);
  });

  it('can send who is nobody elsewhere', async () => {
    const app = await serve({ refuse: () => redirect('/login') });
    const nobody = await app.inject({ url: '/' });
    expect([nobody.status, nobody.header('location')]).toEqual([302, '/login']);
  });

  it('refuses with 401 where the refusal says nothing', async () => {
    const app = await serve({ refuse: () => undefined });
    expect((await app.inject({ url: '/' })).status).toBe(401);
  });

  it('waits for a refusal that is asynchronous', async () => {
    const app = await serve({ refuse: async () => redirect('/login') });
    expect((await app.inject({ url: '/' })).status).toBe(302);
    const silent = await serve({ refuse: async () => undefined });
    expect((await silent.inject({ url: '/' })).status).toBe(401);
  });

  it('that is optional lets strangers in', async () => {
    const app = await serve({ optional: true });
    expect((await app.inject({ url: '/' })).json()).toBeNull();
  });
});
