import {
  All,
  ConfigurationError,
  Controller,
  createApp,
  Delete,
  Get,
  Post,
  printPlan,
  SkipMiddleware,
  UseMiddleware,
  Version,
  type AppOptions,
  type InjectRequest,
} from '@sluice/core';
import { cors } from '@sluice/cors';
import { securityHeaders } from '@sluice/security-headers';
import fc from 'fast-check';
import { csrf, CSRF_EXEMPT, CsrfExempt, type CsrfOptions } from '../src';

@Controller('/notes')
class NotesController {
  @All()
  all() {
    return 'handled';
  }
}

const start = (options?: CsrfOptions, rest: AppOptions = {}) =>
  createApp({ controllers: [NotesController], middleware: [csrf(options)], ...rest });

type Headers = Record<string, string | string[]>;

async function ask(method: string, headers: Headers, options?: CsrfOptions, rest?: AppOptions) {
  const app = await start(options, rest);
  const request = { method, url: '/notes', headers: { host: 'example.com', ...headers } } as InjectRequest;
  return app.inject(request);
}

const withoutEmpty = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));

describe("Sec-Fetch-Site and Origin, the table of Go's csrf_test", () => {
  it.each([
    ['POST', 'same-origin', '', 200],
    ['POST', 'none', '', 200],
    ['POST', 'cross-site', '', 403],
    ['POST', 'same-site', '', 403],
    ['POST', '', '', 200],
    ['POST', '', 'https://example.com', 200],
    ['POST', '', 'https://attacker.example', 403],
    ['POST', '', 'null', 403],
    ['GET', 'cross-site', '', 200],
    ['HEAD', 'cross-site', '', 200],
    ['OPTIONS', 'cross-site', '', 200],
    ['PUT', 'cross-site', '', 403],
  ])('%s of %j, Origin %j: %i', async (method, site, origin, status) => {
    const response = await ask(method, withoutEmpty({ 'sec-fetch-site': site, origin }));
    expect(response.status).toBe(status);
  });

  it.each([
    ['https://trusted.example', '', 200],
    ['https://trusted.example', 'cross-site', 200],
    ['https://attacker.example', '', 403],
    ['https://attacker.example', 'cross-site', 403],
  ])('trustedOrigins: %s with Sec-Fetch-Site %j: %i', async (origin, site, status) => {
    const headers = withoutEmpty({ 'sec-fetch-site': site, origin });
    expect((await ask('POST', headers, { trustedOrigins: ['https://trusted.example'] })).status).toBe(status);
  });

  it.each<[string, Headers, number]>([
    ['PATCH', { 'sec-fetch-site': 'cross-site' }, 403],
    ['DELETE', { 'sec-fetch-site': 'cross-site' }, 403],
    ['TRACE', { 'sec-fetch-site': 'cross-site' }, 403],
    ['PROPFIND', { 'sec-fetch-site': 'cross-site' }, 403],
    ['get', { 'sec-fetch-site': 'cross-site' }, 403],
    ['POST', { 'sec-fetch-site': 'Same-Origin' }, 403],
    ['POST', { 'sec-fetch-site': 'something-new' }, 403],
    ['POST', { 'sec-fetch-site': 'cross-site', origin: 'https://example.com' }, 403],
    ['POST', { 'sec-fetch-site': 'same-origin', origin: 'null' }, 200],
    ['POST', { 'sec-fetch-site': '', origin: 'https://attacker.example' }, 403],
    ['POST', { 'sec-fetch-site': '', origin: 'https://example.com' }, 200],
    ['POST', { 'sec-fetch-site': ['same-origin', 'same-origin'] }, 403],
    ['POST', { 'sec-fetch-site': ['same-origin', 'cross-site'] }, 403],
    ['POST', { 'sec-fetch-site': ['', 'cross-site'] }, 403],
    ['POST', { 'sec-fetch-site': ['', 'same-origin'] }, 403],
    ['POST', { origin: ['https://example.com', 'https://example.com'] }, 403],
    ['POST', { origin: ['', 'https://attacker.example'] }, 403],
    ['POST', { origin: 'https://example.com:8443' }, 403],
    ['POST', { origin: 'https://example.com:443' }, 403],
    ['POST', { origin: 'http://example.com' }, 200],
    ['POST', { origin: 'https://sub.example.com' }, 403],
    ['POST', { origin: 'https://example.com.attacker.example' }, 403],
    ['POST', { origin: 'https://attacker.example@example.com' }, 403],
    ['POST', { origin: 'https://example.com@attacker.example' }, 403],
    ['POST', { origin: 'https://example.com/' }, 403],
    ['POST', { origin: 'https://attacker.example/example.com' }, 403],
    ['POST', { origin: 'https://attacker.example#example.com' }, 403],
    ['POST', { origin: 'example.com' }, 403],
    ['POST', { origin: 'https://' }, 403],
    ['POST', { origin: 'https://example.com, https://example.com' }, 403],
  ])('%s with %j: %i', async (method, headers, status) => {
    const isRefused = (await ask(method, headers)).status === 403;
    expect(isRefused).toBe(status === 403);
  });

  it('never lets a request pass that says it is of another origin', async () => {
    const app = await start();
    const text = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    });
    await fc.assert(
      fc.asyncProperty(text, text, async (site, origin) => {
        const headers = { host: 'example.com', 'sec-fetch-site': site, origin };
        const { status } = await app.inject({ method: 'POST', url: '/notes', headers });
        const isOwn =
          ['same-origin', 'none'].includes(site) ||
          (site === '' && (origin === '' || /^[a-z][\w+.-]*:\/\/example\.com$/i.test(origin)));
        expect(status).toBe(isOwn ? 200 : 403);
      }),
    );
  });
});

