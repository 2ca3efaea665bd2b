import {
  BodyLimit,
  Body,
  Controller,
  createApp,
  Get,
  forbidden,
  guard,
  html,
  Post,
  SkipMiddleware,
  Sse,
  tooManyRequests,
  UseMiddleware,
  type AppOptions,
  type Context,
  type InjectRequest,
  type Next,
} from '@sluice/core';
import { HELMET, HELMET_OVER_HTTP } from './helmet';
import { SECURITY_HEADERS, SecurityHeaders, securityHeaders, type SecurityHeadersOptions } from '../src';

const QUIET = { info() {}, warn() {}, error() {} };
const PAGE = html('<p>hello');

@Controller('/pages')
class PagesController {
  @Get()
  page() {
    return PAGE;
  }

  @Post()
  @BodyLimit(10)
  save(@Body({ validate: false }) body: unknown) {
    return body;
  }

  @Get('/broken')
  fail() {
    throw new Error('no disk');
  }

  @Get('/many')
  refuse() {
    return tooManyRequests();
  }

  @Sse('/events')
  async *events() {
    yield 'one';
  }
}

const start = (options?: SecurityHeadersOptions, rest: AppOptions = {}) =>
  createApp({
    controllers: [PagesController],
    middleware: [securityHeaders(options)],
    logger: QUIET,
    development: false,
    ...rest,
  });

const ask = async (options?: SecurityHeadersOptions, request: Partial<InjectRequest> = {}) =>
  (await start(options)).inject({ url: '/pages', protocol: 'https', ...request });

