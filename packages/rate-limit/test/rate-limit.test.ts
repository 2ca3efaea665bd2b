import { setTimeout as sleep } from 'node:timers/promises';
import {
  Controller,
  createApp,
  Get,
  isPromise,
  Post,
  SkipMiddleware,
  UseMiddleware,
  type App,
  type AppOptions,
  type Middleware,
} from '@sluice/core';
import { cors } from '@sluice/cors';
import { readSession, session } from '@sluice/session';
import { memoryLimits, RateLimit, rateLimit, type LimitStore, type RateLimitOptions } from '../src';

const ORIGIN = 'https://app.example';

async function makeApp(limits: RateLimitOptions, options: AppOptions = {}): Promise<App> {
  return createApp({
    middleware: [rateLimit(limits)],
    routes: [{ method: 'GET', path: '/', handler: () => 'hello' }],
    ...options,
  });
}

async function readStatuses(app: App, times: number, request: object = {}): Promise<number[]> {
  const statuses: number[] = [];
  for (let time = 0; time < times; time++) statuses.push((await app.inject({ url: '/', ...request })).status);
  return statuses;
}

describe('rateLimit', () => {
  it('lets the limit pass, then answers 429 with the time to wait', async () => {
    const app = await makeApp({ limit: 2, window: 60 });
    const first = await app.inject({ url: '/' });
    expect([first.status, first.text()]).toEqual([200, 'hello']);
    expect(first.header('ratelimit-policy')).toBe('"default";q=2;w=60');
    expect(first.header('ratelimit')).toBe('"default";r=1;t=30');
    const second = await app.inject({ url: '/' });
    expect(second.header('ratelimit')).toBe('"default";r=0;t=30');
    const refused = await app.inject({ url: '/' });
    expect(refused.status).toBe(429);
    expect(refused.header('retry-after')).toBe('30');
    expect(refused.header('ratelimit-policy')).toBe('"default";q=2;w=60');
    expect(refused.header('ratelimit')).toBe('"default";r=0;t=30');
  });

  it('describes a refusal as the problem type quota-exceeded, with the violated policies', async () => {
    const app = await makeApp({ name: 'burst', limit: 1, window: 60 });
    await app.inject({ url: '/' });
    const refused = await app.inject({ url: '/' });
    expect(refused.header('content-type')).toBe('application/problem+json');
    expect(refused.json()).toMatchObject({
      type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
      title: 'Too Many Requests',
      status: 429,
      code: 'quota_exceeded',
      'violated-policies': ['burst'],
    });
  });

  it('gives units back evenly over the window', async () => {
    const app = await makeApp({ limit: 5, window: 1 });
    expect(await readStatuses(app, 6)).toEqual([200, 200, 200, 200, 200, 429]);
    await sleep(230);
    expect(await readStatuses(app, 2)).toEqual([200, 429]);
  });

  it('counts addresses apart, in any notation', async () => {
    const app = await makeApp({ limit: 1, window: 60 });
    for (const address of ['203.0.113.7', '203.0.113.8', '2001:db8::1', '2001:db8:0:1::1'])
      expect(await readStatuses(app, 1, { address })).toEqual([200]);
    for (const address of ['::ffff:203.0.113.7', '::ffff:cb00:7107', '2001:DB8:0:0:ffff::2'])
      expect(await readStatuses(app, 1, { address })).toEqual([429]);
  });

  it('counts the client behind a trusted proxy, not the proxy, and believes no other one', async () => {
    const trusting = await makeApp({ limit: 1, window: 60 }, { trustProxy: ['10.0.0.1'] });
    const via = (address: string, forwarded: string) => ({
      address,
      headers: { 'X-Forwarded-For': forwarded },
    });
    expect(await readStatuses(trusting, 1, via('10.0.0.1', '203.0.113.7'))).toEqual([200]);
    expect(await readStatuses(trusting, 1, via('10.0.0.1', '203.0.113.8'))).toEqual([200]);
    expect(await readStatuses(trusting, 1, via('10.0.0.1', '1.2.3.4, ::ffff:203.0.113.7'))).toEqual([429]);
    expect(await readStatuses(trusting, 1, via('198.51.100.1', '203.0.113.9'))).toEqual([200]);
    expect(await readStatuses(trusting, 1, via('198.51.100.1', '203.0.113.10'))).toEqual([429]);
  });

  it('counts paths that no route has, other methods, and errors of handlers', async () => {
    const app = await makeApp({ limit: 3, window: 60 });
    expect(await readStatuses(app, 1, { url: '/nowhere' })).toEqual([404]);
    expect(await readStatuses(app, 1, { method: 'DELETE' })).toEqual([405]);
    expect(await readStatuses(app, 1, { method: 'OPTIONS' })).toEqual([204]);
    expect(await readStatuses(app, 1, { url: '/nowhere' })).toEqual([429]);
  });

  it('does not count preflights, and a refusal carries the headers of CORS', async () => {
    const app = await createApp({
      middleware: [cors({ allowOrigins: [ORIGIN] }), rateLimit({ limit: 1, window: 60 })],
      routes: [{ method: 'PUT', path: '/', handler: () => 'put' }],
    });
    const preflight = {
      method: 'OPTIONS',
      headers: { Origin: ORIGIN, 'Access-Control-Request-Method': 'PUT' },
    };
    expect(await readStatuses(app, 5, preflight)).toEqual([204, 204, 204, 204, 204]);
    const put = { method: 'PUT', headers: { Origin: ORIGIN } };
    expect(await readStatuses(app, 1, put)).toEqual([200]);
    const refused = await app.inject({ url: '/', ...put });
    expect(refused.status).toBe(429);
    expect(refused.header('access-control-allow-origin')).toBe(ORIGIN);
  });

  it('does not count preflights inside of its own place either', async () => {
    const app = await createApp({
      routes: [
        { method: 'PUT', path: '/', handler: () => 'put', middleware: [rateLimit({ limit: 1, window: 60 })] },
      ],
    });
    const preflight = {
      method: 'OPTIONS',
      headers: { Origin: ORIGIN, 'Access-Control-Request-Method': 'PUT' },
    };
    await readStatuses(app, 3, preflight);
    expect(await readStatuses(app, 1, { method: 'PUT' })).toEqual([200]);
  });

  it('stays synchronous', async () => {
    let wasSync: boolean | undefined;
    const watch: Middleware = {
      name: 'watch',
      handle(_context, next) {
        const passed = next();
        wasSync = !isPromise(passed);
        return passed;
      },
    };
    const limits = rateLimit({ limit: 1, window: 60, skip: () => false, cost: () => 1 });
    const app = await makeApp({ limit: 1, window: 1 }, { middleware: [watch, limits] });
    expect(await readStatuses(app, 1)).toEqual([200]);
    expect(wasSync).toBe(true);
    expect(await readStatuses(app, 1)).toEqual([429]);
    expect(wasSync).toBe(true);
  });

  it('lets exactly 5 of 1,000 parallel requests pass at limit 5', async () => {
    const app = await makeApp({ limit: 5, window: 60 });
    const responses = await Promise.all(Array.from({ length: 1000 }, () => app.inject({ url: '/' })));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(responses.filter(({ status }) => status === 429)).toHaveLength(995);
  });
});

