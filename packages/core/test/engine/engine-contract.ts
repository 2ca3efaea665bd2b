import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { IsBoolean } from 'class-validator';
import {
  afterwards,
  Body,
  bytes,
  Controller,
  createApp,
  created,
  Form,
  json,
  noContent,
  Post,
  redirect,
  stream,
  text,
  unauthorized,
  type AppOptions,
  type Context,
  type Middleware,
  type PlainRoute,
  type RouteMethod,
} from '../../src';
import type { ContractRequest, ContractResponse, Harness } from './harness';

@Controller()
class JsonController {
  @Post('/json')
  echo(@Body({ validate: false }) body: unknown) {
    return { body };
  }
}

class Settings {
  @IsBoolean() isOpen!: boolean;
}

@Controller()
class OptionalController {
  @Post('/class')
  class(@Body({ required: false }) settings?: Settings) {
    return { settings: settings ?? 'none' };
  }

  @Post('/form')
  form(@Form({ required: false }) settings?: Settings) {
    return { settings: settings ?? 'none' };
  }

  @Post('/required')
  required(@Body() settings: Settings) {
    return { settings };
  }
}

const CHALLENGES = { 'WWW-Authenticate': ['Bearer realm="api"', 'Basic realm="api"'] };

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

/** The tests of the contract, for each engine. */
export function describeEngine(engineName: string, harness: Harness): void {
  describe(engineName, () => {
    let opened: Awaited<ReturnType<Harness['open']>> | undefined;
    let logged: unknown[] = [];

    async function open(options: AppOptions): Promise<void> {
      logged = [];
      const logger = { info() {}, warn() {}, error: (error: unknown) => logged.push(error) };
      opened = await harness.open(await createApp({ logger, development: false, ...options }));
    }

    afterEach(async () => {
      await opened?.close();
      opened = undefined;
    });

    const send = (request: ContractRequest): Promise<ContractResponse> => opened!.send(request);

    /** Opens one route with the handler to test. */
    const openRoute = (handler: (context: Context) => unknown, bodyLimit?: number): Promise<void> =>
      open({
        routes: [{ method: 'ALL', path: '/it', handler, ...(bodyLimit !== undefined && { bodyLimit }) }],
      });

    const ask = (method = 'GET'): Promise<ContractResponse> => send({ method, url: '/it' });

    const parse = ({ body }: ContractResponse): unknown => JSON.parse(body.toString());

    describe('routing', () => {
      /** Routes that answer with their own pattern. */
      const openPatterns = (...patterns: readonly string[]): Promise<void> =>
        open({
          routes: patterns.map((pattern) => {
            const [method, path] = pattern.split(' ') as [RouteMethod, string];
            return {
              method,
              path,
              handler: ({ request }) => json({ pattern, parameters: listParameters(request, path) }),
            };
          }),
        });

      const listParameters = (request: Context['request'], path: string): (string | undefined)[] =>
        [...path.matchAll(/:\w+/g)].map((_, index) => request.paramAt(index));

      async function findPattern(request: string): Promise<string> {
        const [method, url] = request.split(' ') as [string, string];
        const { status, body } = await send({ method, url });
        return status === 200 ? (JSON.parse(body.toString()) as { pattern: string }).pattern : String(status);
      }

      it('prefers the literal, then the parameter, then the rest, in any order of registration', async () => {
        await openPatterns('GET /notes/*', 'GET /notes/:id', 'GET /notes/new', 'GET /*');
        expect(await findPattern('GET /notes/new')).toBe('GET /notes/new');
        expect(await findPattern('GET /notes/7')).toBe('GET /notes/:id');
        expect(await findPattern('GET /notes/7/lines')).toBe('GET /notes/*');
        expect(await findPattern('GET /else')).toBe('GET /*');
        expect(await findPattern('GET /')).toBe('GET /*');
      });

      it('turns back if the more specific way leads nowhere', async () => {
        await openPatterns('GET /a/b/c', 'GET /a/:x/d', 'GET /:x/b/e', 'GET /*');
        expect(await findPattern('GET /a/b/c')).toBe('GET /a/b/c');
        expect(await findPattern('GET /a/b/d')).toBe('GET /a/:x/d');
        expect(await findPattern('GET /a/b/e')).toBe('GET /:x/b/e');
        expect(await findPattern('GET /a/b/f')).toBe('GET /*');
      });

      it('prefers a method to ALL at equal specificity, and specificity to both', async () => {
        await openPatterns('ALL /x', 'GET /x', 'GET /users/:id', 'ALL /users/me', 'ALL /only');
        expect(await findPattern('GET /x')).toBe('GET /x');
        expect(await findPattern('POST /x')).toBe('ALL /x');
        expect(await findPattern('GET /users/7')).toBe('GET /users/:id');
        expect(await findPattern('POST /users/me')).toBe('ALL /users/me');
        expect(await findPattern('GET /users/me')).toBe('ALL /users/me');
        expect(await findPattern('DELETE /only')).toBe('ALL /only');
      });

      it('answers a method on a less specific route if the more specific one has other methods', async () => {
        await openPatterns('POST /users/me', 'GET /users/:id', 'DELETE /users/*');
        expect(await findPattern('GET /users/me')).toBe('GET /users/:id');
        expect(await findPattern('DELETE /users/me')).toBe('DELETE /users/*');
        expect(await findPattern('POST /users/me')).toBe('POST /users/me');
      });

      it('gives ALL every served method and leaves unknown ones to the fallback', async () => {
        await openPatterns('ALL /x', 'GET /get');
        for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
          expect(await findPattern(`${method} /x`)).toBe('ALL /x');
        expect(await send({ method: 'HEAD', url: '/x' })).toMatchObject({ status: 200 });
        expect(await findPattern('PROPFIND /x')).toBe('501');
        expect(await findPattern('PROPFIND /get')).toBe('501');
        expect(await findPattern('TRACE /get')).toBe('405');
        expect(await findPattern('TRACE /nothing')).toBe('404');
      });

      it('matches /x/* with everything below /x, not with /x itself', async () => {
        await openPatterns('GET /x/*');
        expect(await findPattern('GET /x')).toBe('404');
        expect(await findPattern('GET /x/')).toBe('GET /x/*');
        expect(await findPattern('GET /x/a')).toBe('GET /x/*');
        expect(await findPattern('GET /x/a/b/')).toBe('GET /x/*');
        expect(await findPattern('GET /xy')).toBe('404');
      });

      it('distinguishes /x from /x/ and keeps empty segments', async () => {
        await openPatterns('GET /x', 'GET /y/', 'GET /p/:id', 'GET /p/:id/end');
        expect(await findPattern('GET /x/')).toBe('404');
        expect(await findPattern('GET /y')).toBe('404');
        expect(await findPattern('GET /y/')).toBe('GET /y/');
        expect(await findPattern('GET /p/')).toBe('404');
        expect(await findPattern('GET /p//end')).toBe('404');
        expect(await findPattern('GET //x')).toBe('404');
        expect(await findPattern('GET /p/1/')).toBe('404');
      });

      it('lets routes use different names for the parameter at one place', async () => {
        await openPatterns('GET /x/:id', 'POST /x/:name', 'GET /x/:other/end', 'ALL /y/:a', 'GET /y/:b');
        expect(await findPattern('GET /x/1')).toBe('GET /x/:id');
        expect(await findPattern('POST /x/1')).toBe('POST /x/:name');
        expect(await findPattern('GET /x/1/end')).toBe('GET /x/:other/end');
        expect(await findPattern('GET /y/1')).toBe('GET /y/:b');
        expect(await findPattern('PUT /y/1')).toBe('ALL /y/:a');
      });

      it('respects case, and compares the path as sent, without decoding it', async () => {
        await openPatterns('GET /Case', 'GET /caf%C3%A9', 'GET /a/b');
        expect(await findPattern('GET /Case')).toBe('GET /Case');
        expect(await findPattern('GET /case')).toBe('404');
        expect(await findPattern('GET /caf%C3%A9')).toBe('GET /caf%C3%A9');
        expect(await findPattern('GET /a%2Fb')).toBe('404');
        expect(await findPattern('GET /%61/b')).toBe('404');
        expect(await findPattern('GET /./a/b')).toBe('404');
      });

      it('routes on the path alone', async () => {
        await openPatterns('GET /x');
        expect(await findPattern('GET /x?a=/y')).toBe('GET /x');
        expect(await findPattern('GET /x?')).toBe('GET /x');
      });

      it('answers HEAD with the GET route, unless a HEAD route exists', async () => {
        await open({
          routes: [
            { method: 'GET', path: '/both', handler: () => text('get', { headers: { 'X-By': 'GET' } }) },
            { method: 'HEAD', path: '/both', handler: () => text('', { headers: { 'X-By': 'HEAD' } }) },
            { method: 'GET', path: '/get', handler: () => text('get', { headers: { 'X-By': 'GET' } }) },
          ],
        });
        expect(findValue(await send({ method: 'HEAD', url: '/both' }), 'x-by')).toBe('HEAD');
        expect(findValue(await send({ method: 'GET', url: '/both' }), 'x-by')).toBe('GET');
        expect(findValue(await send({ method: 'HEAD', url: '/get' }), 'x-by')).toBe('GET');
      });

      it('answers 405 and OPTIONS with Allow, and neither on a path without a route', async () => {
        await openPatterns('GET /x', 'PUT /x', 'POST /:any');
        const wrong = await send({ method: 'DELETE', url: '/x' });
        expect([wrong.status, findValue(wrong, 'allow')]).toEqual([405, 'GET, HEAD, POST, PUT, OPTIONS']);
        const options = await send({ method: 'OPTIONS', url: '/x' });
        expect([options.status, findValue(options, 'allow')]).toEqual([204, 'GET, HEAD, POST, PUT, OPTIONS']);
        expect(await findPattern('OPTIONS /no/thing')).toBe('404');
      });

      it('sends a preflight to the route that it asks about, and other OPTIONS requests to the route for ALL', async () => {
        const tag = (name: string): Middleware => ({
          name,
          handle({ response }, next) {
            response.headers.append('X-Met', name);
            return next();
          },
        });
        await open({
          routes: [
            { method: 'ALL', path: '/*', handler: ({ request }) => request.method, middleware: [tag('all')] },
            { method: 'PUT', path: '/x/:id', handler: () => 'put', middleware: [tag('put')] },
            { method: 'OPTIONS', path: '/x/own', handler: () => 'own', middleware: [tag('own')] },
          ],
        });
        const find = async (url: string, asked?: string): Promise<unknown[]> => {
          const headers = {
            origin: 'https://a.example',
            ...(asked !== undefined && { 'access-control-request-method': asked }),
          };
          const answer = await send({ method: 'OPTIONS', url, headers });
          return [answer.status, findValue(answer, 'x-met'), answer.body.toString()];
        };
        expect(await find('/x/1', 'PUT')).toEqual([204, 'put', '']);
        expect(await find('/x/1', 'POST')).toEqual([200, 'all', 'OPTIONS']);
        expect(await find('/x/1')).toEqual([200, 'all', 'OPTIONS']);
        expect(await find('/x/own', 'PUT')).toEqual([200, 'own', 'own']);
        const put = await send({ method: 'PUT', url: '/x/1' });
        expect([put.status, findValue(put, 'x-met'), put.body.toString()]).toEqual([200, 'put', 'put']);
      });

      it('reads the rest of a path, before and after an await', async () => {
        await open({
          routes: [
            {
              method: 'GET',
              path: '/users/:id/files/*',
              handler: async ({ request }) => {
                const before = [request.param('id'), request.param('*')];
                await wait(1);
                return json([...before, request.param('*')]);
              },
            },
            {
              method: 'GET',
              path: '/late/*',
              handler: async ({ request }) => (await wait(1), json([request.param('*')])),
            },
          ],
        });
        const read = async (url: string): Promise<unknown> => parse(await send({ method: 'GET', url }));
        expect(await read('/users/7/files/a/caf%C3%A9//b/?q=1')).toEqual(['7', 'a/café//b/', 'a/café//b/']);
        expect(await read('/late/')).toEqual(['']);
        expect((await send({ method: 'GET', url: '/late/%FF' })).status).toBe(400);
      });

      it('answers on a path of very many segments', async () => {
        await openPatterns('GET /x', 'GET /deep/*');
        expect(await findPattern(`GET /deep${'/a'.repeat(150)}`)).toBe('GET /deep/*');
        expect(await findPattern(`GET ${'/a'.repeat(150)}`)).toBe('404');
      });
    });

    describe('the Host header', () => {
      const ask = async (host: string | readonly string[]): Promise<unknown[]> => {
        const { status, body } = await send({ method: 'GET', url: '/', headers: { host } });
        return [status, (JSON.parse(body.toString()) as { code?: string }).code];
      };

      it.each([
        'a b/c?',
        'a/b',
        'a?b',
        'a#b',
        'user@a',
        'a b',
        'http://a',
        'a:b',
        'a:1:2',
        '[::1',
        '[a b]',
        '%zz',
        'aé.example',
        'a\\b',
        'a"',
        '<a>',
      ])('is refused with 400 if it is malformed, before any route: %s', async (host) => {
        const handler = jest.fn(() => 'reached');
        const met: string[] = [];
        const note: Middleware = {
          name: 'note',
          handle({ response }, next) {
            return afterwards(next(), () => void met.push(String(response.status)));
          },
        };
        await open({
          middleware: [note],
          routes: [
            { method: 'GET', path: '/', handler },
            { method: 'GET', path: '/*', host: '*.example.com', handler },
          ],
        });
        expect(await ask(host)).toEqual([400, 'host_invalid']);
        expect(handler).not.toHaveBeenCalled();
        expect(met).toEqual(['400']);
      });

      it.each(['a', 'A.Example.:8080', 'my_service:80', '[::1]:80', '127.0.0.1', 'a%20b', 'a:'])(
        'may be any host, also one that no list would have: %j',
        async (host) => {
          await open({
            routes: [{ method: 'GET', path: '/', handler: ({ request }) => [request.host ?? ''] }],
          });
          const { status, body } = await send({ method: 'GET', url: '/', headers: { host } });
          expect([status, JSON.parse(body.toString())]).toEqual([200, [host]]);
        },
      );

      it('is the same before and after an await, and of a request with a body', async () => {
        await open({
          routes: [
            {
              method: 'POST',
              path: '/',
              handler: async ({ request }) => {
                const before = request.host;
                await request.text();
                await wait(1);
                return [before, request.host, request.header('host'), request.headers['host']];
              },
            },
          ],
        });
        const sent = { method: 'POST', url: '/', headers: { host: 'a.example:80' }, body: 'x' };
        expect(parse(await send(sent))).toEqual(Array(4).fill('a.example:80'));
        const { status } = await send({ ...sent, headers: { host: 'a/b' } });
        expect(status).toBe(400);
      });
    });

    describe('choices by host and version', () => {
      /** Opens two routes for each of `/it` and `/rest/*`, and a less specific one for everything. */
      const openChoices = (
        handler: (context: Context) => unknown = ({ route }) => route.name,
      ): Promise<void> =>
        open({
          versioning: { type: 'header', header: 'X-Version' },
          routes: [
            { method: 'GET', path: '/it', host: 'a.example', name: 'a' },
            { method: 'GET', path: '/it', host: ':one.example', version: '1', name: 'first' },
            { method: 'GET', path: '/it', host: ':one.example', version: '2', name: 'second' },
            { method: 'ALL', path: '/it', host: 'all.example', name: 'all' },
            { method: 'POST', path: '/it', version: '1', name: 'post first' },
            { method: 'POST', path: '/it', version: '2', name: 'post second' },
            { method: 'GET', path: '/x/:a/y/:b', host: 'a.example', name: 'both' },
            { method: 'GET', path: '/x/:c/*', host: 'a.example', name: 'rest' },
            { method: 'GET', path: '/x/*', name: 'least' },
          ].map((route) => ({ ...route, handler }) as PlainRoute),
        });

      async function findName(request: string, host: string, version?: string): Promise<string> {
        const [method, url] = request.split(' ') as [string, string];
        const headers = { host, ...(version !== undefined && { 'x-version': version }) };
        const response = await send({ method, url, headers });
        const allow = findValue(response, 'allow');
        if (response.status === 200) return response.body.toString();
        return allow === undefined ? String(response.status) : `${response.status} ${allow}`;
      }

      it('are made by host', async () => {
        await openChoices();
        expect(await findName('GET /it', 'a.example')).toBe('a');
        expect(await findName('GET /it', 'A.Example:8080')).toBe('a');
        expect(await findName('GET /it', 'all.example')).toBe('all');
        expect(await findName('DELETE /it', 'all.example')).toBe('all');
      });

      it('are made by a header, for each request anew', async () => {
        await openChoices();
        const asked = ['1', '2', '1', '3', '2'];
        const found = await Promise.all(asked.map((version) => findName('GET /it', 'b.example', version)));
        expect(found).toEqual(['first', 'second', 'first', '404', 'second']);
      });

      it('leave other requests to less specific routes, in order, with their parameters', async () => {
        await openChoices(({ route, request }) =>
          [route.name, request.paramAt(0), request.paramAt(1)].join(),
        );
        expect(await findName('GET /x/1/y/2', 'a.example')).toBe('both,1,2');
        expect(await findName('GET /x/1/z/2', 'a.example')).toBe('rest,1,');
        expect(await findName('GET /x/1/y/2', 'b.example')).toBe('least,,');
        expect(await findName('GET /x/1', 'a.example')).toBe('least,,');
      });

      it('leave the rest to the fallback, whose Allow is that of this host and version', async () => {
        await openChoices();
        expect(await findName('GET /it', 'b.example.org')).toBe('404');
        expect(await findName('GET /it', 'a.other', '1')).toBe('405 POST, OPTIONS');
        expect(await findName('PUT /it', 'b.example', '1')).toBe('405 GET, HEAD, POST, OPTIONS');
        expect(await findName('PUT /it', 'b.example', '3')).toBe('404');
        expect(await findName('BREW /it', 'a.example')).toBe('501');
      });

      it('answer HEAD as GET, and OPTIONS with Allow', async () => {
        await openChoices();
        const head = await send({
          method: 'HEAD',
          url: '/it',
          headers: { host: 'b.example', 'x-version': '2' },
        });
        expect([head.status, findValue(head, 'content-length'), head.body.byteLength]).toEqual([200, '6', 0]);
        expect(await findName('HEAD /it', 'a.other', '1')).toBe('405 POST, OPTIONS');
        expect(await findName('OPTIONS /it', 'b.example', '1')).toBe('204 GET, HEAD, POST, OPTIONS');
        expect(await findName('OPTIONS /it', 'all.example', '3')).toBe('all');
      });

      it.each([{}, { 'transfer-encoding': 'chunked' }])(
        'hand the body to the one chosen (%j)',
        async (framing) => {
          await openChoices(async ({ route, request }) => `${route.name}: ${(await request.text()).length}`);
          for (const size of [0, 5, 300_000]) {
            const headers = { host: 'b.example', 'x-version': '2', ...framing };
            const { body } = await send({ method: 'POST', url: '/it', headers, body: 'x'.repeat(size) });
            expect(body.toString()).toBe(`post second: ${size}`);
          }
        },
      );

      it('let the chosen route wait, fail and run background tasks like any other', async () => {
        const tasks: unknown[] = [];
        await openChoices(async (context) => {
          await wait(1);
          if (context.route.name === 'a') throw new Error('secret');
          context.background(() => void tasks.push(context.request.header('x-version')));
          return context.route.name;
        });
        expect(await findName('GET /it', 'a.example')).toBe('500');
        expect(await findName('GET /it', 'b.example', '2')).toBe('second');
        await opened!.close();
        expect(tasks).toEqual(['2']);
      });

      it('abort the signal of the chosen route when the client goes away', async () => {
        const client = new AbortController();
        let report = (_: unknown): void => {};
        const reported = new Promise<unknown>((resolve) => (report = resolve));
        await openChoices(async ({ route, request, signal }) => {
          const gone = new Promise((resolve) => signal.addEventListener('abort', resolve));
          client.abort();
          await gone;
          report([route.name, request.header('host'), request.path]);
        });
        const headers = { host: 'b.example', 'x-version': '1' };
        const ended = send({ url: '/it', headers, signal: client.signal }).catch(() => 'gone');
        expect(await reported).toEqual(['first', 'b.example', '/it']);
        await ended;
      });
    });

    describe('parameters and query', () => {
      beforeEach(() =>
        open({
          routes: [
            {
              method: 'GET',
              path: '/:a/and/:b',
              handler: async ({ request }) => {
                const early = request.param('a');
                await wait(1);
                return [
                  early,
                  request.param('a'),
                  request.param('b'),
                  request.paramAt(1),
                  request.param('c') ?? null,
                ];
              },
            },
            {
              method: 'GET',
              path: '/query',
              handler: ({ request }) => ({
                raw: request.rawQuery,
                target: request.target,
                path: request.path,
                all: [...request.query],
              }),
            },
          ],
        }),
      );

      const askJson = async (url: string): Promise<unknown> =>
        JSON.parse((await send({ url })).body.toString());

      it('decodes parameters once', async () => {
        expect(await askJson('/caf%C3%A9/and/a%2Fb')).toEqual(['café', 'café', 'a/b', 'a/b', null]);
        expect(await askJson('/%2541/and/a+b')).toEqual(['%41', '%41', 'a+b', 'a+b', null]);
      });

      it.each(['/%/and/x', '/%zz/and/x', '/%ff/and/x', '/%C3/and/x'])('answers 400 to %s', async (url) => {
        const { status, body } = await send({ url });
        expect([status, (JSON.parse(body.toString()) as { code: string }).code]).toEqual([
          400,
          'percent_encoding',
        ]);
      });

      it('decodes the query and keeps its order and its raw text', async () => {
        expect(await askJson('/query?b=1&a=%20x&b=2+3&c&=d&e=f=g')).toEqual({
          raw: 'b=1&a=%20x&b=2+3&c&=d&e=f=g',
          target: '/query?b=1&a=%20x&b=2+3&c&=d&e=f=g',
          path: '/query',
          all: [
            ['b', '1'],
            ['a', ' x'],
            ['b', '2 3'],
            ['c', ''],
            ['', 'd'],
            ['e', 'f=g'],
          ],
        });
        expect(await askJson('/query?')).toMatchObject({ raw: '', all: [] });
        expect(await askJson('/query?a=1?b=2')).toMatchObject({ all: [['a', '1?b=2']] });
        expect((await send({ url: '/query?a=%zz' })).status).toBe(400);
      });
    });

    describe('request headers', () => {
      const REPEATED = {
        accept: ['text/html', 'application/json'],
        cookie: ['a=1', 'b=2'],
        'x-forwarded-for': ['1.1.1.1', '2.2.2.2'],
        authorization: ['first', 'second'],
        'x-empty': '',
      };
      const read = ({ request }: Context) => ({
        accept: request.header('Accept'),
        cookie: request.header('cookie'),
        cookies: request.cookies,
        second: request.findCookie('b', (value) => value),
        forwarded: request.header('X-Forwarded-For'),
        authorization: request.header('authorization'),
        missing: request.header('x-missing') ?? null,
        all: request.headers['x-forwarded-for'],
        host: typeof request.header('host'),
        address: request.address,
      });
      const EXPECTED = {
        accept: 'text/html, application/json',
        cookie: 'a=1; b=2',
        cookies: { a: '1', b: '2' },
        second: '2',
        forwarded: '1.1.1.1, 2.2.2.2',
        authorization: 'first',
        missing: null,
        all: '1.1.1.1, 2.2.2.2',
        host: 'string',
        address: '127.0.0.1',
      };

      it.each<[string, (context: Context) => unknown]>([
        ['at once', (context) => json(read(context))],
        ['after I/O', async (context) => (await wait(5), json(read(context)))],
        ['both before and after', async (context) => (read(context), await wait(5), json(read(context)))],
      ])('are combined, except singletons, if read %s', async (_, handler) => {
        await openRoute(handler);
        const { body } = await send({ url: '/it', headers: REPEATED });
        expect(JSON.parse(body.toString())).toEqual(EXPECTED);
      });

      /** UTF-8, as browsers send cookies, in a string with a character for each byte. */
      const utf8 = (value: string): string => Buffer.from(value).toString('latin1');

      it.each([
        ['UTF-8', utf8('a Müller · 日本 z'), 'a Müller · 日本 z'],
        ['Latin-1', 'a Müller \xa0\x85 z', 'a Müller \xa0\x85 z'],
        ['UTF-8 with one wrong byte, which is Latin-1', `a ${utf8('é')}\xe9 z`, 'a Ã©é z'],
        ['UTF-8 of a replacement character', utf8('a \ufffd z'), 'a \ufffd z'],
      ])('are decoded in one way, early and late: %s', async (_, sent, expected) => {
        const read = ({ request }: Context): unknown[] => [
          request.header('user-agent'),
          request.header('x-name'),
          request.headers['x-name'],
          request.headerLines('x-name')[0],
          request.cookies['name'],
          request.findCookie('name', (value) => value),
          request.cookieValues('name')[0],
          request.header('x-name'),
        ];
        await open({
          routes: [
            { method: 'ALL', path: '/early', handler: (context) => json(read(context)) },
            {
              method: 'ALL',
              path: '/late',
              handler: async (context) => (await wait(1), json(read(context))),
            },
            {
              method: 'ALL',
              path: '/both',
              handler: async (context) => (read(context), await wait(1), json(read(context))),
            },
            {
              method: 'ALL',
              path: '/body',
              handler: async (context) => (await context.request.text(), json(read(context))),
            },
          ],
        });
        const headers = { 'user-agent': sent, 'x-name': sent, cookie: `name=${sent}; other=1` };
        for (const url of ['/early', '/late', '/both'])
          expect([url, parse(await send({ url, headers }))]).toEqual([url, Array(8).fill(expected)]);
        const late = await send({ url: '/body', method: 'POST', headers, body: 'x' });
        expect(parse(late)).toEqual(Array(8).fill(expected));
      });

      it('are decoded line by line where they are combined', async () => {
        const read = ({ request }: Context): unknown[] => [
          request.header('x-list'),
          request.headers['x-list'],
        ];
        const headers = { 'x-list': ['a Müller z', `b ${utf8('Müller')} z`] };
        const expected = Array(2).fill('a Müller z, b Müller z');
        await openRoute((context) => json(read(context)));
        expect(parse(await send({ url: '/it', headers }))).toEqual(expected);
        await opened!.close();
        await openRoute(async (context) => (await wait(1), json(read(context))));
        expect(parse(await send({ url: '/it', headers }))).toEqual(expected);
      });

      it('are read from every line if proxies write them, also below an empty one', async () => {
        const read = ({ request: { address, protocol, host } }: Context) => [address, protocol, host];
        const options: [AppOptions['proxyHeaders'], ContractRequest['headers']][] = [
          [
            'x-forwarded',
            {
              'x-forwarded-for': ['', '203.0.113.9', ''],
              'x-forwarded-proto': ['', 'https'],
              'x-forwarded-host': ['', 'app.example'],
            },
          ],
          ['forwarded', { forwarded: ['', 'for=203.0.113.9;proto=https;host=app.example', ''] }],
        ];
        for (const [proxyHeaders, headers] of options) {
          const late = async (context: Context) => (await wait(1), read(context));
          await open({
            trustProxy: ['loopback'],
            ...(proxyHeaders && { proxyHeaders }),
            routes: [
              { method: 'GET', path: '/early', handler: read },
              { method: 'GET', path: '/late', handler: late },
            ],
          });
          for (const url of ['/early', '/late']) {
            const { body } = await send({ url, headers: headers! });
            expect(JSON.parse(body.toString())).toEqual(['203.0.113.9', 'https', 'app.example']);
          }
          await opened?.close();
        }
      });

      it('are read from every line if they name codings, also below an empty one', async () => {
        await open({ controllers: [JsonController] });
        const post = (codings: readonly string[]) =>
          send({
            method: 'POST',
            url: '/json',
            headers: { 'content-type': 'application/json', 'content-encoding': codings },
            body: '{}',
          });
        for (const codings of [['', 'gzip'], ['gzip', ''], ['identity', 'br'], ['identity, gzip']])
          expect((await post(codings)).status).toBe(415);
        for (const codings of [[''], ['identity'], ['', 'Identity']])
          expect((await post(codings)).status).toBe(200);
      });

      it('may have an expectation that no server knows (RFC 9110 §10.1.1)', async () => {
        await openRoute(({ request }) => request.header('expect'));
        const { status, body } = await send({ url: '/it', headers: { expect: 'the-best' } });
        expect([status, body.toString()]).toEqual([200, 'the-best']);
      });

      it('read an empty header the same way early and late', async () => {
        await openRoute(async ({ request }) => {
          const early = request.header('x-empty');
          await wait(1);
          return { same: early === request.header('x-empty'), inAll: request.headers['x-empty'] };
        });
        const { body } = await send({ url: '/it', headers: REPEATED });
        expect(JSON.parse(body.toString())).toEqual({ same: true, inAll: '' });
      });
    });

    describe('response headers', () => {
      it('are sent in the order in which they were set, with names as written and repeated lines apart', async () => {
        await openRoute(({ response }) => {
          response.headers
            .set('X-first', '1')
            .set('x-Second', '2')
            .append('Set-Cookie', 'a=1')
            .set('X-Third', '');
          response.headers.append('Set-Cookie', 'b=2; Path=/').append('Link', '</a>').append('Link', '</b>');
          return text('x');
        });
        const { lines } = await ask();
        expect(lines.map((line) => line.join(': '))).toEqual([
          'X-first: 1',
          'x-Second: 2',
          'Set-Cookie: a=1',
          'X-Third: ',
          'Set-Cookie: b=2; Path=/',
          'Link: </a>',
          'Link: </b>',
          'Content-Type: text/plain; charset=utf-8',
          'Content-Length: 1',
        ]);
      });

      it.each<[string, () => unknown]>([
        ['an error that is thrown', () => Promise.reject(unauthorized({ headers: CHALLENGES }))],
        ['an error that is returned', () => unauthorized({ headers: CHALLENGES })],
        ['a reply', () => json({}, { status: 401, headers: CHALLENGES })],
        ['a redirect', () => redirect('/', { headers: CHALLENGES })],
      ])('have a line for each value of a list in %s', async (_, handler) => {
        await openRoute((context) => (context.response.headers.set('WWW-Authenticate', 'Old'), handler()));
        const { lines } = await ask();
        expect(lines.filter(([name]) => name === 'WWW-Authenticate').map(([, value]) => value)).toEqual(
          CHALLENGES['WWW-Authenticate'],
        );
      });

      it('leave out those that only the engine writes', async () => {
        await openRoute(({ response }) => {
          for (const name of ['Date', 'Transfer-Encoding', 'Keep-Alive', 'Upgrade', 'Content-Length'])
            response.headers.set(name, '77');
          return text('x');
        });
        const { lines, body } = await ask();
        expect(lines).toEqual([
          ['Content-Type', 'text/plain; charset=utf-8'],
          ['Content-Length', '1'],
        ]);
        expect(body.toString()).toBe('x');
      });

      it.each<[string, (context: Context) => unknown]>([
        ['a value with CR LF', ({ response }) => response.headers.set('X-A', 'a\r\nX-B: b')],
        ['a value with LF', ({ response }) => response.headers.append('X-A', 'a\nX-B: b')],
        ['a value with NUL', ({ response }) => response.headers.set('X-A', 'a\0b')],
        ['a value beyond ASCII', ({ response }) => response.headers.set('X-A', 'é')],
        ['a name with CR LF', ({ response }) => response.headers.set('X-A: a\r\nX-B', 'b')],
        ['a name with a space', ({ response }) => response.headers.set('X A', 'b')],
        ['an empty name', ({ response }) => response.headers.set('', 'b')],
        ['a reply header with CR LF', () => text('x', { headers: { 'X-A': 'a\r\nX-B: b' } })],
        ['a list with CR LF', () => text('x', { headers: { 'X-A': ['a', 'a\r\nX-B: b'] } })],
        ['a list in an error with CR LF', () => unauthorized({ headers: { 'X-A': ['\r\nX-B: b'] } })],
        ['a reply name with CR LF', () => json({}, { headers: { 'X-A\r\nX-B': 'b' } })],
        ['a cookie name with CR LF', ({ response }) => response.setCookie('a\r\nX-B: b', '1')],
        ['a cookie path with CR LF', ({ response }) => response.setCookie('a', '1', { path: '/\r\nX-B: b' })],
        [
          'a cookie domain with CR LF',
          ({ response }) => response.setCookie('a', '1', { domain: 'a\r\nX-B: b' }),
        ],
      ])('refuse %s with 500', async (_, handler) => {
        await openRoute(handler);
        const response = await ask();
        expect(response.status).toBe(500);
        expect(findValue(response, 'x-b')).toBeUndefined();
        expect(response.body.toString()).not.toContain('X-B');
      });

      it.each<[string, (context: Context) => unknown]>([
        ['a location', () => redirect('/a\r\nX-B: b\r\n\r\n<script>')],
        ['the location of a new resource', () => created({}, { location: '/a\r\nX-B: b' })],
        ['a cookie value', ({ response }) => (response.setCookie('a', '1\r\nX-B: b'), text('x'))],
      ])('encode CR and LF in %s', async (_, handler) => {
        await openRoute(handler);
        const response = await ask();
        expect(response.status).toBeLessThan(400);
        expect(findValue(response, 'x-b')).toBeUndefined();
        expect(response.lines.flat().join()).toMatch(/%0D%0AX-B/);
      });
    });

    describe('bodies and lengths', () => {
      const WORDS = 'naïve 😀 ';

      it.each<[string, unknown, Buffer]>([
        ['ASCII text', 'four', Buffer.from('four')],
        ['empty text', '', Buffer.alloc(0)],
        ['latin1 text', 'äöü', Buffer.from('äöü')],
        ['text beyond latin1', WORDS, Buffer.from(WORDS)],
        ['half a surrogate pair', 'a\ud800b', Buffer.from('a\ufffdb')],
        ['text with NUL and line breaks', 'a\0b\r\n\r\nc', Buffer.from('a\0b\r\n\r\nc')],
        ['long ASCII text', 'x'.repeat(5_000), Buffer.from('x'.repeat(5_000))],
        ['long text beyond latin1', WORDS.repeat(5_000), Buffer.from(WORDS.repeat(5_000))],
        ['very long text', 'x'.repeat(300_000), Buffer.from('x'.repeat(300_000))],
        ['bytes', Buffer.from([0, 255, 13, 10]), Buffer.from([0, 255, 13, 10])],
        ['no bytes', Buffer.alloc(0), Buffer.alloc(0)],
        ['a part of a buffer', Buffer.from('abcdef').subarray(2, 4), Buffer.from('cd')],
        ['a plain byte array', Uint8Array.of(1, 2, 3), Buffer.from([1, 2, 3])],
        ['many bytes', Buffer.alloc(300_000, 'ab'), Buffer.alloc(300_000, 'ab')],
      ])('carry %s', async (_, value, expected) => {
        await openRoute(() => value);
        const response = await ask();
        expect(response.status).toBe(200);
        expect(findValue(response, 'content-length')).toBe(String(expected.byteLength));
        expect(response.body.equals(expected)).toBe(true);
        const head = await ask('HEAD');
        expect(findValue(head, 'content-length')).toBe(String(expected.byteLength));
        expect(head.body).toHaveLength(0);
        expect(head.lines).toEqual(response.lines);
      });

      it('are the same whether the handler is asynchronous or not', async () => {
        await openRoute(() => json({ a: 'ü' }));
        const early = await ask();
        await opened!.close();
        await openRoute(async () => (await wait(1), json({ a: 'ü' })));
        expect(await ask()).toEqual(early);
      });

      it.each([204, 304])('have neither body nor length with %i', async (status) => {
        await openRoute(({ response }) => {
          response.status = status;
          response.headers.set('Content-Length', '9').set('ETag', '"1"');
          response.body = 'not sent';
        });
        const response = await ask();
        expect([response.status, response.body.byteLength]).toEqual([status, 0]);
        expect(response.lines).toEqual([['ETag', '"1"']]);
      });

      it('have a length of 0 and nothing else with 205', async () => {
        await openRoute(() => text('not sent', { status: 205 }));
        const response = await ask();
        expect([response.status, response.body.byteLength]).toEqual([205, 0]);
        expect(findValue(response, 'content-length')).toBe('0');
      });

      it.each([200, 201, 202, 206, 299, 301, 400, 404, 418, 422, 451, 500, 503, 599])(
        'come with the status %i',
        async (status) => {
          await openRoute(() => text('x', { status }));
          expect(await ask()).toMatchObject({ status, body: Buffer.from('x') });
        },
      );

      it('are empty, with a length of 0, if only a status was set', async () => {
        await openRoute(({ response }) => {
          response.status = 202;
          response.headers.set('Content-Length', '9');
        });
        const response = await ask();
        expect(response).toMatchObject({ status: 202, lines: [['Content-Length', '0']] });
        expect(response.body).toHaveLength(0);
      });

      it('announce with HEAD the length that a HEAD handler sets', async () => {
        await open({
          routes: [
            {
              method: 'HEAD',
              path: '/it',
              handler: ({ response }) => {
                response.status = 200;
                response.headers.set('Content-Length', '12345');
              },
            },
          ],
        });
        expect(findValue(await ask('HEAD'), 'content-length')).toBe('12345');
      });
    });

    describe('streams', () => {
      const PARTS = ['one ', 'zwei ü ', 'x'.repeat(100_000), '', 'end'];
      const WHOLE = Buffer.from(PARTS.join(''));
      const SOURCES: readonly [
        string,
        () => ReturnType<typeof makeGenerator> | Readable | ReadableStream<Uint8Array | string>,
      ][] = [
        ['a generator', () => makeGenerator(PARTS)],
        ['a Readable', () => Readable.from(PARTS.map((part) => Buffer.from(part)))],
        ['a Readable of text', () => Readable.from(PARTS)],
        ['a ReadableStream of bytes', () => makeWebStream(PARTS.map((part) => Buffer.from(part)))],
        ['a ReadableStream of text', () => makeWebStream(PARTS)],
      ];

      it.each(SOURCES)('are sent in chunks from %s', async (_, makeSource) => {
        await openRoute(() => makeSource());
        const response = await ask();
        expect(response.body.equals(WHOLE)).toBe(true);
        expect(findValue(response, 'content-length')).toBeUndefined();
        expect(findValue(response, 'content-type')).toBe('application/octet-stream');
      });

      it.each(SOURCES)('are sent with an announced length from %s', async (_, makeSource) => {
        await openRoute(async () => {
          await wait(1);
          return stream(makeSource(), {
            headers: { 'Content-Length': WHOLE.byteLength, 'Content-Type': 'text/plain' },
          });
        });
        const response = await ask();
        expect(response.body.equals(WHOLE)).toBe(true);
        expect(response.lines).toEqual([
          ['Content-Type', 'text/plain'],
          ['Content-Length', String(WHOLE.byteLength)],
        ]);
      });

      it.each([undefined, 0])('may be empty, announced or not (%s)', async (length) => {
        const headers: Record<string, number> = length === undefined ? {} : { 'Content-Length': length };
        await openRoute(() => stream(makeGenerator([]), { headers }));
        const response = await ask();
        expect([response.status, response.body.byteLength]).toEqual([200, 0]);
        // An engine may send an empty body of unknown length either way.
        if (length === 0) expect(findValue(response, 'content-length')).toBe('0');
      });

      it('are stopped, not sent, with HEAD and with 204', async () => {
        const sources: Readable[] = [];
        await openRoute(({ request }) => {
          const source = Readable.from(['x']);
          sources.push(source);
          return stream(source, request.method === 'HEAD' ? {} : { status: 204 });
        });
        const head = await ask('HEAD');
        expect([head.status, head.body.byteLength, findValue(head, 'content-length')]).toEqual([
          200,
          0,
          undefined,
        ]);
        const none = await ask();
        expect([none.status, none.body.byteLength, none.lines]).toMatchObject([204, 0, expect.any(Array)]);
        expect(sources.map(({ destroyed }) => destroyed)).toEqual([true, true]);
      });

      it.each<[string, () => unknown]>([
        ['breaks off', () => makeGenerator(['some'], new Error('broken'))],
        [
          'gives more than it announced',
          () => stream(makeGenerator(['four', 'four']), { headers: { 'Content-Length': 6 } }),
        ],
        [
          'gives less than it announced',
          () => stream(makeGenerator(['four']), { headers: { 'Content-Length': 6 } }),
        ],
        ['gives a value that is not a chunk', () => makeGenerator([7 as unknown as string])],
        ['gives an ArrayBuffer', () => makeGenerator([new ArrayBuffer(4) as unknown as string])],
        [
          'is being read already',
          () => (([source]) => (source.getReader(), source))([makeWebStream(['x'])] as const),
        ],
        ['is not a source', () => stream({} as unknown as Readable)],
      ])(
        'break off the response, so that no client takes it for whole, if the source %s',
        async (_, handler) => {
          await openRoute(handler);
          const answered = ask().then(({ status }) => status);
          // The engine answers 500 if the head has not been sent, else it cuts the connection.
          await expect(
            answered.then((status) => (status === 500 ? Promise.reject(new Error('500')) : status)),
          ).rejects.toThrow();
        },
      );
    });

    describe('request bodies', () => {
      const echo = async ({ request }: Context) => bytes(await request.bytes());
      const BINARY = Buffer.from(Array.from({ length: 256 }, (_, index) => index));

      it.each<[string, string | Buffer]>([
        ['text', 'héllo'],
        ['bytes', BINARY],
        ['many bytes', Buffer.alloc(900_000, BINARY)],
      ])('arrive as %s, with a length and in chunks', async (_, body) => {
        await openRoute(echo);
        const expected = Buffer.from(body);
        const counted = await send({ method: 'POST', url: '/it', body });
        expect(counted.body.equals(expected)).toBe(true);
        const chunked = await send({
          method: 'POST',
          url: '/it',
          body,
          headers: { 'transfer-encoding': 'chunked' },
        });
        expect(chunked.body.equals(expected)).toBe(true);
      });

      it('may be empty', async () => {
        await openRoute(async ({ request }) => ({ size: (await request.bytes()).byteLength }));
        const ofSize0 = { status: 200, body: Buffer.from('{"size":0}') };
        expect(await send({ method: 'POST', url: '/it' })).toMatchObject(ofSize0);
        expect(await send({ method: 'POST', url: '/it', body: '' })).toMatchObject(ofSize0);
        expect(await send({ method: 'GET', url: '/it' })).toMatchObject(ofSize0);
        expect(
          await send({ method: 'POST', url: '/it', body: '', headers: { 'transfer-encoding': 'chunked' } }),
        ).toMatchObject(ofSize0);
      });

      it.each(['/class', '/form'])('are undefined at %s if they are optional and empty', async (url) => {
        await open({ controllers: [OptionalController] });
        const none = { status: 200, body: Buffer.from('{"settings":"none"}') };
        const chunked = { 'transfer-encoding': 'chunked' };
        const typed = {
          'content-type': url === '/class' ? 'application/json' : 'application/x-www-form-urlencoded',
        };
        const post = (request: Partial<ContractRequest> = {}) => send({ method: 'POST', url, ...request });
        expect(await post()).toMatchObject(none);
        expect(await post({ body: '' })).toMatchObject(none);
        expect(await post({ body: '', headers: typed })).toMatchObject(none);
        expect(await post({ body: '', headers: { 'content-type': 'text/plain' } })).toMatchObject(none);
        expect(await post({ body: '', headers: { ...typed, ...chunked } })).toMatchObject(none);
        const sent = url === '/class' ? '{"isOpen":true}' : 'isOpen=true';
        expect(parse(await post({ body: sent, headers: typed }))).toEqual({ settings: { isOpen: true } });
        const wrong = url === '/class' ? '{"isOpen":1}' : 'isOpen=maybe';
        expect(await post({ body: wrong, headers: typed })).toMatchObject({ status: 422 });
        expect(await post({ body: 'x', headers: { 'content-type': 'text/plain' } })).toMatchObject({
          status: 415,
        });
        expect(await send({ method: 'POST', url: '/required' })).toMatchObject({ status: 400 });
      });

      it('can be read late and repeatedly', async () => {
        await openRoute(async ({ request }) => {
          await wait(20);
          const first = await request.text();
          await wait(5);
          return [first, await request.text(), await request.json(), (await request.bytes()).byteLength];
        });
        const { body } = await send({ method: 'POST', url: '/it', body: '{"a":1}' });
        expect(JSON.parse(body.toString())).toEqual(['{"a":1}', '{"a":1}', { a: 1 }, 7]);
      });

      it('own their memory', async () => {
        await openRoute(async ({ request }) => {
          const whole = await request.bytes();
          return {
            offset: whole.byteOffset,
            buffer: whole.buffer.byteLength,
            isBuffer: Buffer.isBuffer(whole),
          };
        });
        const { body } = await send({ method: 'POST', url: '/it', body: 'abc' });
        expect(JSON.parse(body.toString())).toEqual({ offset: 0, buffer: 3, isBuffer: false });
      });

      it('can be read by middleware of the fallback too, late', async () => {
        await open({
          middleware: [
            async ({ request, response }, next) => {
              await wait(5);
              response.headers.set('X-Size', (await request.bytes()).byteLength);
              return next();
            },
          ],
        });
        const response = await send({ method: 'POST', url: '/nothing', body: 'abc' });
        expect([response.status, findValue(response, 'x-size')]).toEqual([404, '3']);
      });

      it('need not be read', async () => {
        await openRoute(() => 'ignored');
        expect(await send({ method: 'POST', url: '/it', body: Buffer.alloc(900_000) })).toMatchObject({
          status: 200,
        });
      });

      it('do not delay the response if no code awaits them', async () => {
        await openRoute(({ request }) => (void request.bytes(), 'early'));
        expect(await send({ method: 'POST', url: '/it', body: 'abc' })).toMatchObject({
          body: Buffer.from('early'),
        });
      });

      it('may be exactly as long as the limit, and not a byte longer', async () => {
        await openRoute(echo, 1000);
        for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
          expect((await send({ method: 'POST', url: '/it', body: Buffer.alloc(1000), headers })).status).toBe(
            200,
          );
          const over = await send({ method: 'POST', url: '/it', body: Buffer.alloc(1001), headers });
          expect(over.status).toBe(413);
        }
      });

      it('may be refused by the handler in its own way if they are over the limit', async () => {
        await openRoute(async ({ request }) => {
          try {
            return await request.text();
          } catch (error) {
            return text(`refused: ${(error as { status: number }).status}`, { status: 400 });
          }
        }, 3);
        const headers = { 'transfer-encoding': 'chunked' };
        const response = await send({ method: 'POST', url: '/it', body: 'four', headers });
        expect([response.status, response.body.toString()]).toEqual([400, 'refused: 413']);
      });
    });

    describe('request bodies as streams', () => {
      const sum = async ({ request }: Context) => {
        let size = 0;
        let chunks = 0;
        for await (const chunk of request.stream()) {
          expect(chunk).toBeInstanceOf(Uint8Array);
          size += chunk.byteLength;
          chunks++;
        }
        return { size, several: chunks > 1 };
      };

      it.each([{}, { 'transfer-encoding': 'chunked' }])('arrive in chunks (%j)', async (headers) => {
        await openRoute(sum);
        const response = await send({ method: 'POST', url: '/it', body: Buffer.alloc(900_000), headers });
        expect(JSON.parse(response.body.toString())).toEqual({ size: 900_000, several: true });
      });

      it('arrive whole and unchanged, however late they are read', async () => {
        const sent = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
        await openRoute(async ({ request }) => {
          await wait(20);
          const chunks: Uint8Array[] = [];
          for await (const chunk of request.stream()) {
            chunks.push(chunk);
            await wait(1);
          }
          return { same: Buffer.concat(chunks).equals(sent) };
        });
        const response = await send({ method: 'POST', url: '/it', body: sent });
        expect(response.body.toString()).toBe('{"same":true}');
      });

      it('may be empty', async () => {
        await openRoute(sum);
        for (const request of [{ method: 'GET' }, { method: 'POST' }, { method: 'POST', body: '' }])
          expect((await send({ url: '/it', ...request })).body.toString()).toBe('{"size":0,"several":false}');
      });

      it('end with 413 over the limit', async () => {
        await openRoute(sum, 100_000);
        for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
          const at = { method: 'POST', url: '/it', headers };
          expect((await send({ ...at, body: Buffer.alloc(100_000) })).status).toBe(200);
          expect((await send({ ...at, body: Buffer.alloc(100_001) })).status).toBe(413);
        }
      });

      it('can be left in the middle or at once', async () => {
        await openRoute(async ({ request }) => {
          for await (const chunk of request.stream()) return { isEmpty: chunk.byteLength === 0 };
          return 'none';
        });
        const body = Buffer.alloc(900_000);
        expect((await send({ method: 'POST', url: '/it', body })).body.toString()).toBe('{"isEmpty":false}');
        await opened!.close();
        await openRoute(({ request }) => (request.stream(), 'unread'));
        expect((await send({ method: 'POST', url: '/it', body })).body.toString()).toBe('unread');
      });

      it('are taken once, and cannot be read in another way after that', async () => {
        await openRoute(async ({ request }) => {
          const { size } = await sum({ request } as Context);
          const again = [() => request.stream(), () => request.readBytes(), () => request.lendBytes()];
          const refused = again.filter((attempt) => {
            try {
              return attempt() === undefined;
            } catch {
              return true;
            }
          });
          return [size, refused.length, await request.text().catch((error: Error) => error.message)];
        });
        const { body } = await send({ method: 'POST', url: '/it', body: 'abc' });
        expect(JSON.parse(body.toString())).toEqual([
          3,
          3,
          'The body was taken as a stream and cannot be read again.',
        ]);
      });

      it('are one chunk if the body was read before', async () => {
        await openRoute(async (context) => {
          await context.request.text();
          return sum(context);
        });
        const { body } = await send({ method: 'POST', url: '/it', body: Buffer.alloc(300_000) });
        expect(JSON.parse(body.toString())).toEqual({ size: 300_000, several: false });
      });
    });

    describe('errors', () => {
      it.each<[string, () => unknown]>([
        [
          'throws',
          () => {
            throw new Error('secret');
          },
        ],
        [
          'throws text',
          () => {
            throw 'secret';
          },
        ],
        [
          'throws undefined',
          () => {
            throw undefined;
          },
        ],
        [
          'throws null',
          () => {
            throw null;
          },
        ],
        [
          'throws a frozen object',
          () => {
            throw Object.freeze({ secret: 1 });
          },
        ],
        ['rejects', () => Promise.reject(new Error('secret'))],
        ['rejects with undefined', () => Promise.reject(undefined)],
        [
          'rejects late',
          async () => {
            await wait(5);
            throw new Error('secret');
          },
        ],
        ['returns an Error', () => new Error('secret')],
        ['returns a value that is not JSON', () => () => 'secret'],
        [
          'returns a circle',
          () => {
            const circle: Record<string, unknown> = {};
            circle['self'] = circle;
            return circle;
          },
        ],
        ['returns a bigint', () => 7n],
      ])('are a 500 without internals if a handler %s', async (_, handler) => {
        await openRoute(handler);
        const response = await ask();
        expect(response.status).toBe(500);
        expect(findValue(response, 'content-type')).toBe('application/problem+json');
        expect(response.body.toString()).not.toContain('secret');
        expect(logged.length).toBeGreaterThan(0);
      });

      it('do not depend on a working logger', async () => {
        const fail = (): never => {
          throw new Error('the disk is full');
        };
        await open({
          logger: { info: fail, warn: fail, error: fail },
          routes: [
            { method: 'GET', path: '/it', handler: () => Promise.reject(new Error('x')) },
            { method: 'GET', path: '/sync', handler: fail },
            {
              method: 'GET',
              path: '/background',
              handler: (context) => (context.background(fail), 'fine'),
            },
          ],
        });
        expect((await ask()).status).toBe(500);
        expect((await send({ url: '/sync' })).status).toBe(500);
        expect((await send({ url: '/background' })).status).toBe(200);
        expect((await send({ url: '/background' })).status).toBe(200);
      });
    });

    describe('background tasks', () => {
      it.each([false, true])(
        'run after the response, in order, even if one throws (asynchronous: %s)',
        async (isAsync) => {
          const seen: string[] = [];
          let finish = (): void => {};
          const finished = new Promise<void>((resolve) => (finish = resolve));
          await openRoute((context) => {
            context.background(async () => {
              seen.push(`first ${context.request.header('x-who')} ${context.request.address}`);
              await wait(10);
              seen.push('first is done');
            });
            context.background(() => {
              seen.push(`second ${context.request.header('x-other')} ${context.request.rawQuery}`);
              throw new Error('second');
            });
            context.background(
              () => void seen.push(`third ${context.request.path} ${context.request.address}`),
            );
            context.background(finish);
            seen.push('handled');
            return isAsync ? wait(1, 'x') : 'x';
          });
          const { status } = await send({ url: '/it?q=1', headers: { 'x-who': 'me', 'x-other': 'you' } });
          await finished;
          expect(status).toBe(200);
          expect(seen).toEqual([
            'handled',
            'first me 127.0.0.1',
            'first is done',
            'second you q=1',
            'third /it 127.0.0.1',
          ]);
          expect(logged).toEqual([new Error('second')]);
        },
      );

      it('finish before the application has closed', async () => {
        const seen: string[] = [];
        await openRoute((context) => {
          context.background(async () => {
            await wait(50);
            seen.push('done');
          });
          return 'x';
        });
        await ask();
        await opened!.close();
        await wait(60);
        expect(seen).toEqual(['done']);
      });
    });

    describe('a client that goes away', () => {
      it('aborts context.signal, and the request stays readable', async () => {
        let report = (_: unknown): void => {};
        const reported = new Promise<unknown>((resolve) => (report = resolve));
        const client = new AbortController();
        await openRoute(async (context) => {
          const { signal, request } = context;
          const gone = new Promise((resolve) => signal.addEventListener('abort', resolve));
          client.abort();
          await gone;
          report([signal.aborted, request.header('x-who'), request.path, request.method, request.address]);
          return 'too late';
        });
        const answered = send({ url: '/it', headers: { 'x-who': 'me' }, signal: client.signal });
        // In memory the response still arrives.
        const ended = answered.catch(() => 'gone');
        expect(await reported).toEqual([true, 'me', '/it', 'GET', '127.0.0.1']);
        await ended;
      });

      it('has aborted a signal that is read later', async () => {
        let report = (_: unknown): void => {};
        const reported = new Promise<unknown>((resolve) => (report = resolve));
        const client = new AbortController();
        await openRoute(async (context) => {
          setTimeout(() => client.abort(), 10);
          // The server hears of it later than the client, on a busy machine much later.
          await wait(600);
          report(context.signal.aborted);
          return 'too late';
        });
        const ended = send({ url: '/it', signal: client.signal }).catch(() => 'gone');
        expect(await reported).toBe(true);
        await ended;
      });
    });

    describe('responses without a route', () => {
      it('go through the application’s middleware', async () => {
        await open({
          middleware: [
            ({ response }, next) => {
              response.headers.set('X-App', 'yes');
              return next();
            },
          ],
          routes: [{ method: 'GET', path: '/it', handler: () => noContent() }],
        });
        for (const request of ['GET /nothing', 'POST /it', 'OPTIONS /it', 'PROPFIND /it', 'HEAD /nothing']) {
          const [method, url] = request.split(' ') as [string, string];
          expect(findValue(await send({ method, url }), 'x-app')).toBe('yes');
        }
      });
    });
  });
}

function findValue({ lines }: ContractResponse, lowerName: string): string | undefined {
  return lines.find(([name]) => name.toLowerCase() === lowerName)?.[1];
}

async function* makeGenerator(parts: readonly string[], error?: Error): AsyncGenerator<string> {
  for (const part of parts) {
    await wait(1);
    yield part;
  }
  if (error !== undefined) throw error;
}

function makeWebStream<T>(parts: readonly T[]): ReadableStream<T> {
  const rest = [...parts];
  return new ReadableStream<T>({
    pull(controller) {
      if (rest.length === 0) controller.close();
      else controller.enqueue(rest.shift()!);
    },
  });
}
