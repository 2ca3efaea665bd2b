import {
  ConfigurationError,
  Controller,
  createApp,
  Get,
  UseMiddleware,
  type Context,
  type InjectRequest,
} from '@sluice/core';
import { httpsRedirect, type HttpsRedirectOptions } from '../src';

async function ask(options: HttpsRedirectOptions | undefined, request: Partial<InjectRequest> = {}) {
  const app = await createApp({
    middleware: [httpsRedirect(options)],
    routes: [{ method: 'ALL', path: '/*', handler: () => 'OK' }],
  });
  return app.inject({ url: '/', ...request, headers: { host: 'app.example', ...request.headers } });
}

/** The location to which a request for a host is redirected. */
async function findLocation(options: HttpsRedirectOptions | undefined, host: string, url = '/') {
  const response = await ask(options, { url, headers: { host } });
  return response.header('location');
}

const HTTPS = { 'x-forwarded-proto': 'https' };

describe('the example of the README', () => {
  it('redirects HTTP, and serves HTTPS and the health check', async () => {
    const app = await createApp({
      middleware: [httpsRedirect({ trustProxy: ['10.0.0.0/8'], exclude: ['/health'] })],
      routes: [
        { method: 'GET', path: '/', handler: () => 'OK' },
        { method: 'GET', path: '/health', handler: () => 'up' },
      ],
    });
    const fromProxy = { address: '10.1.2.3', headers: { host: 'app.example', ...HTTPS } };
    expect((await app.inject({ url: '/', ...fromProxy })).text()).toBe('OK');
    expect((await app.inject({ url: '/health' })).text()).toBe('up');
    const response = await app.inject({ url: '/?page=2', headers: { host: 'app.example' } });
    expect(response.status).toBe(308);
    expect(response.header('location')).toBe('https://app.example/?page=2');
  });

  it('works on a controller or a method', async () => {
    @Controller('/account')
    @UseMiddleware(httpsRedirect())
    class AccountController {
      @Get()
      show() {
        return 'account';
      }
    }
    @Controller('/login')
    class LoginController {
      @Get()
      show() {
        return 'form';
      }

      @Get('/done')
      @UseMiddleware(httpsRedirect({ httpsPort: 8443 }))
      done() {
        return 'done';
      }
    }
    const app = await createApp({ controllers: [AccountController, LoginController] });
    expect((await app.inject({ url: '/account' })).header('location')).toBe('https://localhost/account');
    expect((await app.inject({ url: '/login/done' })).header('location')).toBe(
      'https://localhost:8443/login/done',
    );
    expect((await app.inject({ url: '/login' })).text()).toBe('form');
  });
});

describe('the redirect', () => {
  it('is 308 without a body, which keeps method and body of the request', async () => {
    const response = await ask(undefined, { method: 'POST', url: '/a?b=c', body: 'text' });
    expect(response.status).toBe(308);
    expect(response.header('location')).toBe('https://app.example/a?b=c');
    expect(response.body).toHaveLength(0);
  });

  it.each([301, 302, 307, 308] as const)('can be %i', async (status) => {
    expect((await ask({ status })).status).toBe(status);
  });

  it.each([
    ['app.example', 'https://app.example/'],
    ['app.example:80', 'https://app.example/'],
    ['app.example:443', 'https://app.example/'],
    ['app.example:123', 'https://app.example:123/'],
    ['APP.example.', 'https://app.example/'],
    ['[::1]', 'https://[::1]/'],
    ['[0:0::1]:8000', 'https://[::1]:8000/'],
    ['127.0.0.1:8000', 'https://127.0.0.1:8000/'],
  ])('leads from %s to %s', async (host, location) => {
    expect(await findLocation(undefined, host)).toBe(location);
  });

  it('does not happen where the connection itself is encrypted', async () => {
    expect((await ask(undefined, { protocol: 'https' })).text()).toBe('OK');
    expect((await ask(undefined, { protocol: 'http' })).status).toBe(308);
  });

  it('leads to the port of the option, whatever port the request has', async () => {
    expect(await findLocation({ httpsPort: 8443 }, 'app.example')).toBe('https://app.example:8443/');
    expect(await findLocation({ httpsPort: 8443 }, 'app.example:8000')).toBe('https://app.example:8443/');
    expect(await findLocation({ httpsPort: 443 }, 'app.example:8000')).toBe('https://app.example/');
  });

  it('happens for paths without a route too', async () => {
    const app = await createApp({ middleware: [httpsRedirect()] });
    expect((await app.inject({ url: '/nowhere' })).status).toBe(308);
  });

  it.each([
    '//evil.example/',
    '/\\evil.example',
    '/@evil.example',
    '/%2f%2fevil.example',
    '/..//evil.example',
  ])('stays on the host of the request for the path %s', async (url) => {
    const location = await findLocation(undefined, 'app.example', url);
    expect(new URL(location!).host).toBe('app.example');
  });

  it.each(['app.example/evil', 'user@evil.example', 'a b', 'a.example, b.example', '[::1', 'a:1:2', ''])(
    'does not happen for the invalid host %j',
    async (host) => {
      const response = await ask(undefined, { headers: { host } });
      expect(response.json()).toMatchObject({ status: 400, code: 'host_invalid' });
      expect(response.header('location')).toBeUndefined();
    },
  );

  it.each(['@evil.example/', '.evil.example/', ':80@evil.example', '*'])(
    'does not happen for the target %s, which would change the host',
    (target) => {
      const request = { header: (name: string) => (name === 'host' ? 'a.example' : undefined), target };
      const context = { request, response: {} } as unknown as Context;
      expect(httpsRedirect().handle(context, () => undefined)).toMatchObject({ code: 'host_invalid' });
    },
  );

  it('does not reach the next step', async () => {
    let ran = false;
    const app = await createApp({
      middleware: [httpsRedirect()],
      routes: [{ method: 'GET', path: '/', handler: () => (ran = true) }],
    });
    await app.inject({ url: '/' });
    expect(ran).toBe(false);
  });
});

