import { json, type App, type Context } from '@sluice/core';
import { apiKey, USER, type ApiKeyOptions } from '../src';
import { logged, start, describeRefusal } from './guarded-app';

const KEY = 'a key of billing, long enough';
const OTHER = 'a key of reports, long enough';
const keys = { billing: KEY, reports: OTHER };
const handler = (context: Context) => json(context.get(USER) ?? null);

function serve(options: Partial<ApiKeyOptions<unknown>>): Promise<App> {
  return start({
    routes: [
      { method: 'GET', path: '/', handler },
      { method: 'GET', path: '/broken', handler: () => Promise.reject(new Error('broken')) },
    ],
    middleware: [apiKey({ keys, ...options } as ApiKeyOptions<unknown>)],
  });
}

describe('apiKey', () => {
  it.each([
    ['header', { headers: { 'x-key': OTHER }, url: '/' }, 'X-Key'],
    ['query', { url: `/?x-key=${encodeURIComponent(OTHER)}` }, undefined],
    ['cookie', { headers: { cookie: `a=b; x-key=${OTHER}` }, url: '/' }, 'Cookie'],
  ] as const)('accepts a key in the %s', async (place, request, vary) => {
    const name = place === 'header' ? 'X-Key' : 'x-key';
    const app = await serve({ in: place, name });
    const response = await app.inject(request);
    expect(response.json()).toEqual({ name: 'reports' });
    expect(response.header('vary')).toBe(vary);
    expect(response.header('cache-control')).toBe('private');
    const challenge = `ApiKey realm="api", in="${place}", name="${name}"`;
    expect(describeRefusal(await app.inject({ url: '/' }))).toEqual([401, 'credentials_missing', challenge]);
  });

  it('refuses an unknown key, and two keys', async () => {
    const app = await serve({});
    const ask = (key: string | string[]) => app.inject({ url: '/', headers: { 'x-api-key': key } });
    expect((await ask(KEY)).json()).toEqual({ name: 'billing' });
    expect(describeRefusal(await ask(KEY.slice(1)))).toEqual([
      401,
      'credentials_invalid',
      expect.stringMatching(/^ApiKey /),
    ]);
    expect(describeRefusal(await ask([KEY, OTHER]))).toEqual([
      400,
      'invalid_request',
      expect.stringMatching(/^ApiKey /),
    ]);
  });

  describe('in a cookie', () => {
    const ask = (app: App, values: readonly string[]) =>
      app.inject({ url: '/', headers: { cookie: values.map((value) => `k=${value}`).join('; ') } });
    const many = Array.from({ length: 100 }, (_, index) => `forged-${index}`);

    it('is found among others with its name, which a sibling host or an older application has set', async () => {
      const app = await serve({ in: 'cookie', name: 'k' });
      for (const values of [
        ['forged', KEY],
        [KEY, 'forged'],
        ['', KEY],
        [...many, KEY],
      ])
        expect((await ask(app, values)).json()).toEqual({ name: 'billing' });
      expect((await ask(app, [KEY, OTHER])).json()).toEqual({ name: 'billing' });
      expect(describeRefusal(await ask(app, many))).toEqual([401, 'credentials_invalid', expect.anything()]);
    });

    it.each([
      ['at once', (user: unknown) => user],
      ['later', (user: unknown) => Promise.resolve(user)],
    ])('is verified with each different value in turn, %s, until one has a user', async (_, give) => {
      const asked: string[] = [];
      const verify = (key: string) => (asked.push(key), give(key === 'mine' ? { name: 'me' } : null));
      const app = await serve({ keys: undefined, in: 'cookie', name: 'k', verify } as never);
      expect((await ask(app, ['a', 'b', 'a', 'mine', 'c'])).json()).toEqual({ name: 'me' });
      expect(asked.splice(0)).toEqual(['a', 'b', 'mine']);
      expect(describeRefusal(await ask(app, ['a', 'b']))).toEqual([
        401,
        'credentials_invalid',
        expect.anything(),
      ]);
      expect(asked.splice(0)).toEqual(['a', 'b']);
      expect((await ask(app, [...many.slice(0, 15), 'mine'])).json()).toEqual({ name: 'me' });
      asked.length = 0;
      expect(describeRefusal(await ask(app, [...many.slice(0, 16), 'mine']))).toEqual([
        400,
        'invalid_request',
        expect.anything(),
      ]);
      expect(asked).toEqual([]);
    });
  });

  it('never logs a key of the query', async () => {
    const app = await serve({ in: 'query', name: 'key' });
    const response = await app.inject({ url: `/broken?key=${encodeURIComponent(KEY)}` });
    expect(response.status).toBe(500);
    expect(logged.join()).toContain('broken');
    expect(decodeURIComponent(logged.join())).not.toContain(KEY);
  });

  it('accepts the user that verify returns', async () => {
    const app = await serve({ keys: undefined, verify: (key: string) => ({ id: key.length }) } as never);
    expect((await app.inject({ url: '/', headers: { 'x-api-key': 'four' } })).json()).toEqual({ id: 4 });
  });

  it.each([
    [{}, 'It needs either keys or verify, not both'],
    [{ keys: { billing: 'short' } }, 'keys must have keys of at least 16 characters'],
    [{ keys: { billing: undefined } }, 'keys must have keys of at least 16 characters'],
    [{ keys: { billing: KEY, reports: KEY } }, 'keys must have a different key for each owner'],
    [{ keys, in: 'body' }, 'in must be one of "header", "query", "cookie"'],
    [{ keys, name: 'a b' }, "name must have only letters, digits and !#$%&'*+-.^_`|~"],
  ])('refuses the options %p', (options, message) => {
    expect(() => apiKey(options as never)).toThrow(message);
  });

  it('puts no key into the plan', async () => {
    expect(JSON.stringify((await serve({})).plan)).not.toContain(KEY);
  });
});
