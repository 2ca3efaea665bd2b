import type { App } from '@sluice/core';
import type { SessionOptions } from '../src';
import { Browser } from './browser';
import { makeSessionApp, OTHER_SECRET, SECRET } from './session-app';

beforeEach(
  () => void jest.useFakeTimers({ now: Date.UTC(2030, 0, 1), doNotFake: ['nextTick', 'setImmediate'] }),
);
afterEach(() => void jest.useRealTimers());
const pass = (seconds: number) => void jest.advanceTimersByTime(seconds * 1000);

async function makeCookie(app: App, data: object): Promise<string> {
  const browser = new Browser(app);
  await browser.post('/update', data);
  return `session=${browser.cookies.get('session')!}`;
}

/** Sends a request with these cookies, in this order. */
async function send(app: App, method: string, url: string, cookies: readonly string[], body?: object) {
  const response = await app.inject({
    method,
    url,
    headers: { cookie: cookies.join('; ') },
    ...(body && { body }),
  });
  return {
    body: response.body.length === 0 ? undefined : response.json(),
    lines: response.headerLines('set-cookie'),
  };
}

const CLEARED = 'session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax';

describe('several cookies with the name of the session', () => {
  const OLD_PLACES: [Partial<SessionOptions>, string][] = [
    [{ domain: 'Example.com' }, 'session=; Max-Age=0; Domain=example.com; Path=/; HttpOnly; SameSite=Lax'],
    [{ domain: '.example.com' }, 'session=; Max-Age=0; Domain=example.com; Path=/; HttpOnly; SameSite=Lax'],
    [{ path: '/view' }, 'session=; Max-Age=0; Path=/view; HttpOnly; SameSite=Lax'],
    [
      { partitioned: true, httpsOnly: true },
      'session=; Max-Age=0; Path=/; HttpOnly; Secure; Partitioned; SameSite=Lax',
    ],
    [
      { domain: 'example.com', path: '/view', partitioned: true, httpsOnly: true, encrypt: false },
      'session=; Max-Age=0; Domain=example.com; Path=/view; HttpOnly; Secure; Partitioned; SameSite=Lax',
    ],
  ];

  it.each(OLD_PLACES)('are decided by the time of their issue, after %j has changed', async (place) => {
    const [before, after] = [await makeSessionApp(place), await makeSessionApp()];
    const old = await makeCookie(before, { user: 'old' });
    pass(1);
    const present = await makeCookie(after, { user: 'present' });
    for (const app of [before, after])
      for (const cookies of [
        [old, present],
        [present, old],
        [old, 'session=x', present, old],
      ])
        expect(await send(app, 'GET', '/view', cookies)).toEqual({
          body: { session: { user: 'present' } },
          lines: [],
        });
  });

  it.each(OLD_PLACES)(
    'are all cleared at the end of the session, that of %j too',
    async (place, clearedOld) => {
      const [before, after] = [await makeSessionApp(place), await makeSessionApp()];
      const old = await makeCookie(before, { user: 'ada' });
      pass(1);
      const present = await makeCookie(after, { user: 'ada' });
      expect((await send(after, 'POST', '/logout', [present, old])).lines).toEqual([clearedOld, CLEARED]);
      expect((await send(after, 'POST', '/logout', [old])).lines).toEqual([clearedOld, CLEARED]);
      expect((await send(before, 'POST', '/logout', [old, present])).lines).toHaveLength(2);
    },
  );

  it.each(OLD_PLACES)(
    'become one when the session is changed: that of %j is cleared',
    async (place, clearedOld) => {
      const [before, after] = [await makeSessionApp(place), await makeSessionApp()];
      const old = await makeCookie(before, { user: 'ada' });
      const { lines } = await send(after, 'POST', '/update', [old], { n: 1 });
      expect(lines).toEqual([
        clearedOld,
        expect.stringMatching(/^session=[\w-]{20,}; Max-Age=1209600; Path=\/;/),
      ]);
      expect((await send(after, 'GET', '/view', [lines[1]!.split(';')[0]!])).body).toEqual({
        session: { user: 'ada', n: 1 },
      });
    },
  );

  it('count by their domain and path if they are equally old, else by their order', async () => {
    const [before, after] = [await makeSessionApp({ domain: 'example.com' }), await makeSessionApp()];
    const [old, present] = [
      await makeCookie(before, { n: 'old' }),
      await makeCookie(after, { n: 'present' }),
    ];
    for (const cookies of [
      [old, present],
      [present, old],
    ]) {
      expect((await send(after, 'GET', '/view', cookies)).body).toEqual({ session: { n: 'present' } });
      expect((await send(before, 'GET', '/view', cookies)).body).toEqual({ session: { n: 'old' } });
    }
    const later = await makeCookie(after, { n: 'later' });
    expect((await send(after, 'GET', '/view', [present, later])).body).toEqual({ session: { n: 'later' } });
  });

  it('do not hide the real one, however many of them are forged, behind however many other cookies', async () => {
    const app = await makeSessionApp();
    const real = await makeCookie(app, { user: 'ada' });
    const forged = Array.from({ length: 150 }, (_, index) => `session=${index}`);
    const others = Array.from({ length: 900 }, (_, index) => `c${index}=1`);
    const found = { body: { session: { user: 'ada' } }, lines: [] };
    expect(await send(app, 'GET', '/view', [...forged, real])).toEqual(found);
    expect(await send(app, 'GET', '/view', [...others, real])).toEqual(found);
    expect(await send(app, 'GET', '/view', [...others, ...forged, real, ...forged, ...others])).toEqual(
      found,
    );
  });

  it('may come in several Cookie lines', async () => {
    const app = await makeSessionApp();
    const real = await makeCookie(app, { user: 'ada' });
    const response = await app.inject({ url: '/view', headers: { cookie: ['a=1', 'session=forged', real] } });
    expect(response.json()).toEqual({ session: { user: 'ada' } });
  });
});

