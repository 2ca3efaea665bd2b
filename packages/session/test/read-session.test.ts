import { inspect } from 'node:util';
import { Controller, createApp, Get, type Context, type Logger, type Next } from '@sluice/core';
import {
  describeSession,
  destroySession,
  readSession,
  regenerateSession,
  Session,
  type SessionData,
} from '../src';
import { Browser } from './browser';
import { makeSessionApp } from './session-app';

const sync = (context: Context) => readSession(context) as SessionData;

describe('reading a session', () => {
  it('gives the same object every time', async () => {
    const handler = (context: Context) => ({ same: readSession(context) === readSession(context) });
    const app = await makeSessionApp({}, { routes: [{ method: 'GET', path: '/x', handler }] });
    expect((await app.inject({ url: '/x' })).json()).toEqual({ same: true });
  });

  it('gives an object that shows only its keys', async () => {
    let seen: SessionData | undefined;
    const handler = (context: Context) => void (seen = Object.assign(sync(context), { user: 'ada' }));
    const app = await makeSessionApp({}, { routes: [{ method: 'GET', path: '/x', handler }] });
    await app.inject({ url: '/x' });
    expect(Reflect.ownKeys(seen!)).toEqual(['user']);
    expect('toString' in (seen as object)).toBe(false);
    expect(inspect(seen)).toContain("{ user: 'ada' }");
  });

  it('gives every request an object of its own, even when the token is remembered', async () => {
    const handler = (context: Context) => {
      (sync(context)['list'] as number[]).push(1);
      const { list } = sync(context);
      sync(context)['list'] = [];
      return list;
    };
    const app = await makeSessionApp({}, { routes: [{ method: 'GET', path: '/x', handler }] });
    const browser = new Browser(app);
    await browser.post('/update', { list: [] });
    expect((await browser.get('/x')).json()).toEqual([1]);
    expect((await browser.get('/x')).json()).toEqual([1]);
  });

  it('does not start when a handler uses @Session and no session middleware runs', async () => {
    @Controller('/x')
    class Forgetful {
      @Get() show(@Session() data: SessionData) {
        return data;
      }
    }
    const start = createApp({ controllers: [Forgetful] });
    await expect(start).rejects.toThrow('MIDDLEWARE_MISSING  Forgetful.show, parameter 0');
    await expect(start).rejects.toThrow('@Session needs "session"');
  });

  it('says how to fix a route where no session middleware runs', async () => {
    const errors: unknown[] = [];
    const logger: Logger = { info() {}, warn() {}, error: (error) => void errors.push(error) };
    const show = (context: Context) => readSession(context);
    const named = (context: Context) => readSession(context, 'admin');
    const routes = [
      { method: 'GET', path: '/x', handler: show },
      { method: 'GET', path: '/x/named', handler: named },
    ] as const;
    const app = await createApp({ routes, logger });
    expect((await app.inject({ url: '/x' })).status).toBe(500);
    expect((await app.inject({ url: '/x/named' })).status).toBe(500);
    expect(String(errors[0])).toContain(
      'show reads a session, but session({ secretKey: … }) does not run before it. Add it to the middleware of createApp',
    );
    expect(String(errors[1])).toContain('session({ sessionCookie: "admin", … }) does not run');
  });

  it('works on the way back too, and adds Vary', async () => {
    let seen: unknown;
    const logger = (context: Context, next: Next) => {
      const passed = next();
      seen = { ...sync(context) };
      return passed;
    };
    const app = await makeSessionApp({}, { outside: [logger], development: false });
    const browser = new Browser(app);
    await browser.post('/update', { user: 'ada' });
    const response = await browser.get('/none');
    expect(seen).toEqual({ user: 'ada' });
    expect(response.header('vary')).toBe('Cookie');
  });
});

