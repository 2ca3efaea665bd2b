import { ConfigurationError, Controller, createApp, Get, UseMiddleware, type Context } from '@sluice/core';
import fc from 'fast-check';
import { trustedHost, type TrustedHostOptions } from '../src';

function serve(options?: TrustedHostOptions) {
  return createApp({
    middleware: [trustedHost(options)],
    routes: [{ method: 'ALL', path: '/*', handler: () => 'OK' }],
  });
}

async function ask(options: TrustedHostOptions | undefined, host: string, url = '/') {
  const app = await serve(options);
  return app.inject({ url, headers: { host } });
}

/** Calls only the middleware, for requests that no engine accepts. */
function callAlone(options: TrustedHostOptions, host: string | undefined, target: string): unknown {
  const request = { host, peekHost: () => host, target };
  return trustedHost(options).handle({ request } as unknown as Context, () => undefined);
}

describe('the example of the README', () => {
  it('serves the listed hosts and refuses all others', async () => {
    const app = await createApp({
      middleware: [trustedHost({ allowedHosts: ['app.example', '*.app.example', '127.0.0.1:8000'] })],
      routes: [{ method: 'GET', path: '/', handler: () => 'OK' }],
    });
    for (const host of ['app.example', 'App.Example:8443', 'beta.app.example', '127.0.0.1:8000'])
      expect((await app.inject({ url: '/', headers: { host } })).text()).toBe('OK');
    for (const host of ['evil.example', 'evilapp.example', '127.0.0.1:9000', 'localhost'])
      expect((await app.inject({ url: '/', headers: { host } })).status).toBe(400);
  });

  it('guards one controller', async () => {
    @Controller('/admin')
    @UseMiddleware(trustedHost({ allowedHosts: ['admin.example'] }))
    class AdminController {
      @Get()
      show() {
        return 'admin';
      }
    }
    const app = await createApp({
      controllers: [AdminController],
      routes: [{ method: 'GET', path: '/', handler: () => 'public' }],
    });
    const headers = { host: 'app.example' };
    expect((await app.inject({ url: '/', headers })).text()).toBe('public');
    expect((await app.inject({ url: '/admin', headers })).status).toBe(400);
    expect((await app.inject({ url: '/admin', headers: { host: 'admin.example' } })).text()).toBe('admin');
  });
});

describe('a refused request', () => {
  it('gets a problem that does not repeat the host', async () => {
    const response = await ask({ allowedHosts: ['app.example'] }, 'evil.example');
    expect(response.header('content-type')).toContain('application/problem+json');
    expect(response.json()).toMatchObject({
      status: 400,
      code: 'host_not_allowed',
      detail: 'This server does not serve the requested host.',
    });
    expect(response.text()).not.toContain('evil');
  });

  it.each([
    'example.com:80:90',
    'user@app.example',
    'app.example/',
    'app.example, evil.example',
    'my_app',
    '[::1',
  ])('has a code of its own for the invalid host %s', async (host) => {
    for (const allowedHosts of [['app.example'], ['*']]) {
      const response = await ask({ allowedHosts }, host);
      expect(response.json()).toMatchObject({ status: 400, code: 'host_invalid' });
      expect(response.text()).not.toContain(host);
    }
  });

  it.each([undefined, ''])('may have the host %j', (host) => {
    expect(callAlone({}, host, '/')).toMatchObject({ status: 400, code: 'host_invalid' });
  });

  it('may be for a path without a route', async () => {
    const app = await createApp({ middleware: [trustedHost({ allowedHosts: ['app.example'] })] });
    expect((await app.inject({ url: '/nowhere', headers: { host: 'evil.example' } })).status).toBe(400);
    expect((await app.inject({ url: '/nowhere', headers: { host: 'app.example' } })).status).toBe(404);
  });

  it('does not reach the next step', async () => {
    let ran = false;
    const app = await createApp({
      middleware: [trustedHost({ allowedHosts: ['app.example'] })],
      routes: [{ method: 'GET', path: '/', handler: () => (ran = true) }],
    });
    await app.inject({ url: '/', headers: { host: 'evil.example' } });
    expect(ran).toBe(false);
  });

  it('is refused whatever X-Forwarded-Host says', async () => {
    const app = await serve({ allowedHosts: ['app.example'] });
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'app.example',
      forwarded: 'host=app.example',
    };
    expect((await app.inject({ url: '/', headers })).status).toBe(400);
  });
});

