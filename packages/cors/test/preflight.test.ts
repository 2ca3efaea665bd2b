import { createApp } from '@sluice/core';
import fc from 'fast-check';
import { cors, type CorsOptions } from '../src';

const ORIGIN = 'https://app.example';
const VARY =
  'Access-Control-Request-Method, Access-Control-Request-Headers, Access-Control-Request-Private-Network';

/** Asks for GET from the listed origin, unless the headers say otherwise. */
async function ask(options: CorsOptions, headers: Record<string, string> = {}) {
  const app = await createApp({
    middleware: [cors({ allowOrigins: [ORIGIN], ...options })],
    routes: [{ method: 'ALL', path: '/', handler: () => 'Homepage' }],
  });
  const defaults = { origin: ORIGIN, 'access-control-request-method': 'GET' };
  return app.inject({ method: 'OPTIONS', url: '/', headers: { ...defaults, ...headers } });
}

function allowHeaderNames(headers: Readonly<Record<string, string>>): string[] {
  return Object.keys(headers).filter((name) => name.startsWith('access-control-'));
}

describe('a granted preflight', () => {
  it('is 204 with no body and no length, and says everything once', async () => {
    const response = await ask({});
    expect(response.status).toBe(204);
    expect(response.body).toHaveLength(0);
    expect(response.header('content-length')).toBeUndefined();
    expect(response.header('content-type')).toBeUndefined();
    expect(response.header('access-control-allow-origin')).toBe(ORIGIN);
    expect(response.header('access-control-allow-methods')).toBe('GET, POST, PUT, DELETE');
    expect(response.header('access-control-allow-headers')).toBe(
      'Accept, Accept-Language, Content-Language, Content-Type',
    );
    expect(response.header('access-control-max-age')).toBe('600');
    expect(response.header('vary')).toBe(`Origin, ${VARY}`);
    expect(allowHeaderNames(response.headers)).toHaveLength(4);
  });

  it('sends a max-age of 0, which is not the same as none', async () => {
    expect((await ask({ maxAge: 0 })).header('access-control-max-age')).toBe('0');
  });

  it('says that credentials may be used, and never which headers are exposed', async () => {
    const response = await ask({ allowCredentials: true, exposeHeaders: ['X-Total'] });
    expect(response.header('access-control-allow-credentials')).toBe('true');
    expect(response.header('access-control-expose-headers')).toBeUndefined();
  });

  it('does not vary under the policy for everyone', async () => {
    const response = await ask({ allowOrigins: ['*'] });
    expect(response.header('access-control-allow-origin')).toBe('*');
    expect(response.header('vary')).toBeUndefined();
  });

  it('adds the listed names to the safelisted ones, each once', async () => {
    const asked = { 'access-control-request-headers': 'X-Example, content-type' };
    const response = await ask({ allowHeaders: ['X-Example', 'Content-Type', 'x-example'] }, asked);
    expect(response.status).toBe(204);
    expect(response.header('access-control-allow-headers')).toBe(
      'Accept, Accept-Language, Content-Language, Content-Type, X-Example',
    );
  });

  it.each(['accept,content-type', 'Accept-Language', 'content-language', '', ' , ,'])(
    'never needs a list for %j',
    async (names) => {
      expect((await ask({}, { 'access-control-request-headers': names })).status).toBe(204);
    },
  );

  it('reaches neither handler nor body', async () => {
    let ran = false;
    const app = await createApp({
      middleware: [cors({ allowOrigins: [ORIGIN] })],
      routes: [{ method: 'PUT', path: '/', handler: () => (ran = true) }],
    });
    const headers = { origin: ORIGIN, 'access-control-request-method': 'PUT' };
    expect((await app.inject({ method: 'OPTIONS', url: '/', headers })).status).toBe(204);
    expect(ran).toBe(false);
  });
});

describe('methods', () => {
  it.each(['GET', 'HEAD', 'POST', 'PUT', 'DELETE'])('grants %s by default', async (method) => {
    expect((await ask({}, { 'access-control-request-method': method })).status).toBe(204);
  });

  it.each(['PATCH', 'get', 'Put', 'TRACE', 'PROPFIND', 'GET, PUT'])(
    'refuses %j by default',
    async (method) => {
      const response = await ask({}, { 'access-control-request-method': method });
      expect(response.json()).toMatchObject({ status: 403, code: 'cors_refused' });
      expect(allowHeaderNames(response.headers)).toEqual([]);
    },
  );

  it('refuses HEAD where GET is not listed', async () => {
    const response = await ask({ allowMethods: ['POST'] }, { 'access-control-request-method': 'HEAD' });
    expect(response.status).toBe(403);
  });

  it('lists every method for *', async () => {
    const response = await ask({ allowMethods: ['*'] }, { 'access-control-request-method': 'PATCH' });
    expect(response.header('access-control-allow-methods')).toBe(
      'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
    );
  });
});

