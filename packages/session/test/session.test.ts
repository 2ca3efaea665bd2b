import {
  Body,
  Controller,
  createApp,
  Get,
  Post,
  printPlan,
  token,
  unauthorized,
  UseMiddleware,
  withDependencies,
  type Context,
  type Next,
} from '@sluice/core';
import { memoryStore, readSession, session, Session, type SessionData, type SessionStore } from '../src';
import { Browser } from './browser';
import { makeSessionApp, QUIET, SECRET } from './session-app';

declare module '../src' {
  interface SessionData {
    visits?: number;
  }
}

afterEach(() => void jest.useRealTimers());

describe('the first example', () => {
  @Controller('/visits')
  class VisitsController {
    @Get()
    count(@Session() session: SessionData) {
      session.visits = (session.visits ?? 0) + 1;
      return { visits: session.visits };
    }
  }

  it('counts the visits of one browser', async () => {
    const app = await createApp({
      controllers: [VisitsController],
      middleware: [session({ secretKey: SECRET })],
    });
    const browser = new Browser(app);
    expect((await browser.get('/visits')).json()).toEqual({ visits: 1 });
    expect((await browser.get('/visits')).json()).toEqual({ visits: 2 });
    expect((await new Browser(app).get('/visits')).json()).toEqual({ visits: 1 });
  });

  it('works on a controller and on a method as well', async () => {
    @Controller('/a')
    @UseMiddleware(session({ secretKey: SECRET }))
    class OnController {
      @Post() put(@Session() data: SessionData, @Body({ validate: false }) body: object) {
        Object.assign(data, body);
      }
    }
    @Controller('/b')
    class OnMethod {
      @Get()
      @UseMiddleware(session({ secretKey: SECRET }))
      show(@Session() data: SessionData) {
        return data;
      }
    }
    const app = await createApp({ controllers: [OnController, OnMethod] });
    const browser = new Browser(app);
    expect((await browser.post('/a', { user: 'ada' })).status).toBe(204);
    expect((await browser.get('/b')).json()).toEqual({ user: 'ada' });
    expect(printPlan(app.plan)).toContain('session');
  });
});

