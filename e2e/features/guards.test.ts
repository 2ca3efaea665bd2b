import crypto from 'node:crypto';
import {
  anyOf,
  apiKey,
  authenticate,
  basic,
  bearer,
  Public,
  Roles,
  Scopes,
  User,
  type AuthenticatedUser,
} from '@sluice/auth';
import {
  Body,
  Controller,
  createApp,
  Delete,
  Get,
  guard,
  Header,
  Post,
  SetHeader,
  UseMiddleware,
  type App,
  type AppOptions,
  type Context,
} from '@sluice/core';
import { cors } from '@sluice/cors';
import { IsString } from 'class-validator';
import { RawConnection, type RawResponse } from '../sockets/raw-connection';

interface Account extends AuthenticatedUser {
  readonly id: string;
}

const ACCOUNTS = new Map<string, Account>([
  ['ada-token', { id: 'ada', roles: ['admin', 'staff'], scope: 'read write' }],
  ['bob-token', { id: 'bob', roles: ['staff'], scope: 'read' }],
]);
const SECRET = 'swordfish-swordfish';
const OTHER_SECRET = 'cuttlefish-cuttlefish';
const findByToken = (token: string) => ACCOUNTS.get(token);
const tokens = () => bearer<Account>({ verify: findByToken, realm: 'notes' });
const logged: string[] = [];

class Note {
  @IsString() text!: string;
}

@Controller('/notes')
class NotesController {
  @Get() list(@User() user: Account) {
    return `notes of ${user.id}`;
  }
  @Post() create(@Body() _note: Note) {}
  @Get('/shared') @SetHeader('Cache-Control', 'public, max-age=60') shared() {
    return 'shared';
  }
}

@Controller('/rules')
@Roles('staff', 'partner')
@Scopes('read')
class RulesController {
  @Get() ofClass() {}
  @Get('/role') @Roles('admin', 'root') role() {}
  @Get('/scope') @Scopes('write') scope() {}
  @Get('/open') @Public() open() {
    return 'open';
  }
  @Delete('/open') remove() {}
}

@Controller('/public')
@Public()
class PublicController {
  @Get() show() {
    return 'for everybody';
  }
  @Get('/admin') @Roles('admin') admin() {}
}

