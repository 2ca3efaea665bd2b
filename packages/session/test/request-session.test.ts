import type { App, Context, Logger, Next } from '@sluice/core';
import {
  destroySession,
  memoryStore,
  readSession,
  regenerateSession,
  type SessionData,
  type SessionOptions,
} from '../src';
import { Browser } from './browser';
import { makeSessionApp, OTHER_SECRET, SECRET } from './session-app';

const DAY = 24 * 60 * 60;

/** Sends the Cookie header unchanged. */
async function view(app: App, cookie: string) {
  const response = await app.inject({ url: '/view', headers: { cookie } });
  return { session: response.json<{ session: object }>().session, lines: response.headerLines('set-cookie') };
}

async function makeCookie(app: App, data: object): Promise<string> {
  const browser = new Browser(app);
  await browser.post('/update', data);
  return browser.cookies.get('session')!;
}

describe('an untrusted cookie', () => {
  it.each([false, true])(
    'gives an empty session without an error, and is left alone (encrypt: %p)',
    async (encrypt) => {
      const app = await makeSessionApp({ encrypt });
      const good = await makeCookie(app, { user: 'ada' });
      const flipped = (good.startsWith('A') ? 'B' : 'A') + good.slice(1);
      for (const value of [
        'invalid',
        '',
        flipped,
        `${good}x`,
        good.slice(0, -1),
        'null',
        '%00',
        good.repeat(40),
      ]) {
        const { session, lines } = await view(app, `session=${value}`);
        expect(session).toEqual({});
        expect(lines).toEqual([]);
      }
    },
  );

  it('must have the exact name of the session', async () => {
    const app = await makeSessionApp();
    const good = await makeCookie(app, { user: 'ada' });
    expect((await view(app, `Session=${good}; xsession=${good}; =session=${good}`)).session).toEqual({});
  });

  it('is rejected if it is signed and an encrypted one is expected, and the other way round', async () => {
    const signed = await makeSessionApp();
    const encrypted = await makeSessionApp({ encrypt: true });
    expect((await view(encrypted, `session=${await makeCookie(signed, { a: 1 })}`)).session).toEqual({});
    expect((await view(signed, `session=${await makeCookie(encrypted, { a: 1 })}`)).session).toEqual({});
  });
});

describe('a session cookie', () => {
  it.each<[string, number, Partial<SessionOptions>]>([
    ['signed', 1, {}],
    ['encrypted', 2, { encrypt: true }],
    ['stored', 3, { store: memoryStore() }],
  ])('begins with the version of its kind: %s, %i', async (_, version, options) => {
    const cookie = await makeCookie(await makeSessionApp(options), { user: 'ada' });
    expect(Buffer.from(cookie, 'base64url')[0]).toBe(version);
  });
});

describe('encryption', () => {
  it('hides the data from the browser', async () => {
    const cookie = await makeCookie(await makeSessionApp({ encrypt: true }), { user: 'ada-lovelace' });
    expect(Buffer.from(cookie, 'base64url').toString('latin1')).not.toContain('ada-lovelace');
    const signed = await makeCookie(await makeSessionApp(), { user: 'ada-lovelace' });
    expect(Buffer.from(signed, 'base64url').toString('latin1')).toContain('ada-lovelace');
  });

  it('gives the data back', async () => {
    const app = await makeSessionApp({ encrypt: true });
    const { session, lines } = await view(app, `session=${await makeCookie(app, { user: 'ädä 🜂' })}`);
    expect(session).toEqual({ user: 'ädä 🜂' });
    expect(lines).toEqual([]);
  });
});