describe('several policies', () => {
  it('add up: each has its part of the headers, and each can refuse', async () => {
    const app = await makeApp({
      policies: [
        { name: 'burst', limit: 2, window: 10 },
        { name: 'daily', limit: 3, window: 86_400 },
      ],
    });
    const first = await app.inject({ url: '/' });
    expect(first.header('ratelimit-policy')).toBe('"burst";q=2;w=10, "daily";q=3;w=86400');
    expect(first.header('ratelimit')).toBe('"burst";r=1;t=5, "daily";r=2;t=28800');
    await app.inject({ url: '/' });
    const refused = await app.inject({ url: '/' });
    expect(refused.json()).toMatchObject({ status: 429, 'violated-policies': ['burst'] });
  });

  it('show only the violated ones in a refusal, so that Retry-After is not earlier than t', async () => {
    const app = await makeApp({
      policies: [
        { name: 'burst', limit: 1, window: 10 },
        { name: 'daily', limit: 1000, window: 86_400 },
      ],
    });
    await app.inject({ url: '/' });
    const refused = await app.inject({ url: '/' });
    expect(refused.header('ratelimit')).toBe('"burst";r=0;t=10');
    expect(refused.header('retry-after')).toBe('10');
  });

  it('add up over the application, a class and a method', async () => {
    @Controller('/')
    @UseMiddleware(rateLimit({ name: 'class', limit: 3, window: 60 }))
    class Both {
      @Get()
      @UseMiddleware(rateLimit({ name: 'method', limit: 2, window: 60 }))
      narrow() {
        return 'narrow';
      }

      @Get('/wide')
      wide() {
        return 'wide';
      }
    }
    const app = await createApp({
      middleware: [rateLimit({ name: 'all', limit: 100, window: 60 })],
      controllers: [Both],
    });
    const first = await app.inject({ url: '/' });
    expect(first.header('ratelimit-policy')).toBe('"all";q=100;w=60, "class";q=3;w=60, "method";q=2;w=60');
    expect(first.header('ratelimit')).toBe('"all";r=99;t=1, "class";r=2;t=20, "method";r=1;t=30');
    expect(await readStatuses(app, 1)).toEqual([200]);
    const refused = await app.inject({ url: '/' });
    expect(refused.json()).toMatchObject({ 'violated-policies': ['method'] });
    expect(refused.header('ratelimit')).toBe('"method";r=0;t=30');
    const wide = await app.inject({ url: '/wide' });
    expect(wide.json()).toMatchObject({ 'violated-policies': ['class'] });
  });

  it('take nothing from one another when one refuses', async () => {
    const app = await makeApp({
      policies: [
        { name: 'wide', limit: 5, window: 600 },
        { name: 'narrow', limit: 1, window: 1 },
      ],
    });
    expect(await readStatuses(app, 4)).toEqual([200, 429, 429, 429]);
    await sleep(1050);
    const later = await app.inject({ url: '/' });
    expect(later.header('ratelimit')).toMatch(/^"wide";r=3;/);
  });
});