describe('A guard', () => {
  const apps: App[] = [];

  afterEach(async () => {
    jest.restoreAllMocks();
    logged.length = 0;
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });

  /** Listens, and gives back what sends one request on a connection of its own. */
  async function serve(options: AppOptions) {
    const note = (error: unknown) => void logged.push(String(error));
    const app = await createApp({
      logger: { info() {}, warn() {}, error: note },
      development: false,
      ...options,
    });
    apps.push(app);
    const { port } = await app.listen({ host: '127.0.0.1', port: 0 });
    const open = () => RawConnection.open(port);
    const ask = async (method: string, target: string, ...lines: readonly string[]) => {
      const connection = await open();
      const response = await connection.ask(method, target, ...lines);
      connection.cut();
      return response;
    };
    return { ask, open };
  }

  const everything = () =>
    serve({
      controllers: [NotesController, RulesController, PublicController],
      middleware: [tokens()],
    });

  describe('with bearer tokens', () => {
    it('lets in the user that the token names', async () => {
      const { ask } = await everything();
      const response = await ask('GET', '/notes', 'Authorization: Bearer ada-token');
      expect([response.status, response.body.toString()]).toEqual([200, 'notes of ada']);
    });

    it.each(['bearer bob-token', 'BEARER bob-token', 'bEaReR   bob-token'])(
      'takes the scheme in any case, and spaces behind it: %s',
      async (value) => {
        const { ask } = await everything();
        expect((await ask('GET', '/notes', `AUTHORIZATION: ${value}`)).body.toString()).toBe('notes of bob');
      },
    );

    it.each([
      ['no credentials', [], 401, 'credentials_missing', 'Bearer realm="notes"'],
      ['another scheme', ['Basic YWRhOmE='], 401, 'credentials_missing', 'Bearer realm="notes"'],
      ['a longer scheme', ['Bearers ada-token'], 401, 'credentials_missing', 'Bearer realm="notes"'],
      [
        'an unknown token',
        ['Bearer x'],
        401,
        'credentials_invalid',
        'Bearer realm="notes", error="invalid_token"',
      ],
      ...[['Bearer'], ['Bearer a b'], ['Bearer "ada-token"'], ['Bearer ada-token, Bearer ada-token']].map(
        (lines) =>
          [
            `an invalid token: ${lines[0]}`,
            lines,
            400,
            'invalid_request',
            'Bearer realm="notes", error="invalid_request"',
          ] as const,
      ),
      ...[
        ['Bearer ada-token', 'Bearer ada-token'],
        ['Bearer ada-token', 'Basic YWRhOmE='],
        ['Basic YWRhOmE=', 'Bearer ada-token'],
      ].map(
        (lines) =>
          [
            `two lines: ${lines.join(' and ')}`,
            lines,
            400,
            'invalid_request',
            'Bearer realm="notes", error="invalid_request"',
          ] as const,
      ),
    ] as const)('refuses %s (RFC 6750 §3.1)', async (_, values, status, code, challenge) => {
      const { ask } = await everything();
      const response = await ask('GET', '/notes', ...values.map((value) => `Authorization: ${value}`));
      expect(summarise(response)).toEqual([status, code, challenge]);
      expect(response.body.toString()).not.toContain('token-');
    });

    it('takes no token out of the query or a body, and none twice', async () => {
      const { ask } = await everything();
      expect((await ask('GET', '/notes?access_token=ada-token')).status).toBe(401);
      const both = await ask('GET', '/notes?access_token=ada-token', 'Authorization: Bearer ada-token');
      expect(summarise(both).slice(0, 2)).toEqual([400, 'invalid_request']);
    });
  });

  describe('with basic authentication', () => {
    const staff = () => basic({ users: { ada: SECRET, zoë: OTHER_SECRET }, realm: 'the "staff"' });
    const encode = (text: string) => `Authorization: Basic ${Buffer.from(text).toString('base64')}`;
    const routes = [{ method: 'GET' as const, path: '/', handler: () => 'in' }];

    it('lets in who has a name and its password, in UTF-8', async () => {
      const { ask } = await serve({ routes, middleware: [staff()] });
      expect((await ask('GET', '/', encode(`ada:${SECRET}`))).status).toBe(200);
      expect((await ask('GET', '/', encode(`zoë:${OTHER_SECRET}`))).status).toBe(200);
      expect((await ask('GET', '/', encode(`ada:${SECRET}`).replace('Basic', 'bAsIc'))).status).toBe(200);
    });

    it('answers a wrong name and a wrong password alike', async () => {
      const { ask } = await serve({ routes, middleware: [staff()] });
      const challenge = 'Basic realm="the \\"staff\\"", charset="UTF-8"';
      const wrong = [`ada:${OTHER_SECRET}`, `eve:${SECRET}`, 'ada:', `:${SECRET}`, `ada:${SECRET}x`];
      for (const text of wrong)
        expect(summarise(await ask('GET', '/', encode(text)))).toEqual([
          401,
          'credentials_invalid',
          challenge,
        ]);
      expect(summarise(await ask('GET', '/'))).toEqual([401, 'credentials_missing', challenge]);
    });

    it.each([
      ['no colon', encode('ada')],
      ['no base64', 'Authorization: Basic ada:secret'],
      ['no UTF-8', 'Authorization: Basic /zpzd29yZGZpc2g='],
      ['a control character', encode(`ada:${SECRET}\n`)],
      ['nothing', 'Authorization: Basic'],
    ])('refuses %s with 400', async (_, line) => {
      const { ask } = await serve({ routes, middleware: [staff()] });
      expect(summarise(await ask('GET', '/', line)).slice(0, 2)).toEqual([400, 'invalid_request']);
    });
  });

  describe('with API keys', () => {
    const routes = [{ method: 'GET' as const, path: '/', handler: () => 'in' }];
    const keys = { billing: SECRET, audit: OTHER_SECRET };

    it.each([
      ['header', 'X-API-Key', ['/', `x-api-key: ${SECRET}`], ['/', 'X-API-Key: wrong'], 'X-API-Key'],
      ['query', 'key', [`/?key=${SECRET}`], ['/?key=wrong'], undefined],
      ['cookie', 'key', ['/', `Cookie: a=b; key=${SECRET}`], ['/', 'Cookie: key=wrong'], 'Cookie'],
    ] as const)('in a %s', async (place, name, right, wrong, vary) => {
      const { ask } = await serve({ routes, middleware: [apiKey({ in: place, name, keys })] });
      const challenge = `ApiKey realm="api", in="${place}", name="${name}"`;
      const accepted = await ask('GET', right[0], ...right.slice(1));
      expect([accepted.status, accepted.header('vary')]).toEqual([200, vary]);
      const refused = await ask('GET', wrong[0], ...wrong.slice(1));
      expect(summarise(refused)).toEqual([401, 'credentials_invalid', challenge]);
      expect(refused.header('vary')).toBe(vary);
      expect(summarise(await ask('GET', '/'))).toEqual([401, 'credentials_missing', challenge]);
    });

    it.each([
      ['header', 'X-API-Key', ['/', `X-API-Key: ${SECRET}`, `X-API-Key: ${SECRET}`]],
      ['query', 'key', [`/?key=${SECRET}&key=${OTHER_SECRET}`]],
    ] as const)('in a %s come once, or are refused', async (place, name, [target, ...lines]) => {
      const { ask } = await serve({ routes, middleware: [apiKey({ in: place, name, keys })] });
      expect(summarise(await ask('GET', target, ...lines)).slice(0, 2)).toEqual([400, 'invalid_request']);
    });

    it('in a cookie may come beside others of its name, in one line or in several', async () => {
      const { ask } = await serve({ routes, middleware: [apiKey({ in: 'cookie', name: 'key', keys })] });
      for (const lines of [
        [`Cookie: key=old; key=${SECRET}`],
        ['Cookie: key=old', 'Cookie: a=b', `Cookie: key=${SECRET}`],
      ])
        expect((await ask('GET', '/', ...lines)).status).toBe(200);
      const refused = await ask('GET', '/', 'Cookie: key=old; key=older');
      expect(summarise(refused).slice(0, 2)).toEqual([401, 'credentials_invalid']);
    });
  });

  describe('compares secrets', () => {
    const keys = { first: SECRET, second: OTHER_SECRET, third: 'a third, longer key of somebody else' };

    it.each([SECRET, OTHER_SECRET, 'x', `${SECRET}x`, 'x'.repeat(1000)])(
      'in one way and of one length, whatever the position of the right one: %s',
      async (given) => {
        const { ask } = await serve({
          routes: [{ method: 'GET', path: '/', handler: () => 'in' }],
          middleware: [apiKey({ keys })],
        });
        const compare = jest.spyOn(crypto, 'timingSafeEqual');
        await ask('GET', '/', `X-API-Key: ${given}`);
        expect(compare.mock.calls.map((pair) => pair.map(({ byteLength }) => byteLength))).toEqual([
          [32, 32],
          [32, 32],
          [32, 32],
        ]);
      },
    );
  });

  describe('enforces roles and scopes', () => {
    it.each([
      ['/rules', 'bob-token', 204, undefined],
      ['/rules/role', 'bob-token', 403, undefined],
      ['/rules/role', 'ada-token', 204, undefined],
      [
        '/rules/scope',
        'bob-token',
        403,
        'Bearer realm="notes", error="insufficient_scope", scope="read write"',
      ],
      ['/rules/scope', 'ada-token', 204, undefined],
      ['/public/admin', 'bob-token', 403, undefined],
      ['/public/admin', 'ada-token', 204, undefined],
    ])('of class and method together: %s for %s is %i', async (url, token, status, challenge) => {
      const { ask } = await everything();
      const response = await ask('GET', url, `Authorization: Bearer ${token}`);
      expect([response.status, response.header('www-authenticate')]).toEqual([status, challenge]);
    });

    it('after it knows who it is: 401 before 403', async () => {
      const { ask } = await everything();
      for (const url of ['/rules', '/rules/role', '/public/admin'])
        expect((await ask('GET', url)).status).toBe(401);
    });
  });

  describe('lets everybody pass', () => {
    it('on @Public routes, with bad credentials or none', async () => {
      const { ask } = await everything();
      for (const url of ['/rules/open', '/public']) {
        for (const lines of [[], ['Authorization: Bearer x'], ['Authorization: a', 'Authorization: b']]) {
          const response = await ask('GET', url, ...lines);
          expect([response.status, response.header('vary')]).toEqual([200, undefined]);
        }
      }
    });

    it('only by the method that says so', async () => {
      const { ask } = await everything();
      expect((await ask('DELETE', '/rules/open')).status).toBe(401);
      expect((await ask('HEAD', '/rules/open')).status).toBe(200);
    });
  });

  describe('round the whole application', () => {
    it('does not show strangers which routes there are', async () => {
      const { ask } = await everything();
      for (const [method, url] of [
        ['GET', '/nowhere'],
        ['DELETE', '/notes'],
        ['OPTIONS', '/notes'],
        ['OPTIONS', '/nowhere'],
        ['PROPFIND', '/notes'],
        ['HEAD', '/notes'],
        ['GET', '/notes/'],
      ] as const) {
        const response = await ask(method, url);
        expect([method, response.status, response.header('allow')]).toEqual([method, 401, undefined]);
        expect(response.header('www-authenticate')).toBe('Bearer realm="notes"');
      }
    });

    it('and its users what is so', async () => {
      const { ask } = await everything();
      const as = 'Authorization: Bearer bob-token';
      expect((await ask('GET', '/nowhere', as)).status).toBe(404);
      const wrong = await ask('DELETE', '/notes', as);
      expect([wrong.status, wrong.header('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
      const options = await ask('OPTIONS', '/notes', as);
      expect([options.status, options.header('allow')]).toEqual([204, 'GET, HEAD, POST, OPTIONS']);
      expect((await ask('BREW', '/notes', as)).status).toBe(501);
      const head = await ask('HEAD', '/notes', as);
      expect([head.status, head.header('content-length')]).toEqual([200, '12']);
    });

    it('refuses before anything reads the body, and the connection goes on', async () => {
      const { open } = await everything();
      const connection = await open();
      const post = (body: string, ...lines: readonly string[]) => {
        const head = ['POST /notes HTTP/1.1', 'Host: a', 'Content-Type: application/json', ...lines];
        connection.send([...head, `Content-Length: ${body.length}`, '', body].join('\r\n'));
        return connection.readResponse();
      };
      expect((await post('{"text":1}')).status).toBe(401);
      expect((await post('{"text":', 'Authorization: Bearer x')).status).toBe(401);
      expect((await post('{"text":1}', 'Authorization: Bearer bob-token')).status).toBe(422);
      expect((await post('{"text":"a"}', 'Authorization: Bearer bob-token')).status).toBe(204);
      connection.cut();
    });

    it('asks each request of a connection', async () => {
      const { open } = await everything();
      const connection = await open();
      expect((await connection.ask('GET', '/notes', 'Authorization: Bearer bob-token')).status).toBe(200);
      expect((await connection.ask('GET', '/notes')).status).toBe(401);
      connection.cut();
    });
  });

  describe('and CORS', () => {
    const policy = () => cors({ allowOrigins: ['https://app.example'], allowHeaders: ['Authorization'] });
    const preflight = [
      'Origin: https://app.example',
      'Access-Control-Request-Method: POST',
      'Access-Control-Request-Headers: authorization',
    ];

    it('outside it let preflights pass, and pages read refusals', async () => {
      const { ask } = await serve({ controllers: [NotesController], middleware: [policy(), tokens()] });
      const allowed = await ask('OPTIONS', '/notes', ...preflight);
      expect([allowed.status, allowed.header('access-control-allow-origin')]).toEqual([
        204,
        'https://app.example',
      ]);
      const refused = await ask('GET', '/notes', 'Origin: https://app.example');
      expect([refused.status, refused.header('access-control-allow-origin')]).toEqual([
        401,
        'https://app.example',
      ]);
      expect(refused.header('vary')).toBe('Origin, Authorization');
    });

    it('inside it would never see a preflight, so that the application does not start', async () => {
      const starting = serve({ controllers: [NotesController], middleware: [tokens(), policy()] });
      await expect(starting).rejects.toThrow('The middleware cors runs inside bearer');
    });

    it('nowhere leave preflights refused: they carry no credentials', async () => {
      const { ask } = await serve({ controllers: [NotesController], middleware: [tokens()] });
      expect((await ask('OPTIONS', '/notes', ...preflight)).status).toBe(401);
    });
  });

  describe('fails closed', () => {
    const reached = jest.fn(() => 'secret');
    const routes = [{ method: 'GET' as const, path: '/', handler: reached }];

    afterEach(() => {
      expect(reached).not.toHaveBeenCalled();
      reached.mockClear();
    });

    it.each<[string, (token: string) => unknown, number]>([
      ['throws', fail, 500],
      ['throws a value that is not an error', () => throwAnything('away'), 500],
      ['rejects', async () => fail(), 500],
      ['rejects later', () => new Promise((_, reject) => setImmediate(reject, new Error('away'))), 500],
      ['gives an error', () => new Error('away'), 500],
      ['gives a list', () => [], 500],
      ['gives nothing', () => undefined, 401],
      ['gives null', async () => null, 401],
      ['gives 0', () => 0, 401],
      ['gives NaN', () => Number.NaN, 401],
      ['gives an empty text', async () => '', 401],
      ['gives a function', () => fail, 401],
      ['looks the token up in an object', (token) => ({})[token as never], 401],
    ])('where verify %s', async (_, verify, status) => {
      const { ask } = await serve({ routes, middleware: [bearer({ verify })] });
      for (const token of ['x', '__proto__', 'constructor', 'toString']) {
        const response = await ask('GET', '/', `Authorization: Bearer ${token}`);
        if (token === 'x' || status !== 500) expect(response.status).toBe(status);
        expect(response.body.toString()).not.toContain('away');
      }
      expect(logged.length > 0).toBe(status === 500);
    });

    it('if a guard of your own throws or rejects', async () => {
      for (const check of [fail, async () => fail()]) {
        const { ask } = await serve({ routes, middleware: [guard(check)] });
        expect((await ask('GET', '/')).status).toBe(500);
      }
    });

    it('if reading the roles or scopes fails', async () => {
      @Controller()
      class AdminController {
        @Get() @Roles('admin') show() {
          return reached();
        }
      }
      for (const roles of [
        fail,
        () => 'admin' as never,
        () => ({ includes: () => true }) as never,
        () => [],
      ]) {
        const { ask } = await serve({
          controllers: [AdminController],
          middleware: [bearer({ verify: () => ({ id: 'x' }), roles })],
        });
        const response = await ask('GET', '/', 'Authorization: Bearer x');
        expect(response.status).toBe(roles === fail ? 500 : 403);
      }
    });

    it('if a guard cannot be built: nothing listens', async () => {
      class StoreGuard {
        constructor() {
          fail();
        }
        handle() {}
      }
      @Controller()
      @UseMiddleware(StoreGuard)
      class GuardedController {
        @Get() show() {
          return reached();
        }
      }
      await expect(serve({ controllers: [GuardedController] })).rejects.toThrow(
        'StoreGuard could not be created: away',
      );
      expect(() => apiKey({ keys: { billing: process.env['NO_SUCH_KEY'] } })).toThrow('OPTION_INVALID');
      expect(() => basic({ users: { ada: undefined } })).toThrow('OPTION_INVALID');
      expect(() => bearer({ verify: undefined as never })).toThrow('OPTION_MISSING');
    });

    it('if a rule has no guard: nothing listens', async () => {
      await expect(serve({ controllers: [RulesController] })).rejects.toThrow('MIDDLEWARE_MISSING');
    });
  });

  describe('and caches', () => {
    it('gives nothing that a shared cache may give to others', async () => {
      const { ask } = await everything();
      const as = 'Authorization: Bearer ada-token';
      for (const target of ['/notes', '/nowhere', '/rules/role']) {
        const response = await ask('GET', target, as);
        expect([response.header('cache-control'), response.header('vary')]).toEqual([
          'private',
          'Authorization',
        ]);
      }
    });

    it('leaves what the handler says', async () => {
      const { ask } = await everything();
      const response = await ask('GET', '/notes/shared', 'Authorization: Bearer ada-token');
      expect(response.header('cache-control')).toBe('public, max-age=60');
    });

    it('has no refusal stored for those who are let in', async () => {
      const login = authenticate({ verify: () => undefined, refuse: () => 'Log in, please.' });
      const { ask } = await serve({
        routes: [{ method: 'GET', path: '/', handler: () => 'in' }],
        middleware: [login],
      });
      const page = await ask('GET', '/');
      expect([page.status, page.header('cache-control'), page.header('vary')]).toEqual([
        200,
        'private',
        'Cookie',
      ]);
    });
  });

  describe('any of several', () => {
    const people = () =>
      authenticate({
        verify: ({ request }: Context) => ACCOUNTS.get(`${request.cookies['user']}-token`),
        realm: 'pages',
      });

    it('lets in by a token or by a session, and answers strangers with both challenges', async () => {
      const { ask } = await serve({
        controllers: [NotesController],
        middleware: [anyOf(tokens(), people())],
      });
      expect((await ask('GET', '/notes', 'Authorization: Bearer bob-token')).body.toString()).toBe(
        'notes of bob',
      );
      expect((await ask('GET', '/notes', 'Cookie: user=ada')).body.toString()).toBe('notes of ada');
      const stranger = await ask('GET', '/notes');
      expect(summarise(stranger)).toEqual([
        401,
        'credentials_missing',
        'Bearer realm="notes", Session realm="pages"',
      ]);
      expect(stranger.header('vary')).toBe('Authorization, Cookie');
    });

    it('refuses a bad token beside a good session', async () => {
      const { ask } = await serve({
        controllers: [NotesController],
        middleware: [anyOf(tokens(), people())],
      });
      const refused = await ask('GET', '/notes', 'Authorization: Bearer x', 'Cookie: user=ada');
      expect(summarise(refused)).toEqual([
        401,
        'credentials_invalid',
        'Bearer realm="notes", error="invalid_token", Session realm="pages"',
      ]);
    });
  });

  it('runs before parameters are read: 401, and not 422', async () => {
    @Controller()
    class HeadersController {
      @Get() show(@Header('x-count', { type: Number, required: true }) _count: number) {}
    }
    const { ask } = await serve({ controllers: [HeadersController], middleware: [tokens()] });
    expect((await ask('GET', '/', 'X-Count: many')).status).toBe(401);
    expect((await ask('GET', '/', 'X-Count: many', 'Authorization: Bearer bob-token')).status).toBe(422);
  });
});

/** The status, code and challenge of a refusal. */
function summarise(response: RawResponse): readonly [number, string | undefined, string | undefined] {
  const isProblem = response.header('content-type') === 'application/problem+json';
  const { code } = (isProblem ? JSON.parse(response.body.toString()) : {}) as { code?: string };
  const challenges = response.lines.filter(([name]) => name.toLowerCase() === 'www-authenticate');
  return [response.status, code, challenges.map(([, value]) => value).join(', ') || undefined];
}

function fail(): never {
  throw new Error('away');
}

function throwAnything(value: unknown): never {
  throw value;
}
