import { gunzipSync } from 'node:zlib';
import { type App } from '@sluice/core';
import { createQuickstart } from '../src/create-quickstart';

const PAGE = 'https://page.example';

describe('the quickstart', () => {
  let app: App;

  beforeAll(async () => {
    app = await createQuickstart();
  });

  it('answers with its status', async () => {
    const response = await app.inject({ url: '/' });
    expect(response.status).toBe(200);
    expect(response.header('content-type')).toBe('application/json');
    expect(response.text()).toBe('{"status":"running"}');
  });

  it('serves slow requests at the same time', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => app.inject({ url: '/slow' })));
    expect(answers.map((answer) => answer.json())).toEqual(Array(3).fill({ waitedMs: 50 }));
  });

  it('runs the middleware in the order in which it is written', () => {
    const steps = app.plan.routes.map(({ info, steps }) => [
      `${info.method} ${info.path}`,
      steps.map(({ name }) => name).join(' > '),
    ]);
    const shared = 'trustedHost > cors > gzip > session';
    expect(Object.fromEntries(steps)).toEqual({
      'GET /': `${shared} > status`,
      'GET /heavy': `${shared} > heavy`,
      'GET /counter': `${shared} > counter`,
      'GET /admin': `${shared} > requireAuthorization > admin`,
      'POST /echo': `${shared} > body(json) > echo`,
      'GET /slow': `${shared} > slow`,
      'GET /openapi.json': `${shared} > openapi.json`,
      'GET /openapi.yaml': `${shared} > openapi.yaml`,
      'GET /docs': `${shared} > swaggerUi.page`,
      'GET /docs/:file': `${shared} > swaggerUi.file`,
    });
  });

  it('refuses to start with a short session secret', async () => {
    const starting = Promise.resolve().then(() => createQuickstart({ sessionSecret: 'short' }));
    await expect(starting).rejects.toThrow('secretKey must have at least 32 bytes');
  });

  describe('trusted hosts', () => {
    it.each(['127.0.0.1', 'localhost', '127.0.0.1:8000', 'LOCALHOST:1234'])('serves %s', async (host) => {
      expect((await app.inject({ url: '/', headers: { host } })).status).toBe(200);
    });

    it.each(['evil.example', '127.0.0.1.evil.example', 'localhost@evil.example'])(
      'refuses %s before anything else runs',
      async (host) => {
        const response = await app.inject({ url: '/counter', headers: { host, origin: PAGE } });
        expect(response.status).toBe(400);
        expect(response.header('content-type')).toBe('application/problem+json');
        expect(response.header('access-control-allow-origin')).toBeUndefined();
        expect(response.header('set-cookie')).toBeUndefined();
      },
    );
  });

  describe('CORS', () => {
    it('allows every origin to read responses, errors too', async () => {
      for (const url of ['/', '/heavy', '/counter', '/admin', '/nowhere']) {
        const response = await app.inject({ url, headers: { origin: PAGE } });
        expect(response.header('access-control-allow-origin')).toBe('*');
        expect(response.header('vary') ?? '').not.toContain('Origin');
      }
    });

    it('allows the preflight of a POST with any header', async () => {
      const response = await preflight('POST', 'content-type, x-anything');
      expect(response.status).toBe(204);
      expect(response.body.byteLength).toBe(0);
      expect(response.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'content-type, x-anything',
        'access-control-max-age': '600',
      });
    });

    it('refuses the preflight of a PUT, and names the reason', async () => {
      const response = await preflight('PUT');
      expect(response.status).toBe(403);
      expect(response.json()).toMatchObject({ status: 403, detail: expect.stringContaining('method') });
      expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    });

    function preflight(method: string, names?: string) {
      const asked = names === undefined ? {} : { 'access-control-request-headers': names };
      const headers = { origin: PAGE, 'access-control-request-method': method, ...asked };
      return app.inject({ method: 'OPTIONS', url: '/echo', headers });
    }
  });

  describe('gzip', () => {
    const text = JSON.stringify({ data: 'x'.repeat(1000), note: 'Check content-encoding header!' });

    it('encodes a long body', async () => {
      const response = await app.inject({ url: '/heavy', headers: { 'accept-encoding': 'gzip' } });
      expect(response.header('content-encoding')).toBe('gzip');
      expect(response.header('vary')).toBe('Accept-Encoding');
      expect(response.body.byteLength).toBeLessThan(150);
      expect(gunzipSync(response.body).toString()).toBe(text);
    });

    it.each([{}, { 'accept-encoding': 'br' }, { 'accept-encoding': 'gzip;q=0' }])(
      'does not encode for a client that sends %j',
      async (headers) => {
        const response = await app.inject({ url: '/heavy', headers });
        expect(response.header('content-encoding')).toBeUndefined();
        expect(response.header('vary')).toBe('Accept-Encoding');
        expect(response.text()).toBe(text);
      },
    );

    it('does not encode a short body', async () => {
      const response = await app.inject({ url: '/', headers: { 'accept-encoding': 'gzip' } });
      expect(response.header('content-encoding')).toBeUndefined();
    });
  });

  describe('the session', () => {
    it('counts the visits of each visitor', async () => {
      const first = await app.inject({ url: '/counter' });
      expect(first.text()).toBe('{"count":1}');
      const second = await app.inject({ url: '/counter', headers: { cookie: readCookie(first) } });
      expect(second.text()).toBe('{"count":2}');
      const stranger = await app.inject({ url: '/counter' });
      expect(stranger.text()).toBe('{"count":1}');
    });

    it('hides its cookie from scripts and other sites, and lasts an hour', async () => {
      const response = await app.inject({ url: '/counter' });
      const [line, ...more] = response.headerLines('set-cookie');
      expect(more).toEqual([]);
      expect(line).toMatch(/^sluice_session=[\w-]+; Max-Age=3600; Path=\/; HttpOnly; SameSite=Lax$/);
      expect(response.header('vary')).toContain('Cookie');
    });

    it('starts again if the cookie was changed', async () => {
      const cookie = readCookie(await app.inject({ url: '/counter' }));
      const tampered = `${cookie.slice(0, -2)}${cookie.endsWith('AA') ? 'BB' : 'AA'}`;
      const response = await app.inject({ url: '/counter', headers: { cookie: tampered } });
      expect(response.text()).toBe('{"count":1}');
    });

    it('sets no cookie on routes without a session', async () => {
      expect((await app.inject({ url: '/' })).headerLines('set-cookie')).toEqual([]);
    });

    function readCookie(response: Awaited<ReturnType<App['inject']>>): string {
      return response.headerLines('set-cookie')[0]!.split(';')[0]!;
    }
  });

  describe('/admin', () => {
    it('refuses a request without an Authorization header', async () => {
      const response = await app.inject({ url: '/admin' });
      expect(response.status).toBe(401);
      expect(response.header('content-type')).toBe('application/json');
      expect(response.header('www-authenticate')).toBe('Bearer');
      expect(response.text()).toBe('{"error":"Unauthorized"}');
    });

    it('admits a request with one', async () => {
      const response = await app.inject({ url: '/admin', headers: { authorization: 'Bearer anything' } });
      expect(response.status).toBe(200);
      expect(response.text()).toBe('{"message":"Admin access granted"}');
    });
  });

  describe('/echo', () => {
    it.each([{ a: [1, 'two', null] }, [1, 2], 'text', 0, false])('sends %j back', async (value) => {
      const headers = { 'content-type': 'application/json' };
      const response = await app.inject({
        method: 'POST',
        url: '/echo',
        headers,
        body: JSON.stringify(value),
      });
      expect(response.status).toBe(200);
      expect(response.header('content-type')).toBe('application/json');
      expect(response.json()).toEqual(value);
    });

    it.each([
      ['broken JSON', 400, 'application/json', '{"a":'],
      ['another content type', 415, 'text/plain', 'hello'],
      ['more than 1 MiB', 413, 'application/json', `"${'x'.repeat(1024 * 1024)}"`],
    ])('refuses %s with %i', async (_, status, type, body) => {
      const headers = { 'content-type': type };
      await expectProblem(status, { method: 'POST', url: '/echo', headers, body });
    });
  });

  describe('other requests', () => {
    it('get 404 for an unknown path', () => expectProblem(404, { url: '/nowhere' }));

    it('get 405 with Allow for another method', async () => {
      const response = await expectProblem(405, { method: 'PUT', url: '/echo' });
      expect(response.header('allow')).toBe('POST, OPTIONS');
    });
  });

  async function expectProblem(status: number, request: Parameters<App['inject']>[0]) {
    const response = await app.inject({ ...request, headers: { origin: PAGE, ...request.headers } });
    expect(response.status).toBe(status);
    expect(response.header('content-type')).toBe('application/problem+json');
    expect(response.json()).toMatchObject({ status });
    expect(response.header('access-control-allow-origin')).toBe('*');
    return response;
  }
});