describe('the response of a request with a session', () => {
  it('sets the cookie if the data has changed', async () => {
    const response = await new Browser(await makeSessionApp()).post('/update', { user: 'ada' });
    expect(response.headerLines('set-cookie')).toEqual([
      expect.stringMatching(/^session=[A-Za-z0-9_-]+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    expect(response.header('cache-control')).toBe('no-store');
    expect(response.header('vary')).toBe('Cookie');
  });

  it('has no new headers if the session is not read, whatever cookie the request has', async () => {
    const browser = new Browser(await makeSessionApp({ rolling: true }));
    await browser.post('/update', { user: 'ada' });
    for (const cookie of [`session=${browser.cookies.get('session')!}`, 'session=tampered', '']) {
      const response = await browser.send('GET', '/none', { headers: { cookie } });
      expect(Object.keys(response.headers).sort()).toEqual(['content-length', 'content-type']);
    }
  });

  it('has Vary and nothing else if the session is only read', async () => {
    const browser = new Browser(await makeSessionApp());
    await browser.post('/update', { user: 'ada' });
    const response = await browser.get('/view');
    expect(response.json()).toEqual({ session: { user: 'ada' } });
    expect(response.headers).toMatchObject({ vary: 'Cookie' });
    expect(response.headers).not.toHaveProperty('set-cookie');
    expect(response.headers).not.toHaveProperty('cache-control');
  });

  it('merges Vary with the Vary of the handler', async () => {
    const handler = async (context: Context) => {
      await readSession(context);
      context.response.headers.set('Vary', 'Accept');
      return 'ok';
    };
    const app = await makeSessionApp({}, { routes: [{ method: 'GET', path: '/x', handler }] });
    expect((await app.inject({ url: '/x' })).header('vary')).toBe('Accept, Cookie');
  });

  it('keeps the Cache-Control of the handler', async () => {
    const handler = (context: Context) => {
      context.response.headers.set('Cache-Control', 'private, max-age=5');
      (readSession(context) as SessionData)['user'] = 'ada';
    };
    const app = await makeSessionApp({}, { routes: [{ method: 'GET', path: '/x', handler }] });
    const response = await app.inject({ url: '/x' });
    expect(response.headerLines('set-cookie')).toHaveLength(1);
    expect(response.header('cache-control')).toBe('private, max-age=5');
  });

  it('sets the cookie for a change at any depth', async () => {
    const handler = (context: Context) => {
      (readSession(context) as { cart: { lines: number[] } }).cart.lines.push(3);
    };
    const app = await makeSessionApp({}, { routes: [{ method: 'POST', path: '/add', handler }] });
    const browser = new Browser(app);
    await browser.post('/update', { cart: { lines: [1] } });
    expect((await browser.post('/add')).headerLines('set-cookie')).toHaveLength(1);
    expect((await browser.get('/view')).json()).toEqual({ session: { cart: { lines: [1, 3] } } });
  });

  it('sets no cookie for a change that was undone', async () => {
    const handler = (context: Context) => {
      const data = readSession(context) as SessionData;
      data['extra'] = 1;
      delete data['extra'];
    };
    const app = await makeSessionApp({}, { routes: [{ method: 'POST', path: '/x', handler }] });
    const browser = new Browser(app);
    await browser.post('/update', { user: 'ada' });
    expect((await browser.post('/x')).headerLines('set-cookie')).toEqual([]);
  });

  it('saves changes even if it is an error, expected or not', async () => {
    const fail = (error: Error) => (context: Context) => {
      const data = readSession(context) as { attempts?: number };
      data.attempts = (data.attempts ?? 0) + 1;
      throw error;
    };
    const routes = [
      { method: 'POST', path: '/refused', handler: fail(unauthorized()) },
      { method: 'POST', path: '/broken', handler: fail(new Error('bug')) },
    ] as const;
    const browser = new Browser(await makeSessionApp({}, { routes }));
    const refused = await browser.post('/refused');
    expect(refused.status).toBe(401);
    expect(refused.headers).toMatchObject({ vary: 'Cookie', 'cache-control': 'no-store' });
    expect((await browser.post('/broken')).status).toBe(500);
    expect((await browser.get('/view')).json()).toEqual({ session: { attempts: 2 } });
  });

  it('sets the cookie on paths without a route too', async () => {
    const reader = (context: Context, next: Next) => {
      (readSession(context) as SessionData)['seen'] = context.request.path;
      return next();
    };
    const app = await createApp({ middleware: [session({ secretKey: SECRET }), reader], logger: QUIET });
    const response = await app.inject({ url: '/nowhere' });
    expect(response.status).toBe(404);
    expect(response.headerLines('set-cookie')).toHaveLength(1);
  });
});

describe('synchronous requests', () => {
  it('stay synchronous with a session in a cookie, from reading to saving', async () => {
    const order: string[] = [];
    const watch = (context: Context, next: Next) => {
      const passed: unknown = next();
      order.push(passed === undefined ? 'sync' : 'async');
      order.push(context.response.headers.getAll('Set-Cookie').length === 1 ? 'written' : 'unwritten');
      return passed;
    };
    @Controller('/x')
    class Sync {
      @Get() change(@Session() data: SessionData) {
        data['n'] = 1;
        return 'ok';
      }
    }
    const middleware = [watch, session({ secretKey: SECRET })];
    const app = await createApp({ controllers: [Sync], middleware, development: false });
    expect((await app.inject({ url: '/x' })).text()).toBe('ok');
    expect(order).toEqual(['sync', 'written']);
  });
});

describe('several sessions on one route', () => {
  const admin = session({ secretKey: SECRET, sessionCookie: 'admin' });
  const user = session({ secretKey: SECRET, sessionCookie: 'user' });

  it('are named by their cookies; without a name one gets the innermost', async () => {
    @Controller('/x')
    @UseMiddleware(admin, user)
    class Both {
      @Get() change(
        @Session() inner: SessionData,
        @Session('admin') outer: SessionData,
        @Session('user') named: object,
      ) {
        inner['who'] = 'user';
        outer['who'] = 'admin';
        return { same: named === inner };
      }
      @Get('/view') view(@Session('admin') first: SessionData, @Session('user') second: SessionData) {
        return [first, second];
      }
    }
    const browser = new Browser(await createApp({ controllers: [Both] }));
    expect((await browser.get('/x')).json()).toEqual({ same: true });
    expect([...browser.cookies.keys()].sort()).toEqual(['admin', 'user']);
    expect((await browser.get('/x/view')).json()).toEqual([{ who: 'admin' }, { who: 'user' }]);
  });

  it('cannot read each other’s cookies', async () => {
    const routes = [
      {
        method: 'GET',
        path: '/a',
        handler: (context: Context) => readSession(context, 'admin'),
        middleware: [admin],
      },
      {
        method: 'POST',
        path: '/u',
        handler: (context: Context) => void Object.assign(readSession(context), { isAdmin: true }),
        middleware: [user],
      },
    ] as const;
    const browser = new Browser(await createApp({ routes }));
    await browser.post('/u');
    browser.cookies.set('admin', browser.cookies.get('user')!);
    expect((await browser.get('/a')).json()).toEqual({});
  });
});

describe('a session of the outer application', () => {
  @Controller('/inner')
  class InnerController {
    @Get() count(@Session() data: SessionData) {
      return (data.visits = (data.visits ?? 0) + 1);
    }
  }

  it('is that of a mounted application which needs it', async () => {
    const inner = await createApp({ controllers: [InnerController], needs: ['session'] });
    const outer = await createApp({ middleware: [session({ secretKey: SECRET, httpsOnly: false })] });
    const browser = new Browser(outer.mount('/app', inner));
    const visit = async () => (await browser.get('/app/inner')).json();
    expect([await visit(), await visit()]).toEqual([1, 2]);
    await expect(inner.inject({ url: '/inner' })).rejects.toThrow('@Session needs "session"');
  });
});

describe('a session with dependencies', () => {
  const STORE = token<SessionStore>('session store');

  @Controller('/visits')
  class VisitsController {
    @Get() count(@Session() data: SessionData) {
      return (data.visits = (data.visits ?? 0) + 1);
    }
  }

  it('has the store and the secret of the container, and @Session finds it', async () => {
    const store = memoryStore();
    const app = await createApp({
      controllers: [VisitsController],
      providers: [
        { token: STORE, useFactory: async () => store },
        { token: 'secret', useValue: SECRET },
      ],
      middleware: [
        withDependencies([STORE, 'secret'], (found, secretKey: string) =>
          session({ secretKey, store: found, httpsOnly: false }),
        ),
      ],
    });
    const browser = new Browser(app);
    expect([(await browser.get('/visits')).json(), (await browser.get('/visits')).json()]).toEqual([1, 2]);
    expect(printPlan(app.plan)).toContain('session > count');
  });
});
