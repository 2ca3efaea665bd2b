import type { App, Context } from '@sluice/core';
import {
  destroySession,
  endSessionsOf,
  memoryStore,
  readSession,
  regenerateSession,
  type SessionOptions,
  type SessionStore,
  type UserOf,
} from '../../src';
import { Browser } from '../browser';
import { makeSessionApp } from '../session-app';
import { RecordOwners } from '../../src/store/record-owners';
import { StoredRecords } from '../../src/store/stored-records';
import { StoredSessions } from '../../src/store/stored-sessions';

const userOf: UserOf = (data) => data['user'];

/** A browser that has sent a request, of which nothing has come back yet: it still has the old cookie. */
function branch(app: App, browser: Browser): Browser {
  const other = new Browser(app);
  for (const [name, value] of browser.cookies) other.cookies.set(name, value);
  return other;
}

const view = async (browser: Browser): Promise<unknown> =>
  (await browser.get('/view')).json<{ session: unknown }>().session;

describe('a request with the old id after regenerateSession', () => {
  beforeEach(
    () => void jest.useFakeTimers({ now: Date.UTC(2030, 0, 1), doNotFake: ['nextTick', 'setImmediate'] }),
  );
  afterEach(() => void jest.useRealTimers());

  async function regenerate(login: object, options: Partial<SessionOptions> = {}) {
    const app = await makeSessionApp({ store: memoryStore(), ...options });
    const browser = new Browser(app);
    await browser.post('/update', { user: 'ada', cart: [1] });
    const late = branch(app, browser);
    await browser.post('/login', login);
    return { app, browser, late };
  }

  it('keeps its user (expressjs/session#923), for ten seconds by default', async () => {
    const { late } = await regenerate({ role: 'admin' });
    expect(await view(late)).toEqual({ user: 'ada', cart: [1] });
    jest.advanceTimersByTime(9_000);
    expect(await view(late)).toEqual({ user: 'ada', cart: [1] });
    jest.advanceTimersByTime(1_001);
    expect(await view(late)).toEqual({});
  });

  it('does not gain what the session gained: no fixation, not even for ten seconds', async () => {
    const app = await makeSessionApp({ store: memoryStore() });
    const attacker = new Browser(app);
    await attacker.post('/update', { cart: [1] });
    const victim = branch(app, attacker);
    await victim.post('/login', { user: 'ada' });
    expect(await view(attacker)).toEqual({ cart: [1] });
    await attacker.post('/login', { user: 'eve' });
    expect(await view(attacker)).toEqual({ cart: [1], user: 'eve' });
    expect(await view(victim)).toEqual({ cart: [1], user: 'ada' });
  });

  it('never gets a cookie, neither the old nor the new', async () => {
    const { late } = await regenerate({ n: 1 }, { rolling: true });
    for (const response of [await late.get('/view'), await late.post('/update', { n: 2 })])
      expect(response.headerLines('set-cookie')).toEqual([]);
  });

  it('writes its changes to the session where it is now', async () => {
    const { browser, late } = await regenerate({ role: 'admin' });
    expect((await late.post('/update', { cart: [1, 2] })).status).toBe(200);
    expect(await view(browser)).toEqual({ user: 'ada', cart: [1, 2], role: 'admin' });
  });

  it('is refused if the session has got another value in the meantime', async () => {
    const { browser, late } = await regenerate({ cart: [] });
    const response = await late.post('/update', { cart: [1, 2] });
    expect([response.status, response.json<{ code: string }>().code]).toEqual([503, 'session_conflict']);
    expect(await view(browser)).toEqual({ user: 'ada', cart: [] });
  });

  it('does not end the session when it empties the part that it sees', async () => {
    const { browser, late } = await regenerate({ role: 'admin' });
    expect((await late.post('/clear')).headerLines('set-cookie')).toEqual([]);
    expect(await view(browser)).toEqual({ role: 'admin' });
  });

  it('ends the session when it logs out', async () => {
    const { browser, late } = await regenerate({ role: 'admin' });
    await late.post('/logout');
    expect(await view(browser)).toEqual({});
  });

  it('is over at once when the session is ended', async () => {
    const { browser, late } = await regenerate({ role: 'admin' });
    await browser.post('/logout');
    expect(await view(late)).toEqual({});
    await late.post('/update', { n: 1 });
    expect(await view(browser)).toEqual({});
  });

  it('finds the session after it has moved twice', async () => {
    const { browser, late } = await regenerate({ role: 'admin' });
    await browser.post('/login', { role: 'root' });
    expect(await view(late)).toEqual({ user: 'ada', cart: [1] });
    await late.post('/update', { n: 1 });
    expect(await view(browser)).toEqual({ user: 'ada', cart: [1], role: 'root', n: 1 });
  });

  it('does not shorten the life of the session', async () => {
    const app = await makeSessionApp({ store: memoryStore(), absoluteTimeout: 60 });
    const browser = new Browser(app);
    await browser.post('/update', { n: 1 });
    jest.advanceTimersByTime(55_000);
    const late = branch(app, browser);
    await browser.post('/login', { n: 2 });
    await late.post('/update', { late: true });
    jest.advanceTimersByTime(50_000);
    expect(await view(browser)).toEqual({ n: 2, late: true });
  });
});