describe('@RateLimit', () => {
  it('limits one method, and all methods of a class together', async () => {
    @Controller('/')
    @RateLimit({ limit: 3, window: 60 })
    class AccountController {
      @Post('/login')
      @RateLimit({ limit: 1, window: 60 })
      login() {
        return 'in';
      }

      @Get()
      show() {
        return 'shown';
      }
    }
    const app = await createApp({ controllers: [AccountController] });
    const login = await app.inject({ url: '/login', method: 'POST' });
    expect(login.header('ratelimit-policy')).toBe('"AccountController";q=3;w=60, "login";q=1;w=60');
    expect(await readStatuses(app, 1, { url: '/login', method: 'POST' })).toEqual([429]);
    expect(await readStatuses(app, 2)).toEqual([200, 429]);
  });

  it('keeps methods of one name apart in a shared store', async () => {
    const store = memoryLimits();
    @Controller('/notes')
    class NotesController {
      @Get()
      @RateLimit({ limit: 1, window: 60, store })
      list() {
        return 'notes';
      }
    }
    @Controller('/users')
    class UsersController {
      @Get()
      @RateLimit({ limit: 1, window: 60, store })
      list() {
        return 'users';
      }
    }
    const app = await createApp({ controllers: [NotesController, UsersController] });
    expect(await readStatuses(app, 2, { url: '/notes' })).toEqual([200, 429]);
    expect(await readStatuses(app, 2, { url: '/users' })).toEqual([200, 429]);
  });

  it('refuses wrong options where the class is defined', () => {
    expect(() => RateLimit({ limit: 0, window: 60 })(class A {})).toThrow(/limit must be a whole number/);
  });
});

