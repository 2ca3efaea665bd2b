import { createHash } from 'node:crypto';
import type { App, Context } from '@sluice/core';
import { destroySession, memoryStore, readSession, regenerateSession, type SessionStore } from '../../src';
import { Browser } from '../browser';
import { makeSessionApp, OTHER_SECRET, SECRET } from '../session-app';

/** A memory store that records its calls, and can run a function before a call. */
function watchStore(before: Partial<Record<keyof SessionStore, () => unknown>> = {}) {
  const store = memoryStore();
  const calls: string[] = [];
  const keys = new Set<string>();
  const watch = async (method: keyof SessionStore, key: string): Promise<void> => {
    calls.push(method);
    keys.add(key);
    await before[method]?.();
  };
  const watched: SessionStore = {
    get: async (key) => (await watch('get', key), store.get(key)),
    set: async (key, data, write) => (await watch('set', key), store.set(key, data, write)),
    touch: async (key, write) => (await watch('touch', key), store.touch(key, write)),
    destroy: async (key) => (await watch('destroy', key), store.destroy(key)),
  };
  return { store: watched, inner: store, calls, keys };
}

const send = (app: App, browser: Browser, url: string, body: unknown) =>
  app.inject({
    method: 'POST',
    url,
    body,
    headers: { cookie: `session=${browser.cookies.get('session')!}` },
  });

/** A route whose handler lets the test act between reading the session and changing it. */
function pausing() {
  let between: () => Promise<unknown> = () => Promise.resolve();
  const handler = async (context: Context) => {
    const data = await readSession(context);
    const body = (await context.request.json()) as object;
    await between();
    return { session: Object.assign(data, body) };
  };
  return {
    route: { method: 'POST', path: '/slow', handler } as const,
    pause: (act: () => Promise<unknown>) => (between = act),
  };
}

/** The same, with a handler that also regenerates the session at its end. */
function renewing({ handler }: { handler(context: Context): Promise<unknown> }, keepData = true) {
  const renew = async (context: Context) => {
    await handler(context);
    const data = await readSession(context);
    const mine = (await context.request.json()) as object;
    regenerateSession(data, { keepData });
    return Object.assign(data, mine);
  };
  return { method: 'POST', path: '/renew', handler: renew } as const;
}

