import { HeaderLine, type Context, type Next } from '@sluice/core';
import { readSession, type SessionData, type SessionOptions } from '../src';
import { makeSessionApp } from './session-app';

type Headers = Record<string, string>;

/** The caching headers of a response that changes the session. */
async function answer(headers: Headers, options: Partial<SessionOptions> = {}): Promise<Headers> {
  const handler = (context: Context) => {
    (readSession(context) as SessionData)['user'] = 'ada';
    for (const [name, value] of Object.entries(headers)) context.response.headers.set(name, value);
    return 'ok';
  };
  const app = await makeSessionApp(options, { routes: [{ method: 'GET', path: '/x', handler }] });
  const response = await app.inject({ url: '/x' });
  expect(response.headerLines('set-cookie')).toHaveLength(1);
  return Object.fromEntries<string>(
    Object.entries(response.headers).filter(([name]) => /cache-control|surrogate/.test(name)),
  );
}

const set = (value: string): Headers => ({ 'cache-control': value });

describe('a response that sets the cookie of the session', () => {
  it.each([
    'public',
    'public, max-age=3600',
    'PUBLIC',
    'max-age=60',
    's-maxage=60',
    'no-cache',
    'private="Set-Cookie"',
    'private="a, b", max-age=5',
    'private, public',
    'immutable',
  ])('gets no-store, even if the handler says %j', async (value) =>
    expect(await answer(set(value))).toEqual(set('no-store')),
  );

  it.each([
    'private',
    'private, max-age=5',
    'Private',
    'no-store',
    'no-store, max-age=0',
    'max-age=5,private',
  ])('keeps %j of the handler, with which no shared cache stores it', async (value) =>
    expect(await answer(set(value))).toEqual(set(value)),
  );

  it('keeps everything that the handler says with keepCacheControl', async () => {
    const options = { keepCacheControl: true };
    for (const headers of [
      set('public, max-age=60'),
      { ...set('max-age=1'), 'cdn-cache-control': 'max-age=60' },
    ])
      expect(await answer(headers, options)).toEqual(headers);
    expect(await answer({}, options)).toEqual(set('no-store'));
  });

  it.each(['CDN-Cache-Control', 'Cloudflare-CDN-Cache-Control', 'Surrogate-Control'])(
    'gets no-store in %s too, which a cache prefers (RFC 9213 §2.2), if the handler has set it',
    async (name) => {
      const lower = name.toLowerCase();
      expect(await answer({ [name]: 'max-age=60' })).toEqual({ ...set('no-store'), [lower]: 'no-store' });
      expect(await answer({ [name]: 'private', ...set('private') })).toEqual({
        ...set('private'),
        [lower]: 'private',
      });
    },
  );

  it('does not take the default of a guard for a decision of the handler', async () => {
    const line = new HeaderLine('Cache-Control', 'private');
    const guard = async (context: Context, next: Next) => {
      await next();
      context.response.headers.setDefault(line);
    };
    const handler = (context: Context) => void ((readSession(context) as SessionData)['n'] = 1);
    for (const keepCacheControl of [false, true]) {
      const app = await makeSessionApp(
        { keepCacheControl },
        { routes: [{ method: 'GET', path: '/x', handler, middleware: [guard] }] },
      );
      expect((await app.inject({ url: '/x' })).header('cache-control')).toBe('no-store');
    }
  });
});