describe('a refusal', () => {
  it('is a problem with a code', async () => {
    const response = await ask('POST', { 'sec-fetch-site': 'cross-site' });
    expect(response.header('content-type')).toBe('application/problem+json');
    expect(response.json()).toMatchObject({ status: 403, code: 'csrf_refused' });
  });

  it('has the headers of CORS and security, with csrf inside them', async () => {
    const middleware = [securityHeaders(), cors({ allowOrigins: ['https://app.example'] }), csrf()];
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://app.example' };
    const response = await ask('POST', headers, {}, { middleware });
    expect([
      response.status,
      response.header('x-frame-options'),
      response.header('access-control-allow-origin'),
    ]).toEqual([403, 'SAMEORIGIN', 'https://app.example']);
    const app = await createApp({ controllers: [NotesController], middleware: [csrf(), cors()] });
    expect(printPlan(app.plan)).toContain('Recommended order: cors before csrf');
  });

  it('comes for paths and methods that no route has', async () => {
    const app = await start();
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await app.inject({ method: 'POST', url: '/nowhere', headers })).status).toBe(403);
  });
});

describe('the host', () => {
  const behindProxy = async (headers: Headers) =>
    (
      await ask(
        'POST',
        { host: 'internal:8000', origin: 'https://app.example', ...headers },
        {},
        {
          trustProxy: ['loopback'],
        },
      )
    ).status;

  it('is the one that a trusted proxy reports', async () => {
    expect(await behindProxy({ 'x-forwarded-host': 'app.example' })).toBe(200);
    expect(await behindProxy({ 'x-forwarded-host': 'other.example' })).toBe(403);
    expect(await behindProxy({})).toBe(403);
  });

  it('is not one that any client reports', async () => {
    const headers = { origin: 'https://attacker.example', 'x-forwarded-host': 'attacker.example' };
    expect((await ask('POST', headers)).status).toBe(403);
  });
});

describe('a WebSocket handshake (RFC 6455 §10.2)', () => {
  it.each<[Headers, number]>([
    [{ origin: 'https://attacker.example' }, 403],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://attacker.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'https://example.com' }, 200],
    [{}, 200],
  ])('is checked, although it is a GET: %j', async (headers, status) => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket' };
    expect((await ask('GET', { ...upgrade, ...headers })).status).toBe(status);
  });
});

describe('@CsrfExempt', () => {
  @Controller('/hooks')
  class HooksController {
    @Post('/payment')
    @Version('1')
    @CsrfExempt()
    receive() {
      return 'received';
    }

    @Post('/payment')
    @Version('2')
    receiveTwo() {
      return 'received';
    }

    @Delete('/payment')
    @Version('1')
    remove() {
      return 'removed';
    }
  }

  const post = async (url: string, method = 'POST', rest: AppOptions = {}) => {
    const app = await createApp({
      controllers: [HooksController],
      middleware: [csrf()],
      versioning: { type: 'path' },
      ...rest,
    });
    return (await app.inject({ method, url, headers: { 'sec-fetch-site': 'cross-site' } })).status;
  };

  it('exempts the route', async () => {
    expect(await post('/v1/hooks/payment')).toBe(200);
  });

  it.each([
    '/v2/hooks/payment',
    '/v1/hooks/payment/',
    '//v1/hooks/payment',
    '/v1//hooks/payment',
    '/v1/hooks/./payment',
    '/v1/hooks/x/../payment',
    '/v1/hooks/%70ayment/',
    '/v1/hooks',
    '/V1/hooks/payment',
  ])('does not exempt %s (CVE-2025-47910)', async (url) => {
    expect(await post(url)).toBe(403);
  });

  it('does not exempt another method of the path', async () => {
    expect(await post('/v1/hooks/payment', 'DELETE')).toBe(403);
    expect(await post('/v1/hooks/payment', 'PUT')).toBe(403);
  });

  it('is a mark on a plain route', async () => {
    const routes: AppOptions['routes'] = [
      { method: 'POST', path: '/plain', marks: [CSRF_EXEMPT.of(true)], handler: () => 'x' },
    ];
    expect(await post('/plain', 'POST', { controllers: [], routes })).toBe(200);
  });

  it('takes the middleware out of the plan of the route', async () => {
    const app = await createApp({
      controllers: [HooksController],
      middleware: [csrf()],
      versioning: { type: 'path' },
    });
    const names = app.plan.routes.map(({ steps }) => steps.some(({ name }) => name === 'csrf'));
    expect(names).toEqual(expect.arrayContaining([true, false]));
  });

  it('refuses to be on a class, where it would exempt routes that are added later', () => {
    expect(() => (CsrfExempt() as unknown as ClassDecorator)(class Hooks {})).toThrow(ConfigurationError);
  });
});