describe('secret rotation', () => {
  it.each([false, true])(
    'accepts the old secret, and issues the cookie with the new one (encrypt: %p)',
    async (encrypt) => {
      const old = await makeCookie(await makeSessionApp({ secretKey: SECRET, encrypt }), { user: 'ada' });
      const rotated = new Browser(await makeSessionApp({ secretKey: [OTHER_SECRET, SECRET], encrypt }));
      rotated.cookies.set('session', old);
      expect((await rotated.get('/view')).headerLines('set-cookie')).toHaveLength(1);
      expect((await rotated.get('/view')).headerLines('set-cookie')).toEqual([]);
      const after = await makeSessionApp({ secretKey: OTHER_SECRET, encrypt });
      expect((await view(after, `session=${rotated.cookies.get('session')!}`)).session).toEqual({
        user: 'ada',
      });
      expect((await view(after, `session=${old}`)).session).toEqual({});
    },
  );

  it('issues no cookie for a session that is not read', async () => {
    const old = await makeCookie(await makeSessionApp(), { user: 'ada' });
    const rotated = await makeSessionApp({ secretKey: [OTHER_SECRET, SECRET] });
    const response = await rotated.inject({ url: '/none', headers: { cookie: `session=${old}` } });
    expect(response.headerLines('set-cookie')).toEqual([]);
  });
});

