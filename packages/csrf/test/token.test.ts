import {
  Controller,
  createApp,
  Ctx,
  Get,
  Post,
  type AppOptions,
  type Context,
  type InjectedResponse,
} from '@sluice/core';
import { destroySession, memoryStore, readSession, regenerateSession, session } from '@sluice/session';
import fc from 'fast-check';
import { csrf, CsrfExempt, CsrfToken, csrfToken, type CsrfTokenOptions } from '../src';
import { bindSecret, isMaskedDigest, makeSecret, maskDigest } from '../src/token/masked-token';

const QUIET = { info() {}, warn() {}, error() {} };

@Controller('/form')
class FormController {
  @Get()
  show(@CsrfToken() token: string) {
    return token;
  }

  @Get('/twice')
  async twice(@Ctx() context: Context) {
    return [await csrfToken(context), await csrfToken(context)];
  }

  @Post()
  save(@Ctx() context: Context) {
    return context.request.text();
  }

  @Post('/login')
  async logIn(@Ctx() context: Context) {
    regenerateSession(await readSession(context));
    return 'in';
  }

  @Post('/logout')
  async logOut(@Ctx() context: Context) {
    destroySession(await readSession(context));
    return 'out';
  }

  @Post('/hook')
  @CsrfExempt()
  receive() {
    return 'received';
  }
}

const SECRET_KEY = 'a secret for tests that is long enough';

const start = (token: boolean | CsrfTokenOptions = true, hasStore = false, rest: AppOptions = {}) =>
  createApp({
    controllers: [FormController],
    middleware: [
      session({ secretKey: SECRET_KEY, ...(hasStore && { store: memoryStore() }) }),
      csrf({ token }),
    ],
    logger: QUIET,
    ...rest,
  });

type App = Awaited<ReturnType<typeof start>>;

const readCookie = (response: InjectedResponse) => response.header('set-cookie')!.split(';')[0]!;

/** Visits the form: the token and the cookie. */
async function visit(app: App) {
  const response = await app.inject({ url: '/form' });
  return { token: response.text(), cookie: readCookie(response) };
}

async function post(app: App, headers: Record<string, string>, body = '', url = '/form') {
  return app.inject({ method: 'POST', url, headers, body });
}

describe.each([
  ['in a cookie', false],
  ['in a store', true],
])('a token of a session %s', (_, hasStore) => {
  it('lets a request without Sec-Fetch-Site and Origin pass, in a header', async () => {
    const app = await start(true, hasStore);
    const { token, cookie } = await visit(app);
    const json = { cookie, 'content-type': 'application/json' };
    expect((await post(app, { ...json, 'x-csrf-token': token }, '{}')).status).toBe(200);
    const refused = await post(app, json, '{}');
    expect(refused.json()).toMatchObject({ status: 403, code: 'csrf_token_invalid' });
  });

  it('or in a field of a form, which the handler gets as well', async () => {
    const app = await start(true, hasStore);
    const { token, cookie } = await visit(app);
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const response = await post(app, headers, `text=a%20b&_csrf=${token}`);
    expect(response.text()).toBe(`text=a%20b&_csrf=${token}`);
    for (const body of ['text=a', `_csrf=${token}x`, `_csrf=${token}&_csrf=${token}`, '', `_csrf[]=${token}`])
      expect([body, (await post(app, headers, body)).status]).toEqual([body, 403]);
  });

  it('is of no use in another session, or without one', async () => {
    const app = await start(true, hasStore);
    const [ada, bob] = [await visit(app), await visit(app)];
    const json = { 'content-type': 'application/json' };
    expect((await post(app, { ...json, cookie: bob.cookie, 'x-csrf-token': ada.token }, '{}')).status).toBe(
      403,
    );
    expect((await post(app, { ...json, 'x-csrf-token': ada.token }, '{}')).status).toBe(403);
  });

  it('ends with the id of its session, at a log-in and at a log-out', async () => {
    const app = await start(true, hasStore);
    for (const url of ['/form/login', '/form/logout']) {
      const { token, cookie } = await visit(app);
      const response = await post(app, { cookie, 'x-csrf-token': token }, '', url);
      expect(response.status).toBe(200);
      const headers = {
        cookie: readCookie(response),
        'x-csrf-token': token,
        'content-type': 'application/json',
      };
      expect((await post(app, headers, '{}')).status).toBe(403);
    }
  });
});