describe('a session in a store', () => {
  it('comes back although the cookie holds no data', async () => {
    const browser = new Browser(await makeSessionApp({ store: memoryStore() }));
    await browser.post('/update', { user: 'ada-lovelace', text: 'x'.repeat(10_000) });
    const cookie = browser.cookies.get('session')!;
    // A version, two times, the id and the MAC, and nothing else.
    expect(Buffer.from(cookie, 'base64url')).toHaveLength(1 + 8 + 32 + 32);
    expect((await browser.get('/view')).json()).toMatchObject({ session: { user: 'ada-lovelace' } });
  });

  it('is kept under the hash of its id, not under the id', async () => {
    const { store, keys } = watchStore();
    const browser = new Browser(await makeSessionApp({ store }));
    await browser.post('/update', { user: 'ada' });
    await browser.get('/view');
    const raw = Buffer.from(browser.cookies.get('session')!, 'base64url').subarray(9, 41);
    expect(raw).toHaveLength(32);
    expect([...keys]).toEqual([createHash('sha256').update(raw).digest('base64url')]);
  });

  it('does not use the store if it is not read, without a cookie, or with a forged one', async () => {
    const { store, calls } = watchStore();
    const browser = new Browser(await makeSessionApp({ store }));
    await browser.post('/update', { user: 'ada' });
    calls.length = 0;
    await browser.get('/none');
    await browser.send('GET', '/view', { headers: { cookie: '' } });
    await browser.send('GET', '/view', { headers: { cookie: 'session=forged' } });
    expect(calls).toEqual([]);
  });

  it('is not written by a request that only reads it', async () => {
    const { store, calls } = watchStore();
    const browser = new Browser(await makeSessionApp({ store }));
    await browser.post('/update', { user: 'ada' });
    calls.length = 0;
    const response = await browser.get('/view');
    expect(calls).toEqual(['get']);
    expect(response.headerLines('set-cookie')).toEqual([]);
  });

  it('is written before the response is sent', async () => {
    let isWritten = false;
    const slow = () => new Promise<void>((resolve) => setImmediate(() => ((isWritten = true), resolve())));
    const browser = new Browser(await makeSessionApp({ store: watchStore({ set: slow }).store }));
    await browser.post('/update', { user: 'ada' });
    expect(isWritten).toBe(true);
  });

  it('never takes its id from the client: an authentic cookie without a record begins a new session', async () => {
    const first = new Browser(await makeSessionApp({ store: memoryStore() }));
    await first.post('/update', { user: 'ada' });
    const planted = first.cookies.get('session')!;
    const second = new Browser(await makeSessionApp({ store: memoryStore() }));
    second.cookies.set('session', planted);
    expect((await second.get('/view')).json()).toEqual({ session: {} });
    expect(second.cookies.get('session')).toBe(planted);
    await second.post('/update', { user: 'eve' });
    expect(second.cookies.get('session')).not.toBe(planted);
    expect((await first.get('/view')).json()).toEqual({ session: { user: 'ada' } });
  });

  it('tries each cookie with its name until the store knows one', async () => {
    const app = await makeSessionApp({ store: memoryStore() });
    const [a, b] = [new Browser(app), new Browser(app)];
    await a.post('/update', { user: 'a' });
    await b.post('/update', { user: 'b' });
    const gone = b.cookies.get('session')!;
    await b.post('/logout');
    const cookie = `session=x; session=${gone}; session=${a.cookies.get('session')!}`;
    expect((await app.inject({ url: '/view', headers: { cookie } })).json()).toEqual({
      session: { user: 'a' },
    });
  });

  it('ignores a record that is not a JSON object', async () => {
    const { store, inner, keys } = watchStore();
    const browser = new Browser(await makeSessionApp({ store }));
    await browser.post('/update', { user: 'ada' });
    await inner.set([...keys][0]!, '[1]', { ttlSeconds: 60, ifVersion: 1 });
    expect((await browser.get('/view')).json()).toEqual({ session: {} });
  });

  it('is issued again under the same id after a rotation of the secret', async () => {
    const { store, calls, keys } = watchStore();
    const browser = new Browser(await makeSessionApp({ store }));
    await browser.post('/update', { user: 'ada' });
    const rotated = new Browser(await makeSessionApp({ store, secretKey: [OTHER_SECRET, SECRET] }));
    rotated.cookies.set('session', browser.cookies.get('session')!);
    calls.length = 0;
    expect((await rotated.get('/view')).headerLines('set-cookie')).toHaveLength(1);
    expect(calls).toEqual(['get', 'touch']);
    expect(keys.size).toBe(1);
    expect((await rotated.get('/view')).headerLines('set-cookie')).toEqual([]);
  });
});

describe('the lifetime of a session in a store', () => {
  beforeEach(
    () => void jest.useFakeTimers({ now: Date.UTC(2030, 0, 1), doNotFake: ['nextTick', 'setImmediate'] }),
  );
  afterEach(() => void jest.useRealTimers());
  const pass = (seconds: number) => void jest.advanceTimersByTime(seconds * 1000);

  it('is extended by touching the record, not by writing it', async () => {
    const { store, calls } = watchStore();
    const browser = new Browser(await makeSessionApp({ store, maxAge: 60, rolling: true }));
    await browser.post('/update', { user: 'ada' });
    calls.length = 0;
    for (let round = 0; round < 5; round++) {
      pass(50);
      expect((await browser.get('/view')).json()).toEqual({ session: { user: 'ada' } });
    }
    expect(new Set(calls)).toEqual(new Set(['get', 'touch']));
    pass(60);
    expect((await browser.get('/view')).json()).toEqual({ session: {} });
  });

  it('limits how long a record is kept', async () => {
    const times: number[] = [];
    const inner = memoryStore();
    const store: SessionStore = {
      ...inner,
      set: (key, data, write) => (times.push(write.ttlSeconds), inner.set(key, data, write)),
      touch: (key, write) => (times.push(write.ttlSeconds), inner.touch(key, write)),
    };
    const browser = new Browser(
      await makeSessionApp({ store, maxAge: 50, idleTimeout: 40, absoluteTimeout: 60 }),
    );
    await browser.post('/update', { n: 1 });
    pass(30);
    await browser.get('/view');
    pass(25);
    await browser.post('/update', { n: 2 });
    expect(times).toEqual([40, 30, 5]);
  });
});