describe('the headers by default', () => {
  it('are those of Helmet 8', async () => {
    const response = await ask();
    const { 'content-type': _, 'content-length': __, ...headers } = response.headers;
    expect(headers).toEqual(HELMET);
  });

  it('have no HSTS and no upgrade-insecure-requests on plain HTTP (RFC 6797 §7.2)', async () => {
    const response = await ask({}, { protocol: 'http' });
    const { 'content-type': _, 'content-length': __, ...headers } = response.headers;
    expect(headers).toEqual(HELMET_OVER_HTTP);
  });

  it('have them behind a trusted proxy that was asked over HTTPS', async () => {
    const app = await start({}, { trustProxy: ['loopback'] });
    const headers = { 'x-forwarded-proto': 'https' };
    const response = await app.inject({ url: '/pages', headers });
    expect(response.header('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect(response.header('vary')).toBe('X-Forwarded-Proto');
    expect((await app.inject({ url: '/pages' })).header('strict-transport-security')).toBeUndefined();
    const forged = await (await start()).inject({ url: '/pages', headers });
    expect(forged.header('strict-transport-security')).toBeUndefined();
  });

  it.each<[number, Partial<InjectRequest>]>([
    [404, { url: '/nowhere' }],
    [405, { method: 'DELETE' }],
    [413, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '"2345678901"' }],
    [429, { url: '/pages/many' }],
    [500, { url: '/pages/broken' }],
    [200, { method: 'HEAD' }],
    [204, { method: 'OPTIONS' }],
    [200, { url: '/pages/events' }],
  ])('are on a %i: %j', async (status, request) => {
    const response = await ask({}, request);
    expect(response.status).toBe(status);
    expect(response.headers).toMatchObject(HELMET);
  });

  it('are on refusals of middleware further in', async () => {
    const refuse = guard(() => forbidden());
    const app = await start({}, { middleware: [securityHeaders(), refuse] });
    const response = await app.inject({ url: '/pages', protocol: 'https' });
    expect(response.headers).toMatchObject(HELMET);
  });
});

describe('a header that a route sets', () => {
  const CSP = 'content-security-policy';
  const set = (context: Context, next: Next) => {
    context.response.headers.set('Content-Security-Policy', "default-src 'none'");
    context.response.headers.delete('X-Frame-Options');
    return next();
  };

  it('wins, and there is one line', async () => {
    const app = await start({ preset: 'strict' }, { middleware: [securityHeaders(), set] });
    const response = await app.inject({ url: '/pages', protocol: 'https' });
    expect(response.headerLines(CSP)).toHaveLength(1);
    expect(response.header(CSP)).toBe("default-src 'none'");
    expect(response.header('x-frame-options')).toBeUndefined();
  });

  it('wins if the reply has it', async () => {
    const reply = html('<p>', { headers: { 'content-security-policy': 'sandbox' } });
    const app = await start({}, { routes: [{ method: 'GET', path: '/own', handler: () => reply }] });
    const response = await app.inject({ url: '/own' });
    expect(response.headerLines(CSP)).toEqual(['sandbox']);
  });
});

describe('the presets', () => {
  it('strict lets scripts run by nonce only, and frames and features not at all', async () => {
    const response = await ask({ preset: 'strict' });
    expect(response.header('content-security-policy')).toBe(
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:; " +
        "object-src 'none'; script-src 'none'; script-src-attr 'none'; style-src 'self'; upgrade-insecure-requests",
    );
    expect(response.header('permissions-policy')).toBe(
      'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
    );
    expect(response.header('x-frame-options')).toBe('DENY');
  });

  it('api is short', async () => {
    const { 'content-type': _, 'content-length': __, ...headers } = (await ask({ preset: 'api' })).headers;
    expect(headers).toEqual({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });

  it('are overridden by options one by one', async () => {
    const response = await ask({
      preset: 'api',
      contentSecurityPolicy: { imgSrc: ["'self'"], frameAncestors: false },
      xFrameOptions: false,
      referrerPolicy: ['no-referrer', 'strict-origin'],
    });
    expect(response.header('content-security-policy')).toBe("default-src 'none'; img-src 'self'");
    expect(response.header('x-frame-options')).toBeUndefined();
    expect(response.header('referrer-policy')).toBe('no-referrer, strict-origin');
  });
});

describe('each header', () => {
  it.each<[SecurityHeadersOptions, string, string | undefined]>([
    [{ contentSecurityPolicy: false }, 'content-security-policy', undefined],
    [{ strictTransportSecurity: false }, 'strict-transport-security', undefined],
    [
      { strictTransportSecurity: { maxAge: 300 } },
      'strict-transport-security',
      'max-age=300; includeSubDomains',
    ],
    [
      { strictTransportSecurity: { includeSubDomains: false } },
      'strict-transport-security',
      'max-age=31536000',
    ],
    [
      { strictTransportSecurity: { preload: true } },
      'strict-transport-security',
      'max-age=31536000; includeSubDomains; preload',
    ],
    [{ crossOriginEmbedderPolicy: 'require-corp' }, 'cross-origin-embedder-policy', 'require-corp'],
    [
      { crossOriginOpenerPolicy: 'noopener-allow-popups' },
      'cross-origin-opener-policy',
      'noopener-allow-popups',
    ],
    [{ crossOriginOpenerPolicy: false }, 'cross-origin-opener-policy', undefined],
    [
      {
        reportingEndpoints: { main: '/reports' },
        crossOriginOpenerPolicyReportOnly: { policy: 'same-origin', reportTo: 'main' },
      },
      'cross-origin-opener-policy-report-only',
      'same-origin; report-to="main"',
    ],
    [
      { reportingEndpoints: { main: '/reports', other: 'https://reports.example/csp?app=1' } },
      'reporting-endpoints',
      'main="/reports", other="https://reports.example/csp?app=1"',
    ],
    [
      { permissionsPolicy: { camera: [], fullscreen: ['*'], geolocation: ['self', 'https://maps.example'] } },
      'permissions-policy',
      'camera=(), fullscreen=*, geolocation=(self "https://maps.example")',
    ],
    [{ permissionsPolicy: { 'display-capture': ['self'] } }, 'permissions-policy', 'display-capture=(self)'],
    [{ originAgentCluster: false }, 'origin-agent-cluster', undefined],
    [{ xDnsPrefetchControl: 'on' }, 'x-dns-prefetch-control', 'on'],
    [{ xXssProtection: true }, 'x-xss-protection', '0'],
  ])('%j: %s is %j', async (options, name, value) => {
    expect((await ask(options)).header(name)).toBe(value);
  });
});

describe('@SecurityHeaders', () => {
  @Controller('/embed')
  @SecurityHeaders({
    contentSecurityPolicy: { frameAncestors: ['https://partner.example'] },
    xFrameOptions: false,
  })
  class EmbedController {
    @Get()
    frame() {
      return PAGE;
    }

    @Get('/images')
    @SecurityHeaders({ contentSecurityPolicy: { imgSrc: ['*'] } })
    images() {
      return PAGE;
    }

    @Get('/data')
    @SecurityHeaders({ preset: 'api' })
    data() {
      return {};
    }

    @Get('/other')
    @UseMiddleware(securityHeaders({ contentSecurityPolicy: { scriptSrc: ["'none'"] } }))
    other() {
      return PAGE;
    }
  }

  const options: SecurityHeadersOptions = {
    contentSecurityPolicy: { scriptSrc: ["'self'", 'https://cdn.example'] },
    strictTransportSecurity: { maxAge: 300, includeSubDomains: false },
    referrerPolicy: 'same-origin',
  };
  const read = async (url: string) => {
    const app = await start(options, { controllers: [EmbedController, PagesController] });
    return app.inject({ url, protocol: 'https' });
  };

  it('changes what it names, for all routes of a class', async () => {
    const response = await read('/embed');
    const policy = response.header('content-security-policy');
    expect(policy).toContain('frame-ancestors https://partner.example;');
    expect(policy).toContain("script-src 'self' https://cdn.example;");
    expect(response.header('x-frame-options')).toBeUndefined();
    expect(response.header('referrer-policy')).toBe('same-origin');
    expect((await read('/pages')).header('x-frame-options')).toBe('SAMEORIGIN');
  });

  it('adds up from class to method', async () => {
    const policy = (await read('/embed/images')).header('content-security-policy');
    expect(policy).toContain('frame-ancestors https://partner.example; img-src *;');
  });

  it('begins anew with a preset, but keeps HSTS, which is for the whole host', async () => {
    const response = await read('/embed/data');
    expect(response.header('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(response.header('strict-transport-security')).toBe('max-age=300');
    expect(response.header('referrer-policy')).toBe('no-referrer');
  });

  it('goes for the innermost securityHeaders, which replaces the others', async () => {
    const response = await read('/embed/other');
    const policies = response.headerLines('content-security-policy');
    expect(policies).toHaveLength(1);
    expect(policies[0]).toContain("script-src 'none'");
    expect(policies[0]).toContain('frame-ancestors https://partner.example');
  });

  it('is left out with the whole middleware where nothing reads it', async () => {
    @Controller('/bare')
    class BareController {
      @Get()
      @SkipMiddleware('securityHeaders')
      bare() {
        return PAGE;
      }
    }
    const app = await start({}, { controllers: [BareController] });
    expect((await app.inject({ url: '/bare' })).header('x-frame-options')).toBeUndefined();
  });

  it('refuses to start where it contradicts, or no securityHeaders runs', async () => {
    const route = (change: SecurityHeadersOptions) => ({
      method: 'GET' as const,
      path: '/plain',
      marks: [SECURITY_HEADERS.of(change)],
      handler: () => 'x',
    });
    const startPlain = (change: SecurityHeadersOptions, middleware = [securityHeaders()]) =>
      createApp({ middleware, routes: [route(change)] });
    await expect(startPlain({ xFrameOptions: 'NEVER' as never })).rejects.toThrow('@SecurityHeaders');
    await expect(startPlain({ contentSecurityPolicy: { reportTo: 'main' } })).rejects.toThrow(
      'OPTION_INVALID',
    );
    await expect(startPlain({ xFrameOptions: 'DENY' }, [])).rejects.toThrow('MIDDLEWARE_MISSING');
    await expect(startPlain({ xFrameOptions: 'DENY' })).resolves.toBeDefined();
  });
});

describe('on a socket', () => {
  it('each header comes once', async () => {
    const app = await start();
    const { url } = await app.listen({ port: 0 });
    const response = await fetch(`${url}/pages`);
    const { 'strict-transport-security': _, 'content-security-policy': __, ...others } = HELMET;
    expect(Object.fromEntries(response.headers)).toMatchObject(others);
    expect(response.headers.get('content-security-policy')!.match(/default-src/g)).toHaveLength(1);
    await app.close();
  });
});