describe('the host that a trusted proxy reports', () => {
  const ask = async (headers: Readonly<Record<string, string>>) => {
    const app = await createApp({
      trustProxy: ['127.0.0.1'],
      middleware: [trustedHost({ allowedHosts: ['app.example'], wwwRedirect: false })],
      routes: [{ method: 'GET', path: '/', handler: ({ request }) => request.host }],
    });
    const { status } = await app.inject({ url: '/', headers });
    return status;
  };

  it.each([
    ['app.example', 'backend:8000', 200],
    ['evil.example', 'app.example', 400],
    ['evil.example, app.example', 'backend:8000', 200],
    ['app.example, evil.example', 'app.example', 400],
  ])('decides, as it is the one that is used: %s behind Host %s', async (reported, host, status) => {
    expect(await ask({ host, 'x-forwarded-host': reported })).toBe(status);
  });
});

describe('the Vary of an application behind a proxy', () => {
  it.each([
    ['app.example', 200, undefined],
    ['evil.example', 400, 'X-Forwarded-Host'],
    ['other.example', 308, 'X-Forwarded-Host'],
  ])('names the forwarded host if it changes the response: %s', async (reported, status, vary) => {
    const app = await createApp({
      trustProxy: ['127.0.0.1'],
      middleware: [trustedHost({ allowedHosts: ['app.example', 'www.other.example'] })],
      routes: [{ method: 'GET', path: '/', handler: () => 'OK' }],
    });
    const response = await app.inject({ url: '/', headers: { 'x-forwarded-host': reported } });
    expect([response.status, response.header('vary')]).toEqual([status, vary]);
  });
});

describe('trustedHost without options', () => {
  it('serves every valid host', async () => {
    for (const host of ['anything.example', '[::1]:8000', '10.0.0.1'])
      expect((await ask(undefined, host)).text()).toBe('OK');
  });
});

describe('the decision', () => {
  it('is the same every time, even after many other hosts', async () => {
    const app = await serve({ allowedHosts: ['*.example'], wwwRedirect: false });
    const ask = async (host: string) => (await app.inject({ url: '/', headers: { host } })).status;
    for (let index = 0; index < 400; index++) expect(await ask(`h${index}.example`)).toBe(200);
    for (const host of ['h0.example', 'h399.example', 'H0.EXAMPLE.']) expect(await ask(host)).toBe(200);
    for (const host of ['example', 'h0.example.evil', 'h0.example:x']) expect(await ask(host)).toBe(400);
  });

  it('does not depend on the order of the requests', () => {
    const handle = trustedHost({ allowedHosts: ['a.b', '*.c.d:80'], wwwRedirect: false });
    const host = fc.constantFrom('a.b', 'A.B:1', 'x.c.d', 'x.c.d:80', 'x.c.d:81', 'c.d', 'b', 'a.b:', '@a.b');
    const run = (middleware: typeof handle, text: string): unknown => {
      const request = { host: text, peekHost: () => text, target: '/' };
      return middleware.handle({ request } as unknown as Context, () => 'passed' as never);
    };
    fc.assert(
      fc.property(fc.array(host), (hosts) => {
        for (const text of hosts) {
          const fresh = trustedHost({ allowedHosts: ['a.b', '*.c.d:80'], wwwRedirect: false });
          expect(run(handle, text) === 'passed').toBe(run(fresh, text) === 'passed');
        }
      }),
    );
  });
});