describe('regenerating in a store', () => {
  it('gives a new id, and without a grace the old one no longer gives access', async () => {
    const app = await makeSessionApp({ store: memoryStore(), regenerateGrace: 0 });
    const [victim, attacker] = [new Browser(app), new Browser(app)];
    await attacker.post('/update', { cart: [1] });
    const fixed = attacker.cookies.get('session')!;
    victim.cookies.set('session', fixed);
    await victim.post('/login', { user: 'ada' });
    expect((await victim.get('/view')).json()).toEqual({ session: { cart: [1], user: 'ada' } });
    expect((await attacker.get('/view')).json()).toEqual({ session: {} });
  });

  it('is not undone by a slower request with the old id, which neither writes nor clears the new cookie', async () => {
    const { route, pause } = pausing();
    const options = { store: memoryStore(), rolling: true, regenerateGrace: 0 };
    const app = await makeSessionApp(options, { routes: [route] });
    const browser = new Browser(app);
    await browser.post('/update', { cart: [1] });
    const old = `session=${browser.cookies.get('session')!}`;
    pause(() => browser.post('/login', { user: 'ada' }));
    const late = await send(app, browser, '/slow', { late: true });
    expect(late.status).toBe(200);
    expect(late.headerLines('set-cookie')).toEqual([]);
    const reader = await app.inject({ url: '/view', headers: { cookie: old } });
    expect(reader.json()).toEqual({ session: {} });
    expect(reader.headerLines('set-cookie')).toEqual([]);
    expect((await browser.get('/view')).json()).toEqual({ session: { cart: [1], user: 'ada' } });
  });

  it('does not let a slower rolling read issue the old id again', async () => {
    const { route, pause } = pausing();
    const app = await makeSessionApp({ store: memoryStore(), rolling: true }, { routes: [route] });
    const browser = new Browser(app);
    await browser.post('/update', { cart: [1] });
    pause(() => browser.post('/login', { user: 'ada' }));
    const late = await send(app, browser, '/slow', {});
    expect(late.headerLines('set-cookie')).toEqual([]);
  });

  it('keeps data that other requests wrote meanwhile', async () => {
    const { route, pause } = pausing();
    const app = await makeSessionApp({ store: memoryStore() }, { routes: [route, renewing(route)] });
    const browser = new Browser(app);
    await browser.post('/update', { n: 0 });
    pause(() => send(app, browser, '/update', { theirs: 1 }));
    await browser.post('/renew', { mine: 1 });
    expect((await browser.get('/view')).json()).toEqual({ session: { n: 0, theirs: 1, mine: 1 } });
  });

  it('keeps only its own changes if the session was ended meanwhile', async () => {
    const { route, pause } = pausing();
    const app = await makeSessionApp({ store: memoryStore() }, { routes: [route, renewing(route)] });
    const browser = new Browser(app);
    await browser.post('/update', { secretOfAda: 1 });
    pause(() => send(app, browser, '/logout', {}));
    await browser.post('/renew', { user: 'bob' });
    expect((await browser.get('/view')).json()).toEqual({ session: { user: 'bob' } });
  });

  it('keeps nothing if the session was ended meanwhile and it changed nothing', async () => {
    const { route, pause } = pausing();
    const app = await makeSessionApp({ store: memoryStore() }, { routes: [route, renewing(route)] });
    const browser = new Browser(app);
    await browser.post('/update', { secretOfAda: 1 });
    pause(() => send(app, browser, '/logout', {}));
    expect((await browser.post('/renew', {})).headerLines('set-cookie')[0]).toContain('Max-Age=0');
    expect(browser.cookies.size).toBe(0);
  });

  it('drops data that other requests wrote meanwhile with keepData: false', async () => {
    const { route, pause } = pausing();
    const app = await makeSessionApp({ store: memoryStore() }, { routes: [route, renewing(route, false)] });
    const browser = new Browser(app);
    await browser.post('/update', { n: 0 });
    pause(() => send(app, browser, '/update', { theirs: 1 }));
    await browser.post('/renew', { mine: 1 });
    expect((await browser.get('/view')).json()).toEqual({ session: { mine: 1 } });
  });
});

