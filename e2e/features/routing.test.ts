import {
  Body,
  Controller,
  createApp,
  Get,
  HostParam,
  Param,
  Post,
  Put,
  UseMiddleware,
  Version,
  type App,
  type AppOptions,
  type MiddlewareLike,
  type PlainRoute,
} from '@sluice/core';
import { cors } from '@sluice/cors';
import { trustedHost } from '@sluice/trusted-host';
import { IS_STRICT } from '../sockets/is-strict';
import { RawConnection, type RawResponse } from '../sockets/raw-connection';

const opened: App[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((app) => app.close({ timeoutMs: 0 })));
});

async function open(given: AppOptions | App): Promise<RawConnection> {
  const app = 'listen' in given ? given : await createApp(given);
  opened.push(app);
  const { port } = await app.listen({ port: 0, handleSignals: false });
  return RawConnection.open(port);
}

/** A request whose head has just these lines: the host is one of them. */
function askAt(
  connection: RawConnection,
  method: string,
  target: string,
  ...lines: string[]
): Promise<RawResponse> {
  connection.send([`${method} ${target} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
  return connection.readResponse({ isHead: method === 'HEAD' });
}

function named(name: string, route: Omit<PlainRoute, 'handler'>): PlainRoute {
  return { ...route, name, handler: () => name };
}

@Controller({ path: '/who', host: ':tenant.example.com' })
class TenantsController {
  @Get('/:id')
  show(@HostParam('tenant') tenant: string, @Param('id') id: number) {
    return { tenant, id };
  }
}

const HOSTS: AppOptions = {
  controllers: [TenantsController],
  routes: [
    named('any', { method: 'GET', path: '/' }),
    named('subdomain', { method: 'GET', path: '/', host: '*.example.com' }),
    named('api', { method: 'GET', path: '/', host: 'api.example.com' }),
    named('put', { method: 'PUT', path: '/', host: 'api.example.com' }),
    named('me', { method: 'GET', path: '/users/me', host: 'api.example.com' }),
    { method: 'GET', path: '/users/:id', handler: ({ request }) => `user ${request.param('id')}` },
    named('admin', { method: 'ALL', path: '/admin/*', host: 'admin.example.com' }),
  ],
};

describe('Routing by host', () => {
  it('answers each host by its own route, on one connection', async () => {
    const connection = await open(HOSTS);
    const bodies: string[] = [];
    for (const host of [
      'api.example.com',
      'API.Example.COM:81',
      'a.b.example.com',
      'example.com',
      'localhost',
    ])
      bodies.push((await askAt(connection, 'GET', '/', `Host: ${host}`)).body.toString());
    expect(bodies).toEqual(['api', 'api', 'subdomain', 'any', 'any']);
    const shown = await askAt(connection, 'GET', '/who/7', 'Host: ACME.example.com');
    expect(JSON.parse(shown.body.toString())).toEqual({ tenant: 'acme', id: 7 });
    expect((await askAt(connection, 'GET', '/who/7', 'Host: example.com')).status).toBe(404);
  });

  it('goes on to a less specific path, its parameters with it', async () => {
    const connection = await open(HOSTS);
    expect((await askAt(connection, 'GET', '/users/me', 'Host: api.example.com')).body.toString()).toBe('me');
    expect((await askAt(connection, 'GET', '/users/me', 'Host: other.org')).body.toString()).toBe('user me');
  });

  it('answers HEAD, OPTIONS and 405 as if the routes of other hosts were not there', async () => {
    const connection = await open(HOSTS);
    const ask = async (method: string, host: string) => {
      const { status, body, header } = await askAt(connection, method, '/', `Host: ${host}`);
      return [status, header('allow'), header('content-length'), method === 'HEAD' ? body.length : undefined];
    };
    expect(await ask('HEAD', 'api.example.com')).toEqual([200, undefined, '3', 0]);
    expect((await ask('OPTIONS', 'api.example.com')).slice(0, 2)).toEqual([204, 'GET, HEAD, PUT, OPTIONS']);
    expect((await ask('OPTIONS', 'other.org')).slice(0, 2)).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect((await ask('PUT', 'other.org')).slice(0, 2)).toEqual([405, 'GET, HEAD, OPTIONS']);
    expect((await askAt(connection, 'PATCH', '/admin/x', 'Host: admin.example.com')).status).toBe(200);
    expect((await askAt(connection, 'PATCH', '/admin/x', 'Host: other.org')).status).toBe(404);
  });

  it.each([
    ['Host: api.example.com.evil.org'],
    ['Host: api.example.com:99999'],
    ['Host: \xe2\x84\xaa.example.com'],
    [`Host: ${'a.'.repeat(130)}example.com`],
    ['Host: evil.org', 'X-Forwarded-Host: api.example.com'],
    ['Host: evil.org', 'X-Host: api.example.com', 'Forwarded: host=api.example.com'],
  ])('takes %j for no host of its own', async (...lines) => {
    const connection = await open(HOSTS);
    const { status, body } = await askAt(connection, 'GET', '/', ...lines);
    // µWebSockets removes bytes from 0x80 on at the ends of a value.
    const isRefused = IS_STRICT && lines[0].includes('\xe2');
    expect([status, isRefused ? 'any' : body.toString()]).toEqual([isRefused ? 400 : 200, 'any']);
  });

  it.each([
    'api.example.com@evil.org',
    'api.example.com/../',
    '[::ffff',
    'a b/c?',
    'api\xe2\x84\xaa.example.com',
  ])('refuses the malformed host %j, whatever the route is', async (host) => {
    const connection = await open(HOSTS);
    for (const target of ['/', '/users/me', '/none']) {
      const { status, body } = await askAt(connection, 'GET', target, `Host: ${host}`);
      expect([status, body.toString()]).toEqual([400, expect.stringContaining('host_invalid')]);
    }
  });

  it('refuses two hosts, and a request of HTTP/1.0, before it looks for a route', async () => {
    const connection = await open(HOSTS);
    const twice = await askAt(connection, 'GET', '/', 'Host: other.org', 'Host: api.example.com');
    expect(twice.status).toBe(400);
    const old = await open(HOSTS);
    old.send('GET / HTTP/1.0\r\n\r\n');
    const { statusLine } = await old.readResponse();
    expect(statusLine).toBe(IS_STRICT ? 'HTTP/1.1 200 OK' : 'HTTP/1.1 505 HTTP Version Not Supported');
  });

  it('uses the host that a trusted proxy names', async () => {
    const connection = await open({ ...HOSTS, trustProxy: ['loopback'] });
    const { body } = await askAt(connection, 'GET', '/', 'Host: inner', 'X-Forwarded-Host: api.example.com');
    expect(body.toString()).toBe('api');
  });

  it('runs behind trustedHost, which refuses all others', async () => {
    const middleware = [trustedHost({ allowedHosts: ['api.example.com'] })];
    const connection = await open({ ...HOSTS, middleware });
    expect((await askAt(connection, 'GET', '/', 'Host: api.example.com')).body.toString()).toBe('api');
    expect((await askAt(connection, 'GET', '/', 'Host: other.org')).status).toBe(400);
    expect((await askAt(connection, 'GET', '/none', 'Host: other.org')).status).toBe(400);
  });
});

@Controller({ path: '/notes', version: '1' })
class NotesController {
  @Get()
  list() {
    return { notes: [] };
  }

  @Get()
  @Version(['2', '3'])
  listPages() {
    return { items: [], next: null };
  }

  @Put('/:id')
  @UseMiddleware(cors({ allowOrigins: ['https://one.example'], allowMethods: ['PUT'] }))
  replace(@Param('id') id: string) {
    return { replaced: id };
  }

  @Put('/:id')
  @Version('2')
  @UseMiddleware(
    cors({
      allowOrigins: ['https://two.example'],
      allowMethods: ['PUT'],
      allowHeaders: ['X-API-Version'],
    }),
  )
  replaceTwo(@Param('id') id: string) {
    return { replaced: id, version: 2 };
  }

  @Post()
  @Version('2')
  create(@Body({ validate: false }) note: unknown) {
    return { note };
  }
}

const controllers = [NotesController];

describe('Versions', () => {
  it('in the path are paths', async () => {
    const connection = await open({ controllers, versioning: { type: 'path' }, prefix: '/api' });
    const ask = async (method: string, target: string) => {
      const { status, body, header } = await connection.ask(method, target);
      return [status, status === 200 ? body.toString() : header('allow'), header('vary')];
    };
    expect(await ask('GET', '/api/v1/notes')).toEqual([200, '{"notes":[]}', undefined]);
    expect(await ask('GET', '/api/v3/notes')).toEqual([200, '{"items":[],"next":null}', undefined]);
    expect(await ask('GET', '/api/v4/notes')).toEqual([404, undefined, undefined]);
    expect(await ask('GET', '/api/notes')).toEqual([404, undefined, undefined]);
    expect(await ask('DELETE', '/api/v1/notes')).toEqual([405, 'GET, HEAD, OPTIONS', undefined]);
    expect(await ask('OPTIONS', '/api/v2/notes')).toEqual([204, 'GET, HEAD, POST, OPTIONS', undefined]);
  });

  it.each<[string, AppOptions['versioning'] & object, (version: string) => string, string]>([
    [
      'a header',
      { type: 'header', header: 'X-API-Version' },
      (version) => `X-API-Version: ${version}`,
      'X-API-Version',
    ],
    [
      'a media type',
      { type: 'mediaType', parameter: 'version' },
      (version) => `Accept: text/html, application/json;version=${version}`,
      'Accept',
    ],
  ])('in %s decide about the route, and Vary says so', async (_where, versioning, name, header) => {
    const connection = await open({ controllers, versioning });
    const ask = async (method: string, ...lines: string[]) => {
      const answer = await connection.ask(method, '/notes', ...lines);
      return [answer.status, answer.header('vary'), answer.header('allow')];
    };
    expect((await connection.ask('GET', '/notes', name('2'))).body.toString()).toContain('items');
    expect(await ask('GET', name('1'))).toEqual([200, header, undefined]);
    expect(await ask('HEAD', name('3'))).toEqual([200, header, undefined]);
    expect(await ask('GET', name('4'))).toEqual([404, header, undefined]);
    expect(await ask('GET')).toEqual([404, header, undefined]);
    expect(await ask('POST', name('1'), 'Content-Length: 0')).toEqual([405, header, 'GET, HEAD, OPTIONS']);
    expect(await ask('OPTIONS', name('2'))).toEqual([204, header, 'GET, HEAD, POST, OPTIONS']);
  });

  it('default for a request without one', async () => {
    const connection = await open({
      controllers,
      versioning: { type: 'header', header: 'X-API-Version', defaultVersion: '2' },
    });
    expect((await connection.ask('GET', '/notes')).body.toString()).toContain('items');
    expect((await connection.ask('GET', '/none')).header('vary')).toBeUndefined();
  });

  it('read bodies, whole and in pieces, and let pipelined requests each have its own', async () => {
    const versioning = { type: 'header', header: 'X-API-Version' } as const;
    const connection = await open({ controllers, versioning });
    const post = (version: string) =>
      `POST /notes HTTP/1.1\r\nHost: a\r\nX-API-Version: ${version}\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n`;
    const get = 'GET /notes HTTP/1.1\r\nHost: a\r\nX-API-Version: 1\r\n\r\n';
    connection.send(`${post('2')}{"a": 1}${post('1')}{"a": 1}${get}`);
    const answers = [];
    for (let count = 0; count < 3; count++) answers.push(await connection.readResponse());
    expect(answers.map(({ status, body }) => [status, status === 200 && body.toString()])).toEqual([
      [200, '{"note":{"a":1}}'],
      [405, false],
      [200, '{"notes":[]}'],
    ]);
    connection.send(post('2'), '{"a"');
    await new Promise((resolve) => setImmediate(resolve));
    connection.send(': 2}');
    expect((await connection.readResponse()).body.toString()).toBe('{"note":{"a":2}}');
  });

  it.each([
    [undefined, 'https://one.example'],
    ['2', 'https://two.example'],
  ])('of a preflight, which names none, are the default (%s)', async (defaultVersion, origin) => {
    const versioning = {
      type: 'header',
      header: 'X-API-Version',
      ...(defaultVersion && { defaultVersion }),
    } as const;
    const connection = await open({ controllers, versioning });
    const asked = await connection.ask(
      'OPTIONS',
      '/notes/7',
      `Origin: ${origin}`,
      'Access-Control-Request-Method: PUT',
    );
    expect([asked.status, asked.header('access-control-allow-origin')]).toEqual([204, origin]);
  });

  it('come from the path of a preflight, and Vary is one line', async () => {
    const byPath = await open({ controllers, versioning: { type: 'path' } });
    const asked = await byPath.ask(
      'OPTIONS',
      '/v2/notes/7',
      'Origin: https://two.example',
      'Access-Control-Request-Method: PUT',
    );
    expect(asked.header('access-control-allow-origin')).toBe('https://two.example');
    const byHeader = await open({ controllers, versioning: { type: 'header', header: 'X-API-Version' } });
    const put = await byHeader.ask(
      'PUT',
      '/notes/7',
      'Origin: https://two.example',
      'X-API-Version: 2',
      'Content-Length: 0',
    );
    const vary = put.lines.filter(([name]) => name.toLowerCase() === 'vary').map(([, value]) => value);
    expect([put.body.toString(), vary]).toEqual(['{"replaced":"7","version":2}', ['Origin, X-API-Version']]);
  });
});

describe('A mounted application', () => {
  it('answers 404, 405 and OPTIONS below its path by its own middleware', async () => {
    const tag =
      (name: string): MiddlewareLike =>
      ({ response }, next) => {
        response.headers.append('X-Met', name);
        return next();
      };
    const admin = await createApp({
      routes: [named('users', { method: 'GET', path: '/users' })],
      middleware: [tag('admin')],
      formatError: ({ name }) => ({ admin: name }),
    });
    const site = await createApp({ middleware: [tag('site')] });
    const connection = await open(site.mount('/admin', admin));
    const ask = async (method: string, target: string) => {
      const answer = await connection.ask(method, target);
      const met = answer.lines.filter(([name]) => name === 'X-Met').map(([, value]) => value);
      return [answer.status, met.join(' '), answer.header('allow')];
    };
    expect(await ask('GET', '/admin/users')).toEqual([200, 'site admin', undefined]);
    expect(await ask('GET', '/admin/none')).toEqual([404, 'site admin', undefined]);
    expect(await ask('GET', '/admin')).toEqual([404, 'site admin', undefined]);
    expect(await ask('POST', '/admin/users')).toEqual([405, 'site admin', 'GET, HEAD, OPTIONS']);
    expect(await ask('OPTIONS', '/admin/users')).toEqual([204, 'site admin', 'GET, HEAD, OPTIONS']);
    expect(await ask('GET', '/administer')).toEqual([404, 'site', undefined]);
    const none = await connection.ask('GET', '/admin/none');
    expect(JSON.parse(none.body.toString())).toEqual({ admin: 'HttpError' });
    await expect(admin.listen({ port: 0 })).rejects.toThrow('MOUNT_INVALID');
  });
});