describe('the redirect to www', () => {
  const options: TrustedHostOptions = { allowedHosts: ['www.example.com', '[::1]'] };

  it('keeps port, path and query, and leaves the scheme to the client', async () => {
    const response = await ask(options, 'example.com:8080', '/a/b?x=1&y=2');
    expect(response.status).toBe(308);
    expect(response.body).toHaveLength(0);
    const location = response.header('location')!;
    expect(location).toBe('//www.example.com:8080/a/b?x=1&y=2');
    for (const scheme of ['http', 'https']) {
      const followed = new URL(location, `${scheme}://example.com:8080/`).href;
      expect(followed).toBe(`${scheme}://www.example.com:8080/a/b?x=1&y=2`);
    }
  });

  it('keeps the method, because it is a 308', async () => {
    const app = await serve(options);
    const request = { method: 'POST', url: '/', headers: { host: 'example.com' }, body: 'text' } as const;
    expect((await app.inject(request)).status).toBe(308);
  });

  it('spells the host as it is listed', async () => {
    const response = await ask(options, 'EXAMPLE.com.');
    expect(response.header('location')).toBe('//www.example.com/');
  });

  it.each([
    '//evil.example/',
    '/\\evil.example',
    '/@evil.example',
    '/%2f%2fevil.example',
    '/..//evil.example',
  ])('stays on the listed host for the path %s', async (url) => {
    const response = await ask(options, 'example.com', url);
    expect(new URL(response.header('location')!, 'http://example.com').host).toBe('www.example.com');
  });

  it.each(['@evil.example/', '.evil.example/', ':80@evil.example', '*'])(
    'does not happen for the target %s, which would change the host',
    (target) => {
      expect(callAlone(options, 'example.com', target)).toMatchObject({ code: 'host_not_allowed' });
    },
  );

  it('goes only to hosts that are listed by name', async () => {
    expect((await ask({ allowedHosts: ['*.example.com'] }, 'example.com')).status).toBe(400);
    expect((await ask(options, 'other.example')).status).toBe(400);
    expect((await ask(options, '[::1]')).status).toBe(200);
  });

  it('goes only to a port that is listed', async () => {
    const allowedHosts = ['www.example.com:8080'];
    expect((await ask({ allowedHosts }, 'example.com:8080')).header('location')).toBe(
      '//www.example.com:8080/',
    );
    expect((await ask({ allowedHosts }, 'example.com:9090')).status).toBe(400);
    expect((await ask({ allowedHosts }, 'example.com')).status).toBe(400);
  });

  it('does not happen if the host itself is listed', async () => {
    const allowedHosts = ['example.com', 'www.example.com'];
    expect((await ask({ allowedHosts }, 'example.com')).status).toBe(200);
  });

  it('can be switched off', async () => {
    const response = await ask({ ...options, wwwRedirect: false }, 'example.com');
    expect(response.json()).toMatchObject({ status: 400, code: 'host_not_allowed' });
  });
});

describe('the options of trustedHost', () => {
  function readProblems(options: unknown) {
    try {
      trustedHost(options as TrustedHostOptions);
    } catch (error) {
      if (error instanceof ConfigurationError) return error.problems;
      throw error;
    }
    return [];
  }

  it('have printable defaults in the plan', () => {
    expect(trustedHost().options).toEqual({ allowedHosts: ['*'], wwwRedirect: true });
  });

  it.each([
    [{ allowedHosts: 'app.example' }],
    [{ allowedHosts: [] }],
    [{ allowedHosts: [undefined] }],
    [{ allowedHosts: [7] }],
    [{ allowedHosts: ['app.example', '*example.com'] }],
    [{ allowedHosts: ['*', 'a.*.com'] }],
    [{ wwwRedirect: 'yes' }],
  ])('reject %j', (options) => {
    expect(readProblems(options)).toMatchObject([{ code: 'OPTION_INVALID', place: 'trustedHost()' }]);
  });

  it('reject an unknown name, and show the right one', () => {
    expect(readProblems({ allowed_hosts: ['a.example'] })).toMatchObject([
      { code: 'OPTION_UNKNOWN', cure: 'Write allowedHosts instead.' },
    ]);
  });
});