describe('an upgrade over HTTP', () => {
  const headers = { connection: 'Upgrade', upgrade: 'websocket' };

  it('is refused, because clients do not follow redirects', async () => {
    const response = await ask(undefined, { headers });
    expect(response.json()).toMatchObject({ status: 403, code: 'https_required' });
    expect(response.header('location')).toBeUndefined();
  });

  it.each(['WebSocket', 'h2c, websocket/13', ['h2c', 'websocket']])(
    'is refused as %j too',
    async (upgrade) => {
      expect((await ask(undefined, { headers: { ...headers, upgrade } })).status).toBe(403);
    },
  );

  it('is ignored where it is not to a WebSocket', async () => {
    const h2c = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAEAAEAA' };
    expect((await ask(undefined, { headers: h2c })).status).toBe(308);
  });

  it('is passed on over HTTPS', async () => {
    const response = await ask({ trustProxy: true }, { headers: { ...headers, 'x-forwarded-proto': 'wss' } });
    expect(response.text()).toBe('OK');
  });
});

describe('X-Forwarded-Proto', () => {
  it('is not trusted by default', async () => {
    expect((await ask(undefined, { headers: HTTPS })).status).toBe(308);
    expect((await ask({ trustProxy: false }, { headers: HTTPS })).status).toBe(308);
  });

  it('is trusted from every address with true', async () => {
    expect((await ask({ trustProxy: true }, { headers: HTTPS, address: '203.0.113.9' })).text()).toBe('OK');
  });

  it.each([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['192.0.2.7/32', '192.0.2.8', false],
    ['::ffff:192.0.2.7', '192.0.2.7', true],
    ['fd00::/8', 'fd12::1', true],
    ['fd00::/8', 'fe80::1', false],
    ['::1', '::1', true],
    ['0.0.0.0/0', '198.51.100.1', true],
    ['10.0.0.0/8', '', false],
  ])('with the proxy %s, is trusted from %s: %s', async (proxy, address, isTrusted) => {
    const response = await ask({ trustProxy: [proxy] }, { headers: HTTPS, address });
    expect(response.status).toBe(isTrusted ? 200 : 308);
  });

  it.each([
    ['https', 200],
    ['HTTPS', 200],
    ['http, https', 200],
    ['https, http', 308],
    ['http', 308],
    ['https evil', 308],
    ['', 308],
  ])('counts with its last value, which the proxy added: %j', async (value, status) => {
    const headers = { 'x-forwarded-proto': value };
    expect((await ask({ trustProxy: true }, { headers })).status).toBe(status);
  });

  it('counts with the last of several lines', async () => {
    const headers = { 'x-forwarded-proto': ['https', 'http'] };
    expect((await ask({ trustProxy: true }, { headers })).status).toBe(308);
  });

  it('is in the Vary of every response that it decides about if it is trusted, and only then', async () => {
    expect((await ask({ trustProxy: true })).header('vary')).toBe('X-Forwarded-Proto');
    expect((await ask({ trustProxy: true }, { headers: HTTPS })).header('vary')).toBe('X-Forwarded-Proto');
    expect((await ask(undefined)).header('vary')).toBeUndefined();
    const excluded = { url: '/health', headers: HTTPS };
    expect((await ask({ trustProxy: true, exclude: ['/health'] }, excluded)).header('vary')).toBeUndefined();
  });
});

describe('the Vary of an application behind a proxy', () => {
  it.each([
    ['https', '/', 'X-Forwarded-Proto'],
    ['http', '/', 'X-Forwarded-Proto, X-Forwarded-Host'],
    ['https', '/health', undefined],
  ])('names the forwarded headers that decided: %s %s', async (scheme, url, vary) => {
    const app = await createApp({
      trustProxy: ['loopback'],
      middleware: [httpsRedirect({ exclude: ['/health'] })],
      routes: [{ method: 'GET', path: '/*', handler: () => 'OK' }],
    });
    const headers = { 'x-forwarded-proto': scheme, 'x-forwarded-host': 'app.example' };
    expect((await app.inject({ url, headers })).header('vary')).toBe(vary);
  });
});