describe('a cookie that opens no session', () => {
  it('is left alone by an instance that does not know its secret yet', async () => {
    const before = await makeSessionApp({ secretKey: SECRET });
    const after = await makeSessionApp({ secretKey: [OTHER_SECRET, SECRET] });
    const cookie = await makeCookie(after, { user: 'ada' });
    expect(await send(before, 'GET', '/view', [cookie])).toEqual({ body: { session: {} }, lines: [] });
    expect((await send(after, 'GET', '/view', [cookie])).body).toEqual({ session: { user: 'ada' } });
  });

  it('does not exist any more after the first of two steps of a rotation', async () => {
    const first = await makeSessionApp({ secretKey: [SECRET, OTHER_SECRET] });
    const second = await makeSessionApp({ secretKey: [OTHER_SECRET, SECRET] });
    const cookie = await makeCookie(second, { user: 'ada' });
    expect((await send(first, 'GET', '/view', [cookie])).body).toEqual({ session: { user: 'ada' } });
  });

  it('comes from a clock that is five minutes fast: it is left alone, and opens later', async () => {
    const app = await makeSessionApp();
    pass(300);
    const cookie = await makeCookie(app, { user: 'ada' });
    jest.setSystemTime(Date.now() - 300_000);
    expect(await send(app, 'GET', '/view', [cookie])).toEqual({ body: { session: {} }, lines: [] });
    pass(300);
    expect((await send(app, 'GET', '/view', [cookie])).body).toEqual({ session: { user: 'ada' } });
  });

  it('belongs to another application on the host: neither reading nor emptying what is empty deletes it', async () => {
    const app = await makeSessionApp();
    const foreign = 'session=s%3Aforeign.signature';
    expect((await send(app, 'GET', '/view', [foreign])).lines).toEqual([]);
    expect((await send(app, 'POST', '/clear', [foreign])).lines).toEqual([]);
  });

  it('is replaced by a request that writes, and deleted by one that destroys the session', async () => {
    const app = await makeSessionApp();
    expect((await send(app, 'POST', '/update', ['session=x'], { n: 1 })).lines).toEqual([
      expect.stringMatching(/^session=[\w-]{20,}; Max-Age=1209600/),
    ]);
    expect((await send(app, 'POST', '/logout', ['session=x'])).lines).toEqual([CLEARED]);
  });
});