describe('the lifetime of a session', () => {
  beforeEach(
    () => void jest.useFakeTimers({ now: Date.UTC(2030, 0, 1), doNotFake: ['nextTick', 'setImmediate'] }),
  );
  afterEach(() => void jest.useRealTimers());
  const pass = (seconds: number) => void jest.advanceTimersByTime(seconds * 1000);

  it('ends maxAge seconds after its last change, by the server’s clock', async () => {
    const app = await makeSessionApp({ maxAge: 60 });
    const cookie = await makeCookie(app, { user: 'ada' });
    pass(59);
    expect((await view(app, `session=${cookie}`)).session).toEqual({ user: 'ada' });
    pass(1);
    expect(await view(app, `session=${cookie}`)).toEqual({ session: {}, lines: [] });
  });

  it('ends even if the token is remembered as verified', async () => {
    const app = await makeSessionApp();
    const cookie = await makeCookie(app, { user: 'ada' });
    expect((await view(app, `session=${cookie}`)).session).toEqual({ user: 'ada' });
    pass(14 * DAY);
    expect((await view(app, `session=${cookie}`)).session).toEqual({});
  });

  it.each([0, -1])('ends with its response if maxAge is %p', async (maxAge) => {
    const app = await makeSessionApp({ maxAge });
    const response = await new Browser(app).post('/update', { user: 'ada' });
    expect(response.headerLines('set-cookie')[0]).not.toMatch(/max-age/i);
    const [, cookie] = /^session=([^;]+)/.exec(response.headerLines('set-cookie')[0]!)!;
    expect((await view(app, `session=${cookie}`)).session).toEqual({});
  });

  it('ends after 14 days on the server if maxAge is null, which sends no Max-Age', async () => {
    const app = await makeSessionApp({ maxAge: null });
    const response = await new Browser(app).post('/update', { user: 'ada' });
    const [line] = response.headerLines('set-cookie');
    expect(line).not.toMatch(/max-age|expires/i);
    const cookie = line!.split(';')[0]!;
    pass(14 * DAY - 1);
    expect((await view(app, cookie)).session).toEqual({ user: 'ada' });
    pass(1);
    expect((await view(app, cookie)).session).toEqual({});
  });

  it('is extended by every read with rolling, and only then', async () => {
    for (const rolling of [true, false]) {
      const browser = new Browser(await makeSessionApp({ maxAge: 60, rolling }));
      await browser.post('/update', { user: 'ada' });
      pass(50);
      expect((await browser.get('/view')).headerLines('set-cookie')).toHaveLength(rolling ? 1 : 0);
      pass(50);
      expect((await browser.get('/view')).json()).toEqual({ session: rolling ? { user: 'ada' } : {} });
    }
  });

  it('is checked with one reading of the clock if nothing changes and there is no timeout', async () => {
    const browser = new Browser(await makeSessionApp());
    await browser.post('/update', { user: 'ada' });
    const clock = jest.spyOn(Date, 'now');
    const countReadings = async (path: string) => {
      clock.mockClear();
      await browser.get(path);
      return clock.mock.calls.length;
    };
    const [without, withSession] = [await countReadings('/none'), await countReadings('/view')];
    clock.mockRestore();
    expect(withSession - without).toBe(1);
  });

  it('is never extended beyond absoluteTimeout, neither by rolling nor by a change', async () => {
    const browser = new Browser(await makeSessionApp({ maxAge: 60, rolling: true, absoluteTimeout: 100 }));
    await browser.post('/update', { n: 0 });
    pass(50);
    expect((await browser.get('/view')).headerLines('set-cookie')[0]).toContain('Max-Age=50');
    pass(40);
    expect((await browser.post('/update', { n: 1 })).headerLines('set-cookie')[0]).toContain('Max-Age=10');
    pass(10);
    expect((await browser.get('/view')).json()).toEqual({ session: {} });
  });

  it('ends if absoluteTimeout passes while the request runs', async () => {
    const handler = (context: Context) => {
      (readSession(context) as SessionData)['n'] = 1;
      pass(100);
    };
    const routes = [{ method: 'POST', path: '/slow', handler }] as const;
    const browser = new Browser(await makeSessionApp({ absoluteTimeout: 100 }, { routes }));
    await browser.post('/update', { n: 0 });
    expect((await browser.post('/slow')).headerLines('set-cookie')[0]).toContain('Max-Age=0');
  });

  it('sends nothing if absoluteTimeout passes while a request only reads: another one may have begun a session', async () => {
    const handler = (context: Context) => {
      void readSession(context);
      pass(100);
    };
    const routes = [{ method: 'POST', path: '/slow', handler }] as const;
    const browser = new Browser(await makeSessionApp({ absoluteTimeout: 100 }, { routes }));
    await browser.post('/update', { n: 0 });
    expect((await browser.post('/slow')).headerLines('set-cookie')).toEqual([]);
  });

  it('starts again when the session is regenerated', async () => {
    const browser = new Browser(await makeSessionApp({ absoluteTimeout: 100 }));
    await browser.post('/update', { n: 0 });
    pass(90);
    await browser.post('/login', { user: 'ada' });
    pass(90);
    expect((await browser.get('/view')).json()).toEqual({ session: { n: 0, user: 'ada' } });
  });

  it('ends after idleTimeout without use, which is recorded every tenth of it', async () => {
    const browser = new Browser(await makeSessionApp({ idleTimeout: 100 }));
    await browser.post('/update', { user: 'ada' });
    pass(9);
    expect((await browser.get('/view')).headerLines('set-cookie')).toEqual([]);
    pass(1);
    expect((await browser.get('/view')).headerLines('set-cookie')).toHaveLength(1);
    pass(99);
    expect((await browser.get('/view')).json()).toEqual({ session: { user: 'ada' } });
    pass(100);
    expect((await browser.get('/view')).json()).toEqual({ session: {} });
  });

  it('may begin up to 60 seconds in the future, for servers whose clocks differ', async () => {
    const app = await makeSessionApp();
    const cookie = await makeCookie(app, { user: 'ada' });
    jest.setSystemTime(Date.now() - 60_000);
    expect((await view(app, `session=${cookie}`)).session).toEqual({ user: 'ada' });
    jest.setSystemTime(Date.now() - 1000);
    expect((await view(app, `session=${cookie}`)).session).toEqual({});
  });
});