describe('the key', () => {
  const byKey = { 'X-Api-Key': 'a secret' };

  it('can be a header; without it, the address counts', async () => {
    const app = await makeApp({ limit: 1, window: 60, key: { header: 'X-Api-Key' } });
    expect(await readStatuses(app, 1, { headers: byKey })).toEqual([200]);
    expect(await readStatuses(app, 1, { headers: byKey, address: '203.0.113.9' })).toEqual([429]);
    expect(await readStatuses(app, 2)).toEqual([200, 429]);
  });

  it('can be a function, synchronous or not, whose texts do not meet addresses', async () => {
    const read = ({ request }: { request: { header(name: string): string | undefined } }) =>
      request.header('x-user');
    for (const key of [read, async (context: Parameters<typeof read>[0]) => read(context)]) {
      const app = await makeApp({ limit: 1, window: 60, key });
      expect(await readStatuses(app, 2, { headers: { 'X-User': '127.0.0.1' } })).toEqual([200, 429]);
      expect(await readStatuses(app, 2)).toEqual([200, 429]);
      expect(await readStatuses(app, 2, { headers: { 'X-User': 'ada' } })).toEqual([200, 429]);
    }
  });

  it('is short and still its own for a long text', async () => {
    const keys: string[] = [];
    const store = memoryLimits();
    const spy = {
      name: 'spy',
      take: (takes: Parameters<typeof store.take>[0]) => (keys.push(takes[0]!.key), store.take(takes)),
    };
    const app = await makeApp({
      limit: 1,
      window: 60,
      store: spy,
      key: ({ request }) => request.header('x-user'),
    });
    for (const user of [`${'x'.repeat(3000)}1`, `${'x'.repeat(3000)}2`, 'a}{b', 'a b'])
      expect(await readStatuses(app, 1, { headers: { 'X-User': user } })).toEqual([200]);
    expect(new Set(keys).size).toBe(4);
    for (const key of keys) expect(key).toMatch(/^key:#[\w-]{43}$/);
  });

  it('never holds the value of a header, which may be a secret', async () => {
    const keys: string[] = [];
    const store = memoryLimits();
    const spy = {
      name: 'spy',
      take: (takes: Parameters<typeof store.take>[0]) => (keys.push(takes[0]!.key), store.take(takes)),
    };
    const app = await makeApp({ limit: 1, window: 60, store: spy, key: { header: 'x-api-key' } });
    await app.inject({ url: '/', headers: { 'X-Api-Key': 'short' } });
    expect(keys[0]).toMatch(/^header:#[\w-]{43}$/);
  });

  it('can be the session; a new one counts to the address', async () => {
    const app = await createApp({
      middleware: [
        session({ secretKey: 'a secret for tests that is long enough' }),
        rateLimit({ limit: 2, window: 60, key: 'session' }),
      ],
      routes: [
        {
          method: 'GET',
          path: '/',
          handler: async (context) => {
            (await readSession<{ seen?: boolean }>(context)).seen = true;
            return 'seen';
          },
        },
      ],
    });
    const first = await app.inject({ url: '/' });
    const cookie = first.header('set-cookie')!.split(';')[0]!;
    expect(await readStatuses(app, 3, { headers: { Cookie: cookie } })).toEqual([200, 200, 429]);
    expect(await readStatuses(app, 2)).toEqual([200, 429]);
    expect(await readStatuses(app, 1, { headers: { Cookie: 'session=forged' } })).toEqual([429]);
  });

  it('session refuses to start without a session further out', async () => {
    await expect(
      makeApp({ limit: 2, window: 60, key: 'session' }).then((app) => app.inject({ url: '/' })),
    ).rejects.toThrow(/session/);
  });

  it('can differ between two policies', async () => {
    const app = await makeApp({
      policies: [
        { name: 'address', limit: 3, window: 60 },
        { name: 'user', limit: 1, window: 60, key: ({ request }) => request.header('x-user') },
      ],
    });
    const as = (user: string) => ({ headers: { 'X-User': user } });
    expect(await readStatuses(app, 2, as('ada'))).toEqual([200, 429]);
    expect(await readStatuses(app, 1, as('bob'))).toEqual([200]);
    expect(await readStatuses(app, 1, as('eve'))).toEqual([200]);
    expect(await readStatuses(app, 1, as('zoe'))).toEqual([429]);
  });
});

describe('skip and cost', () => {
  it('a skipped request is not counted, also if that is decided later', async () => {
    const isHealth = ({ request }: { request: { path: string } }) => request.path === '/health';
    for (const skip of [isHealth, async (context: Parameters<typeof isHealth>[0]) => isHealth(context)]) {
      const app = await makeApp({ limit: 1, window: 60, skip });
      expect(await readStatuses(app, 3, { url: '/health' })).toEqual([404, 404, 404]);
      expect((await app.inject({ url: '/health' })).header('ratelimit')).toBeUndefined();
      expect(await readStatuses(app, 2)).toEqual([200, 429]);
    }
  });

  it('a request can cost more, less, or nothing', async () => {
    const cost = ({ request }: { request: { query: { get(name: string): string | null | undefined } } }) =>
      Number(request.query.get('cost') ?? 1);
    const app = await makeApp({ limit: 5, window: 60, cost });
    expect(await readStatuses(app, 1, { url: '/?cost=3' })).toEqual([200]);
    expect(await readStatuses(app, 1, { url: '/?cost=3' })).toEqual([429]);
    expect(await readStatuses(app, 5, { url: '/?cost=0' })).toEqual([200, 200, 200, 200, 200]);
    expect(await readStatuses(app, 2, { url: '/?cost=2' })).toEqual([200, 429]);
  });

  it.each([-1, 0.5, NaN, Infinity])('a cost of %p is an error of the program', async (cost) => {
    const logged: unknown[] = [];
    const logger = { info() {}, warn() {}, error: (error: unknown) => logged.push(error) };
    const app = await makeApp({ limit: 5, window: 60, cost: () => cost }, { logger });
    expect(await readStatuses(app, 1)).toEqual([500]);
    expect(String(logged[0])).toContain('The cost of a request must be a whole number');
  });
});

describe('@SkipMiddleware', () => {
  it('leaves a route uncounted', async () => {
    @Controller('/')
    class HealthController {
      @Get('/health')
      @SkipMiddleware('rate-limit')
      health() {
        return 'up';
      }

      @Get()
      show() {
        return 'shown';
      }
    }
    const limits = [rateLimit({ limit: 1, window: 60 })];
    const app = await createApp({ middleware: limits, controllers: [HealthController] });
    expect(await readStatuses(app, 3, { url: '/health' })).toEqual([200, 200, 200]);
    expect(await readStatuses(app, 2)).toEqual([200, 429]);
  });
});

describe('headers: false', () => {
  it('shows no limits, but the time to wait', async () => {
    const app = await makeApp({ limit: 1, window: 60, headers: false });
    const first = await app.inject({ url: '/' });
    const refused = await app.inject({ url: '/' });
    for (const name of ['ratelimit', 'ratelimit-policy'])
      expect([first.header(name), refused.header(name)]).toEqual([undefined, undefined]);
    expect([refused.status, refused.header('retry-after')]).toEqual([429, '60']);
  });
});

describe('the plan', () => {
  it('recommends its layer, unless the key comes from another middleware', () => {
    const limits = { limit: 5, window: 60 };
    expect(rateLimit(limits).layer).toBe('limit');
    expect(rateLimit({ ...limits, key: { header: 'X-Api-Key' } }).layer).toBe('limit');
    expect(rateLimit({ ...limits, key: 'session' })).toMatchObject({ needs: 'session' });
    expect(rateLimit({ ...limits, key: 'session' }).layer).toBeUndefined();
    expect(rateLimit({ ...limits, key: () => 'ada' }).layer).toBeUndefined();
  });

  it('shows policies, store and what happens when that fails', async () => {
    const { options } = rateLimit({ limit: 5, window: 60, key: { header: 'X-Api-Key' } });
    expect(options).toEqual({ policies: ['default: 5 in 60 s by header X-Api-Key'], store: 'memory' });
  });

  it('says that counts in memory are those of one process, and those in a store are not', () => {
    const limits = { limit: 5, window: 60 };
    expect(rateLimit(limits).keepsInProcess?.what).toBe('counts of requests');
    const store: LimitStore = { name: 'shared', take: () => Promise.resolve([]) };
    expect(rateLimit({ ...limits, store }).keepsInProcess).toBeUndefined();
  });
});
