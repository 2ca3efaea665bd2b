import { Controller, createApp, Get, Post, printPlan, type AppOptions } from '@sluice/core';
import { secureDefaults, type SecureDefaultsOptions } from '../src';

const HOSTS = { allowedHosts: ['app.example'] };
const QUIET = { ...console, info: () => undefined, error: () => undefined, warn: () => undefined };
const secretKey = 'a secret for tests that is long enough';

@Controller('/notes')
class NotesController {
  @Get() list() {
    return ['milk'];
  }

  @Post() add() {
    return 'added';
  }
}

const start = (options: Partial<SecureDefaultsOptions> = {}, rest: AppOptions = {}) =>
  createApp({
    controllers: [NotesController],
    middleware: secureDefaults({ trustedHost: HOSTS, accessLog: { logger: QUIET }, ...options }),
    logger: QUIET,
    ...rest,
  });

const names = (options: SecureDefaultsOptions) => secureDefaults(options).map(({ name }) => name);

describe('secureDefaults', () => {
  it('is a plain list in the recommended order', async () => {
    expect(names({ trustedHost: HOSTS })).toEqual([
      'requestId',
      'accessLog',
      'trustedHost',
      'securityHeaders',
      'rateLimit',
      'timeout',
      'compression',
      'etag',
      'csrf',
    ]);
    const app = await start({
      httpsRedirect: { trustProxy: true },
      cors: { allowOrigins: ['https://other.example'] },
      session: { secretKey },
    });
    expect(printPlan(app.plan)).not.toContain('Recommended');
    expect(app.plan.routes[0]!.steps.map(({ name }) => name)).toEqual([
      'requestId',
      'accessLog',
      'trustedHost',
      'httpsRedirect',
      'securityHeaders',
      'cors',
      'rateLimit',
      'timeout',
      'compression',
      'etag',
      'session',
      'csrf',
      'list',
    ]);
  });

  it('leaves out what is false, and takes the options of the others', async () => {
    expect(
      names({ trustedHost: false, csrf: false, etag: false, accessLog: false, requestId: false }),
    ).toEqual(['securityHeaders', 'rateLimit', 'timeout', 'compression']);
    const app = await start({ rateLimit: { limit: 1, window: 60 } });
    const ask = () => app.inject({ url: '/notes', headers: { host: 'app.example' } });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 429]);
  });

  it('answers with an id, the security headers, a tag and the limits, and refuses what each of them refuses', async () => {
    const app = await start();
    const headers = { host: 'app.example' };
    const response = await app.inject({ url: '/notes', headers });
    for (const name of ['x-request-id', 'content-security-policy', 'etag', 'ratelimit'])
      expect([name, response.header(name)]).not.toEqual([name, undefined]);
    expect((await app.inject({ url: '/notes', headers: { host: 'evil.example' } })).status).toBe(400);
    const forged = { ...headers, 'sec-fetch-site': 'cross-site' };
    const refused = await app.inject({ method: 'POST', url: '/notes', headers: forged });
    expect([refused.status, refused.header('x-content-type-options')]).toEqual([403, 'nosniff']);
  });

  it.each([
    [{}, 'OPTION_MISSING'],
    [{ trustedHost: true }, 'OPTION_INVALID'],
    [{ trustedHost: HOSTS, helmet: {} }, 'OPTION_UNKNOWN'],
    [{ trustedHost: { hosts: [] } }, 'OPTION_UNKNOWN'],
    [{ trustedHost: HOSTS, rateLimit: { limit: 0, window: 60 } }, 'OPTION_INVALID'],
  ])('refuses %j at start-up', (options, code) => {
    expect(() => secureDefaults(options as never)).toThrow(code);
  });
});