describe('data that cannot be saved', () => {
  const errors: unknown[] = [];
  const logger: Logger = { info() {}, warn() {}, error: (error) => void errors.push(error) };
  beforeEach(() => void errors.splice(0));

  it('is a 500 if the cookie would be too long, and the browser keeps the old session', async () => {
    const browser = new Browser(await makeSessionApp({}, { logger }));
    await browser.post('/update', { user: 'ada' });
    const response = await browser.post('/update', { text: 'x'.repeat(4000) });
    expect(response.status).toBe(500);
    expect(response.headerLines('set-cookie')).toEqual([]);
    expect(response.header('vary')).toBe('Cookie');
    expect(response.text()).not.toContain('xxxx');
    expect(String(errors[0])).toMatch(
      /The session cookie "session" would have \d+ bytes, but the limit is 3072/,
    );
    expect(String(errors[0])).toContain('session({ store })');
    expect((await browser.get('/view')).json()).toEqual({ session: { user: 'ada' } });
  });

  it('is not described to the client in production', async () => {
    const browser = new Browser(await makeSessionApp({}, { logger, development: false }));
    expect((await browser.post('/update', { text: 'x'.repeat(4000) })).text()).not.toContain('bytes');
  });

  it.each([false, true])(
    'never leads to a cookie over the limit, at any length (encrypt: %p)',
    async (encrypt) => {
      const app = await makeSessionApp({ maxCookieSize: 300, encrypt }, { logger });
      const statuses: number[] = [];
      const sizes: number[] = [];
      for (let length = 100; length < 200; length++) {
        const response = await new Browser(app).post('/update', { a: 'x'.repeat(length) });
        statuses.push(response.status);
        const [line] = response.headerLines('set-cookie');
        if (response.status === 200) sizes.push(line!.split(';')[0]!.length);
        else expect(line).toBeUndefined();
      }
      expect(Math.max(...sizes)).toBe(300);
      expect(statuses[0]).toBe(200);
      expect(statuses.at(-1)).toBe(500);
      expect(statuses).toEqual([...statuses].sort((a, b) => a - b));
    },
  );

  it('is a 500 if JSON cannot express it', async () => {
    const handler = (context: Context) => void ((readSession(context) as SessionData)['big'] = 1n);
    const app = await makeSessionApp({}, { routes: [{ method: 'POST', path: '/x', handler }], logger });
    expect((await app.inject({ method: 'POST', url: '/x' })).status).toBe(500);
    expect(String(errors[0])).toContain('The session cannot hold /big: it is a bigint');
  });
});

describe('data that JSON would change', () => {
  it.each<[string, object, (data: SessionData) => void, string]>([
    ['a Map', {}, (data) => (data['cart'] = new Map([['a', 1]])), '/cart'],
    [
      'a Map in place of an empty object',
      { cart: {} },
      (data) => (data['cart'] = new Map([['a', 1]])),
      '/cart',
    ],
    ['NaN in place of null', { n: null }, (data) => (data['n'] = NaN), '/n'],
    ['a Set in a list', { list: [{}] }, (data) => ((data['list'] as unknown[])[0] = new Set([1])), '/list/0'],
  ])(
    'is a 500 that names its place in the log, and the session stays as it was: %s',
    async (_, before, change, at) => {
      const errors: unknown[] = [];
      const handler = async (context: Context) => change(await readSession(context));
      const logger: Logger = { info() {}, warn() {}, error: (error) => void errors.push(error) };
      for (const store of [undefined, memoryStore()]) {
        const routes = [{ method: 'POST', path: '/x', handler }] as const;
        const app = await makeSessionApp(store === undefined ? {} : { store }, { routes, logger });
        const browser = new Browser(app);
        await browser.post('/update', { kept: 1, ...before });
        const response = await browser.post('/x');
        expect(response.status).toBe(500);
        expect(response.headerLines('set-cookie')).toEqual([]);
        expect(String(errors.pop())).toContain(`The session cannot hold ${at}: it is`);
        expect((await browser.get('/view')).json()).toEqual({ session: { kept: 1, ...before } });
      }
    },
  );
});