describe('requests while a session moves', () => {
  /** An application in which one request reads the session, waits, and then acts on it. */
  async function makeSlowApp(act: (context: Context) => Promise<void>) {
    let between = (): Promise<unknown> => Promise.resolve();
    const handler = async (context: Context) => {
      await readSession(context);
      await between();
      await act(context);
    };
    const app = await makeSessionApp(
      { store: memoryStore() },
      { routes: [{ method: 'POST', path: '/slow', handler }] },
    );
    return { app, pause: (run: () => Promise<unknown>) => void (between = run) };
  }

  it('lose no write that began before', async () => {
    const { app, pause } = await makeSlowApp(
      async (context) => void ((await readSession(context))['mine'] = 1),
    );
    const browser = new Browser(app);
    await browser.post('/update', { user: 'ada' });
    const slow = branch(app, browser);
    pause(() => browser.post('/login', { role: 'admin' }));
    const response = await slow.post('/slow');
    expect([response.status, response.headerLines('set-cookie')]).toEqual([204, []]);
    expect(await view(browser)).toEqual({ user: 'ada', role: 'admin', mine: 1 });
  });

  it('do not fail it: to a key that both change, the regeneration gives its value', async () => {
    const { app, pause } = await makeSlowApp(async (context) => {
      const data = await readSession(context);
      regenerateSession(data);
      data['role'] = 'admin';
    });
    const browser = new Browser(app);
    await browser.post('/update', { user: 'ada', role: 'guest' });
    const other = branch(app, browser);
    pause(() => other.post('/update', { role: 'editor', theirs: 1 }));
    expect((await browser.post('/slow')).status).toBe(204);
    expect(await view(browser)).toEqual({ user: 'ada', role: 'admin', theirs: 1 });
  });

  it('end it by a logout that began before', async () => {
    const { app, pause } = await makeSlowApp(async (context) => destroySession(await readSession(context)));
    const browser = new Browser(app);
    await browser.post('/update', { user: 'ada' });
    const slow = branch(app, browser);
    pause(() => browser.post('/login', { role: 'admin' }));
    await slow.post('/slow');
    expect(await view(browser)).toEqual({});
  });

  it('always find it, whichever call of the store they come between', async () => {
    const inner = memoryStore();
    let probe: (() => Promise<unknown>) | undefined;
    const seen: unknown[] = [];
    const store: SessionStore = {
      ...inner,
      set: async (key, data, write) => {
        const isWritten = inner.set(key, data, write);
        const run = probe;
        probe = undefined;
        if (run !== undefined) seen.push(await run());
        probe = run;
        return isWritten;
      },
    };
    const app = await makeSessionApp({ store });
    const browser = new Browser(app);
    await browser.post('/update', { user: 'ada' });
    const parallel = branch(app, browser);
    probe = () => view(parallel);
    await browser.post('/login', { role: 'admin' });
    expect(seen).toEqual([{ user: 'ada' }, { user: 'ada' }]);
  });
});

