import { apiKey, bearer, User } from '@sluice/auth';
import {
  Controller,
  createApp,
  Get,
  guard,
  UseMiddleware,
  type Context,
  type MiddlewareLike,
} from '@sluice/core';
import { cors } from '@sluice/cors';
import { csrf, csrfToken } from '@sluice/csrf';
import { cspNonce, NONCE, securityHeaders } from '@sluice/security-headers';
import { readSession, regenerateSession, session } from '@sluice/session';
import { responseCache } from '../src';

const logger = { info() {}, warn() {}, error() {} };
const SECRET = 'a secret that is long enough for a session';

async function makeApp(middleware: MiddlewareLike[], handler: (context: Context) => unknown) {
  return createApp({
    middleware,
    routes: [{ method: 'GET', path: '/', handler }],
    logger,
  });
}

const withSession = session({ secretKey: SECRET, httpsOnly: false });
interface Account {
  user?: string;
}

function missing(): never {
  throw new TypeError('There is no user.');
}

const verify = (token: string) => ({ id: token });

describe('two users', () => {
  it('never get the reply of each other when a session was read', async () => {
    const app = await makeApp([withSession, responseCache({ ttl: 60 })], async (context) => {
      const data = await readSession<{ name?: string }>(context);
      data.name ??= context.request.rawQuery;
      return data.name;
    });
    const first = await app.inject({ url: '/?ada' });
    const cookie = first.headers['set-cookie']!.split(';', 1)[0]!;
    const other = await app.inject({ url: '/?ada', headers: { cookie: '' } });
    expect(other.headers['set-cookie']).not.toContain(cookie);
    expect((await app.inject({ url: '/?bob' })).text()).toBe('bob');
    const again = await app.inject({ url: '/?bob', headers: { cookie } });
    expect([again.text(), again.headers['cache-status']]).toEqual([
      'ada',
      'sluice; fwd=miss; detail=cookies',
    ]);
  });

  it('share a reply behind a session that is not read, and its cookie is not in it', async () => {
    const outer: MiddlewareLike = async (context, next) => {
      await next();
      const data = await readSession<{ seen?: string }>(context);
      data.seen = context.request.header('x-user') ?? '';
    };
    const app = await makeApp([withSession, outer, responseCache({ ttl: 60 })], () => 'same');
    const cookies = [];
    for (const user of ['ada', 'bob', 'eve']) {
      const { headers } = await app.inject({ url: '/', headers: { 'x-user': user } });
      cookies.push(headers['set-cookie']);
      expect(headers['cache-status']).toBe(
        user === 'ada' ? 'sluice; fwd=miss; stored' : 'sluice; hit; ttl=60',
      );
      expect(headers['cache-control']).toBe('no-store');
    }
    expect(new Set(cookies).size).toBe(3);
  });

  it.each<[string, (context: Context) => Promise<unknown>, string]>([
    ['logs in', async (context) => ((await readSession<Account>(context)).user = 'ada'), 'vary-by'],
    ['gets a new identity', async (context) => regenerateSession(await readSession(context)), 'unique'],
    ['reads its token', async (context) => csrfToken(context), 'unique'],
  ])('do not share the reply to the one that %s', async (_, change, detail) => {
    const varyBy = async (context: Context) => (await readSession<Account>(context)).user ?? 'anonymous';
    const app = await makeApp(
      [withSession, csrf({ token: true }), responseCache({ ttl: 60, varyBy })],
      async (context) => String(await change(context)),
    );
    for (let times = 0; times < 2; times++)
      expect((await app.inject({ url: '/' })).headers['cache-status']).toBe(
        `sluice; fwd=miss; detail=${detail}`,
      );
  });

  it('keep their reply when varyBy cannot name a user any more', async () => {
    const names = ['ada', undefined];
    const varyBy = () => names.shift() ?? missing();
    const app = await makeApp([responseCache({ ttl: 60, varyBy })], () => 'bye');
    const { status, headers } = await app.inject({ url: '/' });
    expect([status, headers['cache-status']]).toEqual([200, 'sluice; fwd=miss; detail=vary-by']);
  });

  it.each(['outside', 'inside'])('do not share a nonce, with its policy %s of the cache', async (place) => {
    const policy = securityHeaders({ contentSecurityPolicy: { scriptSrc: [NONCE] } });
    const cache = responseCache({ ttl: 60 });
    const app = await makeApp(place === 'outside' ? [policy, cache] : [cache, policy], cspNonce);
    const replies = [await app.inject({ url: '/' }), await app.inject({ url: '/' })];
    expect(new Set(replies.map((reply) => reply.text())).size).toBe(2);
    for (const reply of replies) expect(reply.headers['content-security-policy']).toContain(reply.text());
  });

  it('do not share a reply that replaces a cookie of middleware further out', async () => {
    const outer: MiddlewareLike = (context, next) => {
      context.response.setCookie('user', 'none');
      return next();
    };
    const app = await makeApp([outer, responseCache({ ttl: 60 })], ({ request, response }) => {
      response.setCookie('user', request.header('x-user')!);
      return request.header('x-user');
    });
    for (const user of ['ada', 'bob']) {
      const { headers } = await app.inject({ url: '/', headers: { 'x-user': user } });
      expect([headers['set-cookie'], headers['cache-status']]).toEqual([
        `user=${user}`,
        'sluice; fwd=miss; detail=set-cookie',
      ]);
    }
  });

  it('have replies of their own when varyBy reads the session', async () => {
    let calls = 0;
    const readName = async (context: Context) => (await readSession<{ name?: string }>(context)).name;
    const cache = responseCache({ ttl: 60, varyBy: readName });
    const app = await createApp({
      middleware: [withSession],
      routes: [
        {
          method: 'GET',
          path: '/login',
          handler: async (context) => {
            (await readSession<{ name?: string }>(context)).name = context.request.rawQuery;
          },
        },
        {
          method: 'GET',
          path: '/',
          middleware: [cache],
          handler: async (context) => `${await readName(context)} ${++calls}`,
        },
      ],
      logger,
    });
    const login = async (name: string) => {
      const { headers } = await app.inject({ url: `/login?${name}` });
      return headers['set-cookie']!.split(';', 1)[0]!;
    };
    const [ada, bob] = [await login('ada'), await login('bob')];
    const read = async (cookie: string) => (await app.inject({ url: '/', headers: { cookie } })).text();
    expect([await read(ada), await read(bob), await read(ada), await read(bob)]).toEqual([
      'ada 1',
      'bob 2',
      'ada 1',
      'bob 2',
    ]);
    expect((await app.inject({ url: '/' })).headers['cache-status']).toBe(
      'sluice; fwd=bypass; detail=vary-by',
    );
  });

  it('are kept apart behind a bearer guard, and need no entry for each token', async () => {
    let calls = 0;
    const cache = responseCache({ ttl: 60, varyBy: (context) => context.request.header('x-tenant') });
    const app = await makeApp([bearer({ verify }), cache], () => ++calls);
    const read = async (token: string, tenant: string) =>
      await app.inject({ url: '/', headers: { authorization: `Bearer ${token}`, 'x-tenant': tenant } });
    expect((await read('a1', 'a')).text()).toBe('1');
    const hit = await read('a2', 'a');
    expect([hit.text(), hit.headers['vary'], hit.headers['cache-control']]).toEqual([
      '1',
      'Authorization',
      'private',
    ]);
    expect((await read('b1', 'b')).text()).toBe('2');
    expect((await app.inject({ url: '/', headers: { 'x-tenant': 'a' } })).status).toBe(401);
  });

  it('are kept apart by the header that a guard names in Vary', async () => {
    @Controller('/')
    @UseMiddleware(apiKey({ verify, name: 'X-Api-Key' } as never), responseCache({ ttl: 60 }))
    class KeyController {
      @Get()
      show(@User() user: { id: string }) {
        return user.id;
      }
    }
    const app = await createApp({ controllers: [KeyController], logger });
    const read = (key: string) => app.inject({ url: '/', headers: { 'x-api-key': key } });
    for (const key of ['ada', 'bob', 'ada', 'bob']) expect((await read(key)).text()).toBe(key);
    expect((await read('ada')).headers['cache-status']).toMatch(/hit/);
  });

  it('share a reply from different origins, each with the headers of its own', async () => {
    const allowOrigins = ['https://a.example', 'https://b.example'];
    const app = await makeApp([cors({ allowOrigins }), responseCache({ ttl: 60 })], () => 'same');
    for (const origin of allowOrigins) {
      const { headers } = await app.inject({ url: '/', headers: { origin } });
      expect(headers['access-control-allow-origin']).toBe(origin);
      expect(headers['vary']).toBe('Origin');
      expect(headers['cache-status']).toMatch(origin === allowOrigins[0] ? /stored/ : /hit/);
    }
    const preflight = await app.inject({
      method: 'OPTIONS',
      url: '/',
      headers: { origin: allowOrigins[0]!, 'access-control-request-method': 'GET' },
    });
    expect(preflight.status).toBe(204);
  });
});

describe('a cache in the wrong place', () => {
  it.each<[string, MiddlewareLike]>([
    ['a guard', guard(() => undefined, 'admin')],
    ['a guard of @sluice/auth', bearer({ verify })],
    ['a session', withSession],
  ])('refuses to start outside %s', async (_, inner) => {
    await expect(makeApp([responseCache({ ttl: 60 }), inner], () => 'x')).rejects.toMatchObject({
      problems: [{ code: 'MIDDLEWARE_ORDER' }],
    });
  });

  it('runs once where there are several, the innermost', async () => {
    const app = await createApp({
      middleware: [responseCache({ ttl: 60 })],
      routes: [{ method: 'GET', path: '/', middleware: [responseCache({ ttl: 5 })], handler: () => 'x' }],
      logger,
    });
    const steps = app.plan.routes[0]!.steps.filter(({ name }) => name === 'responseCache');
    expect(steps).toMatchObject([{ options: { ttl: 5 } }]);
  });
});
