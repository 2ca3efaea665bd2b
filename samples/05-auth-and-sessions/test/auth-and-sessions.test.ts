import crypto from 'node:crypto';
import type { App } from '@sluice/core';
import { createAuthAndSessions } from '../src/create-auth-and-sessions';

const ADA = { name: 'ada', password: 'analytical engine' };
const BEN = { name: 'ben', password: 'kites and lightning' };
const HOME = 'http://127.0.0.1:8000';

type Answer = Awaited<ReturnType<App['inject']>>;

describe('the auth and sessions sample', () => {
  let app: App;

  beforeAll(async () => {
    app = await createAuthAndSessions();
  });

  afterEach(() => jest.restoreAllMocks());

  afterAll(() => app.close());

  describe('the API', () => {
    it('refuses requests without credentials', async () => {
      for (const url of ['/api/me', '/api/users', '/api/nowhere']) {
        const response = await app.inject({ url });
        expect(response.status).toBe(401);
        expect(response.json()).toMatchObject({ code: 'credentials_missing' });
        expect(response.header('www-authenticate')).toBe('Bearer realm="api", Session realm="api"');
      }
    });

    it('logs in, without sending the password back', async () => {
      const response = await logIn(ADA);
      expect(response.status).toBe(200);
      expect(response.json()).toEqual({ name: 'ada', roles: ['admin', 'reader'] });
      const me = await app.inject({ url: '/api/me', headers: { cookie: readCookie(response) } });
      expect(me.json()).toEqual({ name: 'ada', roles: ['admin', 'reader'] });
    });

    it('shows the users to admins only', async () => {
      const [ada, ben] = [readCookie(await logIn(ADA)), readCookie(await logIn(BEN))];
      const seen = await app.inject({ url: '/api/users', headers: { cookie: ada } });
      expect(seen.json<{ name: string }[]>().map(({ name }) => name)).toEqual(['ada', 'ben']);
      const refused = await app.inject({ url: '/api/users', headers: { cookie: ben } });
      expect(refused.status).toBe(403);
      expect(refused.json()).toMatchObject({ code: 'insufficient_role' });
    });

    it('admits programs with a token that a user has made', async () => {
      const cookie = readCookie(await logIn(BEN));
      const issued = await app.inject({ method: 'POST', url: '/api/tokens', headers: { cookie } });
      expect([issued.status, issued.header('cache-control')]).toEqual([201, 'no-store']);
      const { token } = issued.json<{ token: string }>();
      expect(token).toMatch(/^[\w-]{43}$/);
      const headers = { authorization: `Bearer ${token}` };
      expect((await app.inject({ url: '/api/me', headers })).json()).toMatchObject({ name: 'ben' });
      expect((await app.inject({ url: '/api/users', headers })).status).toBe(403);
      expect((await app.inject({ url: '/', headers })).text()).toContain('Hello, ben');
    });

    it('refuses a wrong token, even beside a valid session', async () => {
      const cookie = readCookie(await logIn(ADA));
      for (const url of ['/api/me', '/']) {
        const response = await app.inject({ url, headers: { cookie, authorization: 'Bearer wrong' } });
        expect(response.status).toBe(401);
        expect(response.json()).toMatchObject({ code: 'credentials_invalid' });
      }
    });

    it('answers a wrong password and an unknown name alike, after the same work', async () => {
      const scrypt = jest.spyOn(crypto, 'scrypt');
      const names = ['ada', 'unknown', '__proto__', 'constructor'];
      const answers = await Promise.all(names.map((name) => logIn({ name, password: 'wrong' })));
      const [first] = answers.map(withoutInstance);
      for (const answer of answers) {
        expect(answer.status).toBe(401);
        expect(answer.headerLines('set-cookie')).toEqual([]);
        expect(withoutInstance(answer)).toEqual(first);
      }
      expect(scrypt).toHaveBeenCalledTimes(names.length);
    });

    it.each([
      {},
      { name: 'ada' },
      { name: 'ada', password: 1 },
      { name: 'ada', password: 'x'.repeat(201) },
      { ...ADA, roles: ['admin'] },
    ])('refuses %j before a hash is computed', async (credentials) => {
      const scrypt = jest.spyOn(crypto, 'scrypt');
      expect((await logIn(credentials)).status).toBe(422);
      expect(scrypt).not.toHaveBeenCalled();
    });
  });

  describe('the session', () => {
    it('hides its cookie from scripts and from posts of other sites', async () => {
      const lines = (await logIn(ADA)).headerLines('set-cookie');
      expect(lines).toEqual([
        expect.stringMatching(/^session=[\w-]+; Max-Age=3600; Path=\/; HttpOnly; SameSite=Lax$/),
      ]);
    });

    it('is a new one after a login, and the one before is worthless', async () => {
      const planted = readCookie(await logIn(BEN));
      const own = readCookie(await logIn(ADA, { cookie: planted }));
      expect(own).not.toBe(planted);
      expect((await app.inject({ url: '/api/me', headers: { cookie: own } })).json()).toMatchObject({
        name: 'ada',
      });
      expect((await app.inject({ url: '/api/me', headers: { cookie: planted } })).status).toBe(401);
    });

    it('ends with the logout, even for copies of its cookie', async () => {
      const cookie = readCookie(await logIn(ADA));
      const response = await app.inject({ method: 'POST', url: '/api/logout', headers: { cookie } });
      expect(response.status).toBe(204);
      expect(response.headerLines('set-cookie')[0]).toMatch(/^session=; Max-Age=0;/);
      expect((await app.inject({ url: '/api/me', headers: { cookie } })).status).toBe(401);
    });
  });

  describe('the check of the origin', () => {
    let cookie: string;

    beforeAll(async () => {
      cookie = readCookie(await logIn(ADA));
    });

    it.each(['https://evil.example', 'null', 'https://127.0.0.1:8000', 'http://127.0.0.1:8001'])(
      'refuses a post from %s',
      async (origin) => {
        const login = await logIn(ADA, { origin });
        expect(login.status).toBe(403);
        expect(login.json()).toMatchObject({ code: 'origin_refused' });
        expect(login.headerLines('set-cookie')).toEqual([]);

        const headers = { cookie, host: '127.0.0.1:8000' };
        const request = { method: 'POST', url: '/logout', headers: { ...headers, origin } };
        expect((await app.inject(request)).status).toBe(403);
        expect((await app.inject({ url: '/api/me', headers })).status).toBe(200);
      },
    );

    it.each([
      [HOME, 'https://evil.example'],
      ['', 'https://evil.example'],
    ])('refuses two origins that differ: %j and %j', async (...origin) => {
      expect((await logIn(ADA, { origin })).status).toBe(403);
    });

    it('accepts its own origin', async () => {
      expect((await logIn(ADA, { origin: HOME })).status).toBe(200);
    });
  });

  describe('the pages', () => {
    it('redirect requests without a user to the form', async () => {
      for (const url of ['/', '/nowhere']) {
        const response = await app.inject({ url });
        expect([response.status, response.header('location')]).toEqual([303, '/login']);
      }
      expect((await app.inject({ url: '/login' })).text()).toContain('<form method="post" action="/login">');
    });

    it('greet a user who has logged in with the form, until the logout', async () => {
      const login = await sendForm(ADA);
      expect([login.status, login.header('location')]).toEqual([303, '/']);
      const headers = { cookie: readCookie(login) };
      const home = await app.inject({ url: '/', headers });
      expect(home.text()).toContain('Hello, ada');
      expect(home.header('cache-control')).toBe('no-store');

      const logout = await app.inject({ method: 'POST', url: '/logout', headers });
      expect([logout.status, logout.header('location')]).toEqual([303, '/login']);
      expect((await app.inject({ url: '/', headers })).status).toBe(303);
    });

    it('show the form again if the password is wrong, without the name that was sent', async () => {
      const response = await sendForm({ name: '<b>eve</b>', password: 'wrong' });
      expect(response.status).toBe(401);
      expect(response.text()).toContain('The name or the password is wrong.');
      expect(response.text()).not.toContain('eve');
      expect(response.headerLines('set-cookie')).toEqual([]);
    });
  });

  function logIn(credentials: object, headers: Record<string, string | readonly string[]> = {}) {
    return app.inject({
      method: 'POST',
      url: '/api/login',
      headers: { 'content-type': 'application/json', host: '127.0.0.1:8000', ...headers },
      body: JSON.stringify(credentials),
    });
  }

  function sendForm(fields: Record<string, string>) {
    return app.inject({
      method: 'POST',
      url: '/login',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: HOME, host: '127.0.0.1:8000' },
      body: new URLSearchParams(fields).toString(),
    });
  }

  function readCookie(response: Answer): string {
    return response.headerLines('set-cookie')[0]!.split(';')[0]!;
  }

  /** The body without its id, which differs in every answer. */
  function withoutInstance(response: Answer): object {
    return { ...response.json<object>(), instance: undefined };
  }
});