describe('endSessionsOf', () => {
  const store = memoryStore();

  async function makeUserApp() {
    const everywhere = async (context: Context) => {
      const data = await readSession(context);
      await endSessionsOf(store, 'ada');
      destroySession(data);
      data['user'] = 'ada';
    };
    const slow = async (context: Context) => {
      const data = await readSession(context);
      const { regenerate } = (await context.request.json()) as { regenerate: boolean };
      await endSessionsOf(store, 'ada');
      if (regenerate) regenerateSession(data);
      data['late'] = 1;
    };
    return makeSessionApp(
      { store, userOf },
      {
        routes: [
          { method: 'POST', path: '/others', handler: everywhere },
          { method: 'POST', path: '/slow', handler: slow },
        ],
      },
    );
  }

  async function logIn(app: App, user: string): Promise<Browser> {
    const browser = new Browser(app);
    await browser.post('/login', { user });
    return browser;
  }

  it('ends every session of the user, and no other', async () => {
    const app = await makeUserApp();
    const [one, two, other, guest] = [
      await logIn(app, 'ada'),
      await logIn(app, 'ada'),
      await logIn(app, 'eve'),
      new Browser(app),
    ];
    await guest.post('/update', { cart: [1] });
    await endSessionsOf(store, 'ada');
    expect([await view(one), await view(two)]).toEqual([{}, {}]);
    expect([await view(other), await view(guest)]).toEqual([{ user: 'eve' }, { cart: [1] }]);
    expect(await view(await logIn(app, 'ada'))).toEqual({ user: 'ada' });
  });

  it('is not undone by a slower write, or by a slower regeneration', async () => {
    const app = await makeUserApp();
    for (const regenerate of [false, true]) {
      const browser = await logIn(app, 'ada');
      expect((await browser.post('/slow', { regenerate })).status).toBe(204);
      expect(await view(browser)).toEqual({});
    }
  });

  it('ends a session for requests with its old id, too', async () => {
    const app = await makeUserApp();
    const browser = await logIn(app, 'ada');
    const late = branch(app, browser);
    await browser.post('/login', { role: 'admin' });
    await endSessionsOf(store, 'ada');
    expect([await view(late), await view(browser)]).toEqual([{}, {}]);
  });

  it('leaves a session that begins afterwards in the same request', async () => {
    const app = await makeUserApp();
    const [here, there] = [await logIn(app, 'ada'), await logIn(app, 'ada')];
    await here.post('/others');
    expect([await view(here), await view(there)]).toEqual([{ user: 'ada' }, {}]);
  });

  it('answers 503 when the store fails, and refuses a store that does not know users', async () => {
    const fail = () => {
      throw new Error('down');
    };
    await expect(endSessionsOf({ ...memoryStore(), raiseEpoch: fail }, 7)).rejects.toMatchObject({
      status: 503,
      code: 'session_store_unavailable',
    });
    const { readEpoch: _, ...plain } = memoryStore();
    await expect(endSessionsOf(plain, 7)).rejects.toThrow(TypeError);
    expect(() => makeSessionApp({ store: plain, userOf })).toThrow(/userOf needs a store/);
    expect(() => makeSessionApp({ userOf })).toThrow(/userOf needs a store/);
  });
});

describe('changes that together empty a session', () => {
  const makeSessions = () => {
    const store = memoryStore();
    const records = new StoredRecords(store, new RecordOwners(store, undefined));
    const sessions = new StoredSessions(records, {
      longestSeconds: 60,
      graceSeconds: 10,
      onConflict: 'refuse',
    });
    return { records, sessions };
  };

  it('end it, and a slower write does not bring it back', async () => {
    const { records, sessions } = makeSessions();
    const record = await records.create('a', '{"one":1,"two":2}', 60);
    const changes = ['{"two":2}', '{"one":1}'].map((json) =>
      sessions.update({ record, json, ttlSeconds: 60 }),
    );
    expect(await Promise.all(changes)).toEqual([true, false]);
    expect(await sessions.open('a')).toBeUndefined();
    expect(await sessions.update({ record, json: '{"late":1}', ttlSeconds: 60 })).toBe(false);
    expect(await sessions.open('a')).toBeUndefined();
  });

  it('leave what another process has written meanwhile', async () => {
    const { records, sessions } = makeSessions();
    const record = await records.create('a', '{"one":1}', 60);
    await records.write(record, '{"one":1,"theirs":1}', 60);
    expect(await sessions.update({ record, json: '{}', ttlSeconds: 60 })).toBe(true);
    expect(await sessions.open('a')).toMatchObject({ json: '{"theirs":1}' });
  });
});