describe('isSecure', () => {
  it('passes on the requests for which it returns true', async () => {
    const options: HttpsRedirectOptions = {
      isSecure: ({ request }) => request.header('forwarded') === 'proto=https',
    };
    expect((await ask(options, { headers: { forwarded: 'proto=https' } })).text()).toBe('OK');
    expect((await ask(options)).status).toBe(308);
  });
});

describe('X-Forwarded-Proto', () => {
  const readStatus = async (lines: readonly string[]) =>
    (await ask({ trustProxy: true }, { headers: { 'x-forwarded-proto': lines } })).status;

  it('counts as the last value of all lines that is not empty', async () => {
    expect(await readStatus(['', 'https'])).toBe(200);
    expect(await readStatus(['http', 'http, https'])).toBe(200);
    expect(await readStatus(['https', 'http'])).toBe(308);
    expect(await readStatus(['http, https, ,', ''])).toBe(200);
    expect(await readStatus(['https, http,'])).toBe(308);
  });
});

describe('exclude', () => {
  const options: HttpsRedirectOptions = { exclude: ['/health', '/.well-known/*'] };

  it.each(['/health', '/health?full=1', '/.well-known/', '/.well-known/acme-challenge/x'])(
    'leaves %s on HTTP',
    async (url) => {
      expect((await ask(options, { url })).text()).toBe('OK');
    },
  );

  it.each(['/', '/health/', '/healthy', '/Health', '/a/health', '/.well-known', '/x/.well-known/y'])(
    'redirects %s',
    async (url) => {
      expect((await ask(options, { url })).status).toBe(308);
    },
  );

  it.each([
    '/.well-known/../admin',
    '/.well-known/..',
    '/.well-known/./admin',
    '/.well-known/x/../../admin',
    '/.well-known/%2e%2e/admin',
    '/.well-known/.%2E/admin',
    '/.well-known/..%2fadmin',
    '/.well-known/..%5Cadmin',
    '/.well-known/..\\admin',
    '/.well-known/x%2f..%2f..%2fadmin',
  ])('redirects %s, which may lead out of the excluded paths', async (url) => {
    expect((await ask(options, { url })).status).toBe(308);
  });

  it.each(['/.well-known/...', '/.well-known/.a', '/.well-known/a..b', '/.well-known/a./b'])(
    'leaves %s on HTTP, because its dots are part of a name',
    async (url) => {
      expect((await ask(options, { url })).text()).toBe('OK');
    },
  );

  it('may exclude all paths', async () => {
    expect((await ask({ exclude: ['/*'] }, { url: '/any/where' })).text()).toBe('OK');
  });
});

describe('the options of httpsRedirect', () => {
  function readProblems(options: unknown) {
    try {
      httpsRedirect(options as HttpsRedirectOptions);
    } catch (error) {
      if (error instanceof ConfigurationError) return error.problems;
      throw error;
    }
    return [];
  }

  it('have printable defaults in the plan', () => {
    expect(httpsRedirect().options).toEqual({
      httpsPort: undefined,
      status: 308,
      exclude: [],
      trustProxy: false,
      isSecure: undefined,
    });
  });

  it('show lists and functions in the plan as well', () => {
    function isBehindTunnel() {
      return true;
    }
    const options = { trustProxy: ['::1'], exclude: ['/up'], isSecure: isBehindTunnel };
    expect(httpsRedirect(options).options).toMatchObject({
      trustProxy: ['::1'],
      exclude: ['/up'],
      isSecure: 'function isBehindTunnel',
    });
  });

  it.each([
    [{ httpsPort: 0 }],
    [{ httpsPort: '443' }],
    [{ status: 303 }],
    [{ status: 200 }],
    [{ exclude: '/health' }],
    [{ exclude: ['health'] }],
    [{ exclude: ['/a/*/b'] }],
    [{ exclude: ['/a*'] }],
    [{ exclude: ['/a?b'] }],
    [{ exclude: ['/a/..'] }],
    [{ exclude: ['/a/./b'] }],
    [{ exclude: ['/a/%2e%2E/*'] }],
    [{ exclude: ['/a/..%2f*'] }],
    [{ exclude: [7] }],
    [{ exclude: [undefined] }],
    [{ trustProxy: 'yes' }],
    [{ trustProxy: 1 }],
    [{ trustProxy: [] }],
    [{ trustProxy: ['proxy.example'] }],
    [{ trustProxy: ['10.0.0.0/33'] }],
    [{ trustProxy: ['10.0.0.0/'] }],
    [{ trustProxy: ['10.0.0.0/8/8'] }],
    [{ trustProxy: ['::1/129'] }],
    [{ trustProxy: [undefined] }],
    [{ trustProxy: ['fe80::1%eth0'] }],
    [{ isSecure: true }],
  ])('reject %j', (options) => {
    expect(readProblems(options)).toMatchObject([{ code: 'OPTION_INVALID', place: 'httpsRedirect()' }]);
  });

  it('reject an unknown name, and show the right one', () => {
    expect(readProblems({ https_port: 8443 })).toMatchObject([
      { code: 'OPTION_UNKNOWN', cure: 'Write httpsPort instead.' },
    ]);
  });
});
