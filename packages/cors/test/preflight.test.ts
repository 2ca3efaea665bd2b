import { createApp } from '@sluice/core';
import fc from 'fast-check';
import { cors, type CorsOptions } from '../src';

const ORIGIN = 'https://app.example';
const VARY =
  'Access-Control-Request-Method, Access-Control-Request-Headers, Access-Control-Request-Private-Network';

/** Sends a preflight for GET from the listed origin, unless the headers say otherwise. */
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
  it('is a 204 without a body, and has each header once', async () => {
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

  it('sends a max-age of 0, which differs from none', async () => {
    expect((await ask({ maxAge: 0 })).header('access-control-max-age')).toBe('0');
  });

  it('allows credentials, and does not name the exposed headers', async () => {
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
    'needs no list for %j',
    async (names) => {
      expect((await ask({}, { 'access-control-request-headers': names })).status).toBe(204);
    },
  );

  it('does not reach the handler', async () => {
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
  it.each(['GET', 'HEAD', 'POST', 'PUT', 'DELETE'])('%s is allowed by default', async (method) => {
    expect((await ask({}, { 'access-control-request-method': method })).status).toBe(204);
  });

  it.each(['PATCH', 'get', 'Put', 'TRACE', 'PROPFIND', 'GET, PUT'])(
    '%j is refused by default',
    async (method) => {
      const response = await ask({}, { 'access-control-request-method': method });
      expect(response.json()).toMatchObject({ status: 403, code: 'cors_refused' });
      expect(allowHeaderNames(response.headers)).toEqual([]);
    },
  );

  it('HEAD is refused if GET is not listed', async () => {
    const response = await ask({ allowMethods: ['POST'] }, { 'access-control-request-method': 'HEAD' });
    expect(response.status).toBe(403);
  });

  it('are all listed for *', async () => {
    const response = await ask({ allowMethods: ['*'] }, { 'access-control-request-method': 'PATCH' });
    expect(response.header('access-control-allow-methods')).toBe(
      'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
    );
  });
});

describe('reflected header names', () => {
  const options: CorsOptions = { allowHeaders: ['*'], allowCredentials: true };

  it('are those that the preflight asks for, including Authorization', async () => {
    const response = await ask(options, {
      'access-control-request-headers': 'authorization, X-Example,x-example',
    });
    expect(response.header('access-control-allow-headers')).toBe('authorization, X-Example');
  });

  it('are left out if the preflight asks for none', async () => {
    const response = await ask(options);
    expect(response.status).toBe(204);
    expect(response.header('access-control-allow-headers')).toBeUndefined();
  });

  it.each(['x y', 'x:y', 'x\ty', '"x"', 'x, (y)', 'é', 'x;q=1'])(
    'must be valid: %j is refused',
    async (names) => {
      const response = await ask(options, { 'access-control-request-headers': names });
      expect(response.status).toBe(403);
      expect(allowHeaderNames(response.headers)).toEqual([]);
    },
  );

  it('must not be longer than 4096 characters', async () => {
    const response = await ask(options, { 'access-control-request-headers': 'x,'.repeat(3000) });
    expect(response.status).toBe(403);
  });

  it('are always tokens that the preflight asks for, whatever it sends', async () => {
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

  it('are allowed on request, if the options say so', async () => {
    const response = await ask({ allowPrivateNetwork: true }, asked);
    expect(response.header('access-control-allow-private-network')).toBe('true');
  });

  it('are not mentioned if the preflight does not ask', async () => {
    const response = await ask({ allowPrivateNetwork: true });
    expect(response.status).toBe(204);
    expect(response.header('access-control-allow-private-network')).toBeUndefined();
  });

  it('are refused by default', async () => {
    const response = await ask({ allowOrigins: '*' }, asked);
    expect(response.json()).toMatchObject({
      status: 403,
      detail: 'The CORS policy does not allow this preflight because of: private network.',
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

  it('names each refused part once, and repeats nothing that the client sent', async () => {
    const response = await ask({}, everything);
    expect(response.status).toBe(403);
    expect(response.header('content-type')).toContain('application/problem+json');
    expect(response.json()).toMatchObject({
      code: 'cors_refused',
      detail:
        'The CORS policy does not allow this preflight because of: origin, method, headers, private network.',
    });
    expect(response.text()).not.toMatch(/evil|PATCH|X-Nope/);
  });

  it('has no allow header, but Vary', async () => {
    const response = await ask({ allowCredentials: true, exposeHeaders: ['A'] }, everything);
    expect(allowHeaderNames(response.headers)).toEqual([]);
    expect(response.header('vary')).toBe(`Origin, ${VARY}`);
  });

  it('has no allow header under the policy for everyone', async () => {
    const response = await ask({ allowOrigins: '*' }, everything);
    expect(response.json()).toMatchObject({ status: 403 });
    expect(allowHeaderNames(response.headers)).toEqual([]);
    expect(response.header('vary')).toBeUndefined();
  });

  it.each([
    ['origin', { origin: 'https://APP.example' }],
    ['method', { 'access-control-request-method': 'PATCH' }],
    ['headers', { 'access-control-request-headers': 'X-Nope' }],
  ])('names only the %s if only that is refused', async (category, headers) => {
    const response = await ask({}, headers);
    expect(response.json()).toMatchObject({
      detail: `The CORS policy does not allow this preflight because of: ${category}.`,
    });
  });
});