describe('@SkipMiddleware', () => {
  it('refuses to leave csrf out, on a method and on a class', async () => {
    @Controller('/hooks')
    class HooksController {
      @Post()
      @SkipMiddleware('csrf')
      receive() {
        return 'received';
      }
    }
    await expect(createApp({ controllers: [HooksController], middleware: [csrf()] })).rejects.toThrow(
      'Write @CsrfExempt()',
    );
  });
});

describe('on one controller', () => {
  it('protects its routes only', async () => {
    @Controller('/forms')
    @UseMiddleware(csrf())
    class FormsController {
      @Post()
      save() {
        return 'saved';
      }

      @Get()
      show() {
        return 'form';
      }
    }
    const app = await createApp({ controllers: [FormsController, NotesController] });
    const headers = { 'sec-fetch-site': 'cross-site' };
    const status = async (method: string, url: string) => (await app.inject({ method, url, headers })).status;
    expect([
      await status('POST', '/forms'),
      await status('GET', '/forms'),
      await status('POST', '/notes'),
    ]).toEqual([403, 200, 200]);
  });
});

describe('on a socket', () => {
  it('refuses foreign and repeated lines, and passes its own origin', async () => {
    const app = await start();
    const { url } = await app.listen({ port: 0 });
    const status = async (headers: [string, string][]) =>
      (await fetch(`${url}/notes`, { method: 'POST', headers })).status;
    expect(await status([['Sec-Fetch-Site', 'cross-site']])).toBe(403);
    expect(await status([['Sec-Fetch-Site', 'same-origin']])).toBe(200);
    expect(await status([['Origin', url]])).toBe(200);
    expect(await status([['Origin', 'http://127.0.0.1:1']])).toBe(403);
    expect(await status([])).toBe(200);
    await app.close();
  });
});

describe('the options of csrf', () => {
  function readProblems(options: unknown) {
    try {
      csrf(options as CsrfOptions);
    } catch (error) {
      if (error instanceof ConfigurationError) return error.problems;
      throw error;
    }
    return [];
  }

  it.each([
    'https://example.com',
    'https://example.com:8080',
    'http://example.com',
    'https://[::1]:8000',
    'app://x',
  ])('trust the origin %s', (origin) => {
    expect(readProblems({ trustedOrigins: [origin] })).toEqual([]);
  });

  it.each([
    'example.com',
    'https://',
    'https://example.com/',
    'https://example.com/path',
    'https://example.com?query=value',
    'https://example.com#fragment',
    'https://ex ample.com',
    '',
    'null',
    '*',
    'https://*.example.com',
    'https://user@example.com',
    'https://example.com:443',
    'https://EXAMPLE.com',
    'https://exämple.com',
    7,
  ])('refuse the origin %j', (origin) => {
    expect(readProblems({ trustedOrigins: [origin] })).toMatchObject([{ code: 'OPTION_INVALID' }]);
  });

  it.each([
    [{ trustedOrigins: 'https://a.example' }, 'OPTION_INVALID'],
    [{ token: 'yes' }, 'OPTION_INVALID'],
    [{ token: { headerName: 'a b' } }, 'OPTION_INVALID'],
    [{ token: { fieldName: '' } }, 'OPTION_INVALID'],
    [{ token: { cookie: 'x' } }, 'OPTION_UNKNOWN'],
    [{ exclude: ['/webhook'] }, 'OPTION_UNKNOWN'],
  ])('refuse %j', (options, code) => {
    expect(readProblems(options)).toMatchObject([{ code }]);
  });

  it('name the place of a mistake in the token', () => {
    expect(readProblems({ token: { cookie: 'x' } })).toMatchObject([{ place: 'csrf(), token' }]);
  });

  it('are in the plan', () => {
    expect(csrf().options).toEqual({ trustedOrigins: [], token: false });
  });
});