describe('destroying in a store', () => {
  it('ends the session for every copy of the cookie', async () => {
    const app = await makeSessionApp({ store: memoryStore() });
    const [browser, thief] = [new Browser(app), new Browser(app)];
    await browser.post('/update', { user: 'ada' });
    thief.cookies.set('session', browser.cookies.get('session')!);
    const response = await browser.post('/logout');
    expect(response.headerLines('set-cookie')).toEqual([
      'session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
    ]);
    expect((await thief.get('/view')).json()).toEqual({ session: {} });
  });

  it('is not undone by a slower write, touch or read', async () => {
    for (const body of [{ late: true }, {}]) {
      const { route, pause } = pausing();
      const { store, inner, keys } = watchStore();
      const app = await makeSessionApp({ store, rolling: true }, { routes: [route] });
      const browser = new Browser(app);
      await browser.post('/update', { user: 'ada' });
      const copy = new Browser(app);
      copy.cookies.set('session', browser.cookies.get('session')!);
      pause(() => copy.post('/logout'));
      const late = await browser.send('POST', '/slow', { body });
      expect(late.status).toBe(200);
      expect(late.headerLines('set-cookie')).toEqual([]);
      for (const key of keys) expect(await inner.get(key)).toBeUndefined();
    }
  });

  it('ends the old session even if the same request begins a new one', async () => {
    const handler = async (context: Context) => {
      const data = await readSession(context);
      destroySession(data);
      data['notice'] = 'bye';
    };
    const routes = [{ method: 'POST', path: '/x', handler }] as const;
    const app = await makeSessionApp({ store: memoryStore() }, { routes });
    const [browser, thief] = [new Browser(app), new Browser(app)];
    await browser.post('/update', { user: 'ada' });
    thief.cookies.set('session', browser.cookies.get('session')!);
    await browser.post('/x');
    expect((await browser.get('/view')).json()).toEqual({ session: { notice: 'bye' } });
    expect((await thief.get('/view')).json()).toEqual({ session: {} });
  });

  it('happens as well when the last key is deleted', async () => {
    const { store, inner, keys } = watchStore();
    const browser = new Browser(await makeSessionApp({ store }));
    await browser.post('/update', { user: 'ada' });
    await browser.post('/clear');
    expect(await inner.get([...keys][0]!)).toBeUndefined();
    expect(browser.cookies.size).toBe(0);
  });
});

describe('several cookies of sessions in a store', () => {
  it('open the newest session that the store knows, and end together', async () => {
    jest.useFakeTimers({ now: Date.UTC(2030, 0, 1), doNotFake: ['nextTick', 'setImmediate'] });
    const { store, inner, keys } = watchStore();
    const apps = await Promise.all(
      [{ domain: 'example.com' }, { path: '/view' }, {}].map((place) => makeSessionApp({ store, ...place })),
    );
    const cookies: string[] = [];
    for (const [index, app] of apps.entries()) {
      const browser = new Browser(app);
      await browser.post('/update', { index });
      cookies.push(`session=${browser.cookies.get('session')!}`);
      jest.advanceTimersByTime(1000);
    }
    const [oldest, middle, newest] = cookies as [string, string, string];
    for (const cookie of [`${newest}; ${oldest}; ${middle}`, `${oldest}; ${middle}; ${newest}`])
      expect((await apps[2]!.inject({ url: '/view', headers: { cookie } })).json()).toEqual({
        session: { index: 2 },
      });
    await apps[2]!.inject({ method: 'POST', url: '/logout', headers: { cookie: newest } });
    const headers = { cookie: `${oldest}; ${newest}; ${middle}; ${middle}` };
    expect((await apps[2]!.inject({ url: '/view', headers })).json()).toEqual({ session: { index: 1 } });
    const ended = await apps[2]!.inject({ method: 'POST', url: '/logout', headers });
    expect(ended.headerLines('set-cookie')).toEqual([
      expect.stringContaining('Path=/view;'),
      expect.stringContaining('Domain=example.com;'),
      'session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
    ]);
    for (const key of keys) expect(await inner.get(key)).toBeUndefined();
    jest.useRealTimers();
  });
});