describe('a change after the session was saved', () => {
  async function run(
    act: (data: SessionData, context: Context) => unknown,
    { development = true, outside = [] as ((context: Context, next: Next) => unknown)[] } = {},
  ) {
    const logged: string[] = [];
    const note = (...texts: unknown[]): void => void logged.push(texts.join(' '));
    const logger: Logger = { info() {}, warn: note, error: note };
    const handler = async (context: Context) => act(await readSession(context), context);
    const routes = [{ method: 'POST', path: '/late', handler, name: 'late' }] as const;
    const app = await makeSessionApp({}, { routes, logger, development, outside });
    const browser = new Browser(app);
    await browser.post('/update', { n: 0, list: [] });
    const response = await browser.post('/late');
    await app.close();
    return { response, logged };
  }

  /** Changes the session between the chunks of a stream. */
  async function* change(data: SessionData, act: () => unknown) {
    yield 'first ';
    await Promise.resolve();
    act();
    yield String(data['n']);
  }

  it.each<[string, (data: SessionData, context: Context) => unknown]>([
    ['in a stream', (data) => change(data, () => (data['n'] = 1))],
    ['deep in its data', (data) => change(data, () => (data['list'] as number[]).push(1))],
    ['in a background task', (data, context) => void context.background(() => void (data['n'] = 1))],
    ['to a Map', (data) => change(data, () => (data['n'] = new Map()))],
  ])('is logged in development with the route: %s', async (_, act) => {
    expect((await run(act)).logged).toEqual([
      expect.stringMatching(/^The session of \S+ was changed after it had been saved, which has no effect\./),
    ]);
    expect((await run(act, { development: false })).logged).toEqual([]);
  });

  it('is logged for a middleware further out, on the way back', async () => {
    const outside = [
      async (context: Context, next: Next) => {
        await next();
        if (context.request.path === '/late') (await readSession(context))['n'] = 1;
      },
    ];
    // Without a session that is read inside, too.
    expect((await run(() => 'ok', { outside })).logged).toHaveLength(1);
  });

  it('is not logged if there is none', async () => {
    expect((await run((data) => change(data, () => undefined))).logged).toEqual([]);
    expect((await run((data) => void (data['n'] = 2))).logged).toEqual([]);
    expect((await run((data) => destroySession(data))).logged).toEqual([]);
  });

  it.each([
    ['destroySession', destroySession],
    ['regenerateSession', regenerateSession],
  ])('is an error if it is %s, because a logout would not happen', async (_, act) => {
    for (const development of [true, false]) {
      const { logged } = await run((data, context) => void context.background(() => act(data)), {
        development,
      });
      expect(logged).toEqual([expect.stringMatching(/was regenerated or destroyed after it had been saved/)]);
    }
  });
});

describe('a request that only reads', () => {
  it.each([{ rolling: true }, { idleTimeout: 60 }])(
    'can bring back a session that has ended meanwhile with %j and no store, which the application says when it starts',
    async (options) => {
      const warnings: string[] = [];
      const logger: Logger = { info() {}, warn: (text) => void warnings.push(text), error() {} };
      const app = await makeSessionApp(options, { logger });
      await app.start();
      await app.inject({ url: '/none' });
      const [option] = Object.keys(options);
      expect(warnings).toEqual([expect.stringContaining(`The session "session" has ${option} and no store`)]);
      expect(warnings[0]).toContain('With session({ store }) that cannot happen.');
      warnings.length = 0;
      await (await makeSessionApp({ ...options, store: memoryStore() }, { logger })).start();
      await (await makeSessionApp({ absoluteTimeout: 60 }, { logger })).start();
      expect(warnings).toEqual([]);
    },
  );
});

describe('hostile keys', () => {
  it('pollute nothing', async () => {
    const browser = new Browser(await makeSessionApp());
    await browser.send('POST', '/update', {
      headers: { 'content-type': 'application/json' },
      body: '{"nested":{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}},"user":"eve"}',
    });
    const view = await browser.get('/view');
    expect(view.status).toBe(200);
    expect(view.text()).not.toContain('__proto__');
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});