describe('a token', () => {
  it('is another text with every response and call (BREACH), and all of them are valid', async () => {
    const app = await start();
    const { token, cookie } = await visit(app);
    const again = (await app.inject({ url: '/form', headers: { cookie } })).text();
    const two = (await app.inject({ url: '/form/twice', headers: { cookie } })).json<string[]>();
    const tokens = [token, again, ...two];
    expect(new Set(tokens).size).toBe(4);
    for (const one of tokens) {
      const headers = { cookie, 'x-csrf-token': one, 'content-type': 'application/json' };
      expect((await post(app, headers, '{}')).status).toBe(200);
    }
  });

  it('does not let a request of another origin pass, and one of the own pages needs none', async () => {
    const app = await start();
    const { token, cookie } = await visit(app);
    const headers = { cookie, 'content-type': 'application/json' };
    const foreign = { ...headers, 'x-csrf-token': token, 'sec-fetch-site': 'cross-site' };
    expect((await post(app, foreign, '{}')).json()).toMatchObject({ code: 'csrf_refused' });
    expect((await post(app, { ...headers, 'sec-fetch-site': 'same-origin' }, '{}')).status).toBe(200);
    const own = { ...headers, host: 'a.example', origin: 'https://a.example' };
    expect((await post(app, own, '{}')).status).toBe(200);
  });

  it('is not asked for on an exempt route, nor by a WebSocket handshake', async () => {
    const app = await start();
    expect((await post(app, {}, '', '/form/hook')).status).toBe(200);
    const headers = { connection: 'Upgrade', upgrade: 'websocket' };
    expect((await app.inject({ url: '/form', headers })).status).toBe(200);
  });

  it('can have another header and field', async () => {
    const app = await start({ headerName: 'X-Token', fieldName: 'token' });
    const { token, cookie } = await visit(app);
    const form = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post(app, form, `token=${token}`)).status).toBe(200);
    expect((await post(app, { ...form, 'x-token': token }, 'a=b')).status).toBe(200);
    expect((await post(app, { ...form, 'x-csrf-token': token }, `_csrf=${token}`)).status).toBe(403);
  });

  it('costs no more than the body limit to look for', async () => {
    const app = await start();
    const { cookie } = await visit(app);
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post(app, headers, 'a'.repeat(1_100_000))).status).toBe(413);
  });

  it('is in no session that does not read one', async () => {
    const app = await start(true, false, {
      routes: [{ method: 'GET', path: '/plain', handler: () => 'x' }],
    });
    expect((await app.inject({ url: '/plain' })).header('set-cookie')).toBeUndefined();
  });
});

describe('an application with tokens', () => {
  it('refuses to start without a session further out', async () => {
    const middleware = [csrf({ token: true }), session({ secretKey: SECRET_KEY })];
    await expect(start(true, false, { middleware })).rejects.toThrow('MIDDLEWARE_MISSING');
  });

  it('refuses to start with @CsrfToken where no csrf has tokens', async () => {
    const middleware = [session({ secretKey: SECRET_KEY }), csrf()];
    await expect(start(true, false, { middleware })).rejects.toThrow('csrfToken');
  });

  it('reports csrfToken(context) where no csrf has tokens', async () => {
    const errors: unknown[] = [];
    const app = await createApp({
      routes: [{ method: 'GET', path: '/', handler: (context) => csrfToken(context) }],
      logger: { ...QUIET, error: (error: unknown) => void errors.push(error) },
    });
    expect((await app.inject({ url: '/' })).status).toBe(500);
    expect(String(errors[0])).toContain('csrf({ token: true })');
  });
});

describe('masked digests', () => {
  it('are recognised, and nothing else is', () => {
    const digest = bindSecret(makeSecret(), 'id');
    fc.assert(
      fc.property(fc.string(), fc.nat(85), (text, at) => {
        const token = maskDigest(digest);
        expect(isMaskedDigest(token, digest)).toBe(true);
        expect(isMaskedDigest(text, digest)).toBe(false);
        const other = token[at] === 'A' ? 'B' : 'A';
        // The last character has two bits that are not in the bytes.
        if (at < 85)
          expect(isMaskedDigest(token.slice(0, at) + other + token.slice(at + 1), digest)).toBe(false);
      }),
    );
    expect(isMaskedDigest(maskDigest(digest), bindSecret(makeSecret(), 'id'))).toBe(false);
  });
});

describe('the first tokens of a session in a store', () => {
  it('are not given out twice: of two requests at once, one gets a token that is valid, and one a 503', async () => {
    const begin = async (context: Context) => void ((await readSession(context))['user'] = 'ada');
    const app = await start(true, true, { routes: [{ method: 'GET', path: '/begin', handler: begin }] });
    const cookie = readCookie(await app.inject({ url: '/begin' }));
    const visits = await Promise.all([0, 1].map(() => app.inject({ url: '/form', headers: { cookie } })));
    expect(visits.map(({ status }) => status).sort()).toEqual([200, 503]);
    const token = visits.find(({ status }) => status === 200)!.text();
    expect((await post(app, { cookie, 'x-csrf-token': token })).status).toBe(200);
  });
});