describe('concurrent writes', () => {
  it('keep each other’s keys', async () => {
    const { route, pause } = pausing();
    const app = await makeSessionApp({ store: memoryStore() }, { routes: [route] });
    const browser = new Browser(app);
    await browser.post('/update', { kept: 1 });
    pause(() => send(app, browser, '/update', { theirs: 1 }));
    expect((await browser.post('/slow', { mine: 1 })).status).toBe(200);
    expect((await browser.get('/view')).json()).toEqual({ session: { kept: 1, theirs: 1, mine: 1 } });
  });

  it.each([
    ['refuse', 503, { both: 'theirs', theirs: 1 }],
    ['overwrite', 200, { both: 'mine', theirs: 1, mine: 1 }],
  ] as const)('end as onConflict: %s says, if they change one key', async (onConflict, status, session) => {
    const { route, pause } = pausing();
    const app = await makeSessionApp({ store: memoryStore(), onConflict }, { routes: [route] });
    const browser = new Browser(app);
    await browser.post('/update', { both: 'old' });
    pause(() => send(app, browser, '/update', { theirs: 1, both: 'theirs' }));
    const response = await browser.post('/slow', { mine: 1, both: 'mine' });
    expect(response.status).toBe(status);
    if (status === 503) expect(response.json()).toMatchObject({ code: 'session_conflict' });
    expect((await browser.get('/view')).json()).toEqual({ session });
  });

  it('are refused if they change one key, so that a counter counts each request that succeeds', async () => {
    const count = async (context: Context) => {
      const data = await readSession(context);
      data['n'] = (data['n'] as number) + 1;
    };
    const routes = [{ method: 'POST', path: '/count', handler: count }] as const;
    const app = await makeSessionApp({ store: watchStore().store }, { routes });
    const browser = new Browser(app);
    await browser.post('/update', { n: 0 });
    const responses = await Promise.all(Array.from({ length: 20 }, () => send(app, browser, '/count', {})));
    const counted = responses.filter(({ status }) => status === 204).length;
    expect(counted).toBeGreaterThan(0);
    expect(responses.filter(({ status }) => status === 503)).toHaveLength(20 - counted);
    expect((await browser.get('/view')).json()).toEqual({ session: { n: counted } });
  });

  it('do not let two requests use up one code', async () => {
    const redeem = async (context: Context) => {
      const data = await readSession(context);
      if (data['code'] === undefined) return 'none';
      delete data['code'];
      return 'redeemed';
    };
    const routes = [{ method: 'POST', path: '/redeem', handler: redeem }] as const;
    const app = await makeSessionApp({ store: watchStore().store }, { routes });
    const browser = new Browser(app);
    await browser.post('/update', { code: 1, kept: 1 });
    const both = await Promise.all([send(app, browser, '/redeem', {}), send(app, browser, '/redeem', {})]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 503]);
  });

  it('all succeed if each of a thousand requests changes a key of its own, in a dozen writes', async () => {
    const { store, calls } = watchStore();
    const app = await makeSessionApp({ store });
    const browser = new Browser(app);
    await browser.post('/update', { n: 0 });
    calls.length = 0;
    const names = Array.from({ length: 1000 }, (_, n) => `k${n}`);
    const responses = await Promise.all(names.map((name) => send(app, browser, '/update', { [name]: 1 })));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1000);
    expect(calls.filter((call) => call === 'set').length).toBeLessThanOrEqual(12);
    const { session } = (await browser.get('/view')).json<{ session: object }>();
    expect(Object.keys(session).sort()).toEqual(['n', ...names].sort());
  });

  it('all succeed if they come to several processes, too', async () => {
    const { store } = watchStore();
    const apps = await Promise.all(Array.from({ length: 8 }, () => makeSessionApp({ store })));
    const browser = new Browser(apps[0]!);
    await browser.post('/update', { n: 0 });
    const names = Array.from({ length: 200 }, (_, n) => `k${n}`);
    const responses = await Promise.all(
      names.map((name, n) => send(apps[n % apps.length]!, browser, '/update', { [name]: 1 })),
    );
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(200);
    const { session } = (await browser.get('/view')).json<{ session: object }>();
    expect(Object.keys(session)).toHaveLength(201);
  });

  it('give up after twelve attempts, with 503 and Retry-After', async () => {
    const inner = memoryStore();
    let attempts = 0;
    const set: SessionStore['set'] = (key, data, write) =>
      write.ifVersion > 0 ? (attempts++, false) : inner.set(key, data, write);
    const browser = new Browser(await makeSessionApp({ store: { ...inner, set } }));
    await browser.post('/update', { n: 0 });
    const response = await browser.post('/update', { n: 1 });
    expect(response.status).toBe(503);
    expect(response.json()).toMatchObject({ code: 'session_conflict' });
    expect(response.header('retry-after')).toBe('1');
    expect(response.headerLines('set-cookie')).toEqual([]);
    expect(attempts).toBe(12);
  });

  it('wait for one call of a store that fails, not each for one of its own', async () => {
    const { store, calls } = watchStore({
      set: async () => {
        await new Promise(setImmediate);
        if (isDown) throw new Error('down');
      },
    });
    let isDown = false;
    const app = await makeSessionApp({ store });
    const browser = new Browser(app);
    await browser.post('/update', { n: 0 });
    calls.length = 0;
    isDown = true;
    const names = Array.from({ length: 300 }, (_, n) => `k${n}`);
    const responses = await Promise.all(names.map((name) => send(app, browser, '/update', { [name]: 1 })));
    expect(responses.filter(({ status }) => status === 503)).toHaveLength(300);
    expect(calls.filter((call) => call === 'set').length).toBeLessThanOrEqual(4);
  });
});