describe('describing a session', () => {
  const handler = (context: Context) => describeSession(sync(context));
  const routes = [{ method: 'GET', path: '/info', handler }] as const;

  it('gives an id that is not a secret and stays the same for the whole session', async () => {
    const browser = new Browser(await makeSessionApp({}, { routes }));
    expect((await browser.get('/info')).json()).toMatchObject({ isNew: true });
    await browser.post('/update', { n: 1 });
    const info = (await browser.get('/info')).json<{ id: string; createdAt: number }>();
    expect(info).toEqual({
      id: expect.stringMatching(/^[\w-]{43}$/),
      isNew: false,
      createdAt: expect.any(Number),
    });
    expect(Math.abs(info.createdAt - Date.now())).toBeLessThan(60_000);
    await browser.post('/update', { n: 2 });
    expect((await browser.get('/info')).json()).toEqual(info);
    expect(browser.cookies.get('session')).not.toContain(info.id);
  });

  it('gives the id that a new session keeps', async () => {
    const begin = (context: Context) => {
      sync(context)['user'] = 'ada';
      return describeSession(sync(context));
    };
    const app = await makeSessionApp(
      {},
      { routes: [...routes, { method: 'GET', path: '/begin', handler: begin }] },
    );
    const browser = new Browser(app);
    const { id } = (await browser.get('/begin')).json<{ id: string }>();
    expect((await browser.get('/info')).json()).toMatchObject({ id, isNew: false });
  });
});

describe('regenerating a session', () => {
  it('keeps the data and changes the identity', async () => {
    const routes = [
      { method: 'GET', path: '/info', handler: (context: Context) => describeSession(sync(context)) },
    ] as const;
    const browser = new Browser(await makeSessionApp({}, { routes }));
    await browser.post('/update', { cart: [1] });
    const before = (await browser.get('/info')).json<{ id: string }>();
    await browser.post('/login', { user: 'ada' });
    expect((await browser.get('/view')).json()).toEqual({ session: { cart: [1], user: 'ada' } });
    expect((await browser.get('/info')).json<{ id: string }>().id).not.toBe(before.id);
  });

  it('drops the data with keepData: false', async () => {
    const handler = (context: Context) => {
      regenerateSession(sync(context), { keepData: false });
      sync(context)['user'] = 'eve';
    };
    const app = await makeSessionApp({}, { routes: [{ method: 'POST', path: '/x', handler }] });
    const browser = new Browser(app);
    await browser.post('/update', { cart: [1] });
    await browser.post('/x');
    expect((await browser.get('/view')).json()).toEqual({ session: { user: 'eve' } });
  });

  it('sends no cookie for an empty session', async () => {
    const browser = new Browser(await makeSessionApp());
    expect((await browser.post('/login', {})).headerLines('set-cookie')).toEqual([]);
  });
});

describe('destroying a session', () => {
  it('empties it and clears the cookie with the attributes that set it', async () => {
    const options = {
      path: '/',
      domain: 'example.com',
      sameSite: 'none',
      httpsOnly: true,
      partitioned: true,
    } as const;
    const browser = new Browser(await makeSessionApp(options));
    const [set] = (await browser.post('/update', { user: 'ada' })).headerLines('set-cookie');
    const response = await browser.post('/logout');
    expect(response.headerLines('set-cookie')).toEqual([
      set!.replace(/^session=[^;]+/, 'session=').replace(/Max-Age=\d+/, 'Max-Age=0'),
    ]);
    expect(response.header('cache-control')).toBe('no-store');
    expect(browser.cookies.size).toBe(0);
  });

  it('sends nothing if there was no cookie', async () => {
    const response = await new Browser(await makeSessionApp()).post('/logout');
    expect(response.headerLines('set-cookie')).toEqual([]);
  });

  it('begins a new session with data that is added afterwards', async () => {
    const handler = (context: Context) => {
      destroySession(sync(context));
      sync(context)['notice'] = 'bye';
    };
    const app = await makeSessionApp({}, { routes: [{ method: 'POST', path: '/x', handler }] });
    const browser = new Browser(app);
    await browser.post('/update', { user: 'ada' });
    await browser.post('/x');
    expect((await browser.get('/view')).json()).toEqual({ session: { notice: 'bye' } });
  });

  it.each([regenerateSession, destroySession, describeSession])('%p rejects a copy of the data', (act) => {
    expect(() => void act({ user: 'ada' })).toThrow(TypeError);
    expect(() => void act({ user: 'ada' })).toThrow('not a copy');
  });
});
