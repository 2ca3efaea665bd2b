import { Controller, createApp, Get, type AppOptions, type Context, type Next } from '@sluice/core';
import fc from 'fast-check';
import { REQUEST_ID, RequestId, requestId, type RequestIdOptions } from '../src';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const SAFE = /^[A-Za-z0-9_-]{1,128}$/;

@Controller('/notes')
class NotesController {
  @Get()
  list(@RequestId() id: string) {
    return { id };
  }

  @Get('/broken')
  fail() {
    throw new Error('no disk');
  }
}

const start = (options: RequestIdOptions = {}, rest: AppOptions = {}) =>
  createApp({
    controllers: [NotesController],
    middleware: [requestId(options)],
    logger: { ...console, error: () => undefined },
    ...rest,
  });

const ask = async (options: RequestIdOptions, headers: Record<string, string> = {}, url = '/notes') =>
  (await start(options)).inject({ url, headers });

describe('the id of a request', () => {
  it('is a random UUID, in the response and for the handler', async () => {
    const response = await ask({});
    expect(response.header('x-request-id')).toMatch(UUID);
    expect(response.json()).toEqual({ id: response.header('x-request-id') });
  });

  it('differs from request to request', async () => {
    const app = await start();
    const ids = new Set<unknown>();
    for (let index = 0; index < 100; index += 1)
      ids.add((await app.inject({ url: '/notes' })).header('x-request-id'));
    expect(ids.size).toBe(100);
  });

  it.each(['/notes/broken', '/nowhere', '/notes/'])('is on the error of %s', async (url) => {
    const response = await ask({}, {}, url);
    expect(response.status).toBeGreaterThanOrEqual(404);
    expect(response.header('x-request-id')).toMatch(UUID);
  });

  it('is known to other middleware and to the log', async () => {
    const seen: unknown[] = [];
    const look = (context: Context, next: Next) => {
      seen.push(context.get(REQUEST_ID));
      return next();
    };
    const errors: unknown[] = [];
    const logger = { ...console, error: (...line: unknown[]) => void errors.push(line) };
    const app = await start({ generate: () => 'made-here' }, { middleware: [requestId(), look], logger });
    const response = await app.inject({ url: '/notes/broken' });
    const id = response.header('x-request-id')!;
    expect(seen).toEqual([id]);
    expect(JSON.stringify(errors.map((line) => String(line)))).toContain(id);
  });

  it('can have another header and another form', async () => {
    const response = await ask({ headerName: 'Correlation-Id', generate: () => 'id-7' });
    expect(response.header('correlation-id')).toBe('id-7');
    expect(response.header('x-request-id')).toBeUndefined();
  });

  it('is a 500 where generate returns something that a header or a log could misread', async () => {
    for (const made of ['', 'a b', 'a\r\nSet-Cookie: x=1', 'x'.repeat(129), 7 as never])
      expect((await ask({ generate: () => made })).status).toBe(500);
  });
});

describe('an id that the request brings', () => {
  const incoming = { 'x-request-id': 'from-the-proxy_1' };

  it('is ignored by default', async () => {
    expect((await ask({}, incoming)).header('x-request-id')).toMatch(UUID);
  });

  it('is kept if it is trusted, always or by a function', async () => {
    expect((await ask({ trustIncoming: true }, incoming)).header('x-request-id')).toBe('from-the-proxy_1');
    const byKey = ({ request }: Context) => request.header('x-key') === 'secret';
    const asked = (headers: object) => ask({ trustIncoming: byKey }, { ...incoming, ...headers });
    expect((await asked({ 'x-key': 'secret' })).header('x-request-id')).toBe('from-the-proxy_1');
    expect((await asked({})).header('x-request-id')).toMatch(UUID);
  });

  it('is replaced if it is not 1 to 128 letters, digits, "_" and "-" (CWE-117)', async () => {
    const app = await start({ trustIncoming: true });
    for (const value of ['', 'a b', 'a,b', 'ä', 'a;b', '{{7*7}}', '<b>', '../../etc', 'x'.repeat(129)])
      expect(
        (await app.inject({ url: '/notes', headers: { 'x-request-id': value } })).header('x-request-id'),
      ).toMatch(UUID);
    const longest = 'x'.repeat(128);
    expect(
      (await app.inject({ url: '/notes', headers: { 'x-request-id': longest } })).header('x-request-id'),
    ).toBe(longest);
  });

  it('is replaced if the header comes twice', async () => {
    const app = await start({ trustIncoming: true });
    const response = await app.inject({ url: '/notes', headers: { 'x-request-id': ['a', 'b'] as never } });
    expect(response.header('x-request-id')).toMatch(UUID);
  });

  it('never puts another text than a safe one into the response', async () => {
    const app = await start({ trustIncoming: true });
    const printable = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    });
    await fc.assert(
      fc.asyncProperty(printable, async (value) => {
        const response = await app.inject({ url: '/notes', headers: { 'x-request-id': value } });
        const id = response.header('x-request-id')!;
        expect(id).toMatch(SAFE);
        if (SAFE.test(value)) expect(id).toBe(value);
      }),
    );
  });
});

describe('options of requestId', () => {
  it.each([
    [{ header: 'X' }, 'OPTION_UNKNOWN'],
    [{ headerName: 'a b' }, 'OPTION_INVALID'],
    [{ headerName: '' }, 'OPTION_INVALID'],
    [{ trustIncoming: 'yes' }, 'OPTION_INVALID'],
    [{ generate: 'uuid' }, 'OPTION_INVALID'],
  ])('refuse %j at start-up', (options, code) => {
    expect(() => requestId(options as never)).toThrow(code);
  });

  it('are in the plan', async () => {
    const app = await start({ trustIncoming: true });
    expect(app.plan.routes[0]!.steps[0]).toMatchObject({
      name: 'requestId',
      options: { headerName: 'X-Request-Id', trustIncoming: true },
    });
  });
});

describe('@RequestId()', () => {
  it('refuses to start without the middleware', async () => {
    await expect(createApp({ controllers: [NotesController] })).rejects.toThrow('MIDDLEWARE_MISSING');
  });
});

describe('on a socket', () => {
  it('is in the response of every request of a connection', async () => {
    const app = await start();
    const { url } = await app.listen({ port: 0 });
    const ids = await Promise.all(
      [1, 2, 3].map(async () => (await fetch(`${url}/notes`)).headers.get('x-request-id')),
    );
    expect(new Set(ids).size).toBe(3);
    await app.close();
  });
});