describe('reflected header names', () => {
  const options: CorsOptions = { allowHeaders: ['*'], allowCredentials: true };

  it('are those that were asked for, Authorization included', async () => {
    const response = await ask(options, {
      'access-control-request-headers': 'authorization, X-Example,x-example',
    });
    expect(response.header('access-control-allow-headers')).toBe('authorization, X-Example');
  });

  it('are left out where none was asked for', async () => {
    const response = await ask(options);
    expect(response.status).toBe(204);
    expect(response.header('access-control-allow-headers')).toBeUndefined();
  });

  it.each(['x y', 'x:y', 'x\ty', '"x"', 'x, (y)', 'é', 'x;q=1'])(
    'refuses %j, which is no name',
    async (names) => {
      const response = await ask(options, { 'access-control-request-headers': names });
      expect(response.status).toBe(403);
      expect(allowHeaderNames(response.headers)).toEqual([]);
    },
  );

  it('refuses more than could be honest', async () => {
    const response = await ask(options, { 'access-control-request-headers': 'x,'.repeat(3000) });
    expect(response.status).toBe(403);
  });

  it('are always a list of tokens that were asked for, whatever was sent', async () => {
    const printable = fc.string({ unit: fc.constantFrom(...'aZ-_,, \t:;"(*'), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(printable, async (names) => {
        const response = await ask(options, { 'access-control-request-headers': names });
        const reflected = response.header('access-control-allow-headers');
        if (reflected === undefined) return;
        for (const name of reflected.split(', ')) {
          expect(name).toMatch(/^[\w!#$%&'*+.^`|~-]+$/);
          expect(names).toContain(name);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('private networks', () => {
  const asked = { 'access-control-request-private-network': 'true' };

  it('are opened on request, where the options say so', async () => {
    const response = await ask({ allowPrivateNetwork: true }, asked);
    expect(response.header('access-control-allow-private-network')).toBe('true');
  });

  it('are not spoken of where nobody asked', async () => {
    const response = await ask({ allowPrivateNetwork: true });
    expect(response.status).toBe(204);
    expect(response.header('access-control-allow-private-network')).toBeUndefined();
  });

  it('are refused by default', async () => {
    const response = await ask({ allowOrigins: '*' }, asked);
    expect(response.json()).toMatchObject({
      status: 403,
      detail: 'The CORS preflight asks for what is not allowed here: private network.',
    });
  });
});

describe('a refused preflight', () => {
  const everything = {
    origin: 'https://evil.example',
    'access-control-request-method': 'PATCH',
    'access-control-request-headers': 'X-Nope-1, X-Nope-2',
    'access-control-request-private-network': 'true',
  };

  it('says each thing that was refused once, and nothing that the client sent', async () => {
    const response = await ask({}, everything);
    expect(response.status).toBe(403);
    expect(response.header('content-type')).toContain('application/problem+json');
    expect(response.json()).toMatchObject({
      code: 'cors_refused',
      detail:
        'The CORS preflight asks for what is not allowed here: origin, method, headers, private network.',
    });
    expect(response.text()).not.toMatch(/evil|PATCH|X-Nope/);
  });

  it('carries no allow header, and still varies', async () => {
    const response = await ask({ allowCredentials: true, exposeHeaders: ['A'] }, everything);
    expect(allowHeaderNames(response.headers)).toEqual([]);
    expect(response.header('vary')).toBe(`Origin, ${VARY}`);
  });

  it('carries no allow header under the policy for everyone', async () => {
    const response = await ask({ allowOrigins: '*' }, everything);
    expect(response.json()).toMatchObject({ status: 403 });
    expect(allowHeaderNames(response.headers)).toEqual([]);
    expect(response.header('vary')).toBeUndefined();
  });

  it.each([
    ['origin', { origin: 'https://APP.example' }],
    ['method', { 'access-control-request-method': 'PATCH' }],
    ['headers', { 'access-control-request-headers': 'X-Nope' }],
  ])('names the %s alone where only that is wrong', async (category, headers) => {
    const response = await ask({}, headers);
    expect(response.json()).toMatchObject({
      detail: `The CORS preflight asks for what is not allowed here: ${category}.`,
    });
  });
});