describe('a store that fails', () => {
  const fail = () => {
    throw new Error('connection to 10.0.0.1 refused');
  };

  it.each(['get', 'set', 'destroy'] as const)('answers 503 without details (%s)', async (method) => {
    const { store: working } = watchStore();
    const before = new Browser(await makeSessionApp({ store: working }));
    await before.post('/update', { user: 'ada' });
    const store = { ...working, [method]: fail };
    const browser = new Browser(await makeSessionApp({ store }, { development: false }));
    browser.cookies.set('session', before.cookies.get('session')!);
    const response = await browser.post(method === 'destroy' ? '/logout' : '/update', { n: 1 });
    expect(response.status).toBe(503);
    expect(response.json()).toMatchObject({ code: 'session_store_unavailable' });
    expect(response.text()).not.toContain('10.0.0.1');
    expect(response.headerLines('set-cookie')).toEqual([]);
  });

  it('does not affect requests that do not read the session', async () => {
    const store = { get: fail, set: fail, touch: fail, destroy: fail };
    const app = await makeSessionApp({ store });
    const response = await app.inject({ url: '/none', headers: { cookie: 'session=x' } });
    expect(response.status).toBe(200);
  });

  it('is reported when it refuses to create a record', async () => {
    const browser = new Browser(await makeSessionApp({ store: { ...memoryStore(), set: () => false } }));
    expect((await browser.post('/update', { n: 1 })).status).toBe(500);
  });
});
