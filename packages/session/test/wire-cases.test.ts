import type { SessionOptions } from '../src';
import { Browser } from './browser';
import { makeSessionApp } from './session-app';

/** The cases of Starlette's SessionMiddleware, with the differences that the README names. */
describe('a session, as users of Starlette know it,', () => {
  it('keeps data until it is cleared', async () => {
    const browser = new Browser(await makeSessionApp());
    expect((await browser.get('/view')).json()).toEqual({ session: {} });
    const set = await browser.post('/update', { some: 'data' });
    expect(set.json()).toEqual({ session: { some: 'data' } });
    expect(set.header('set-cookie')).toContain('; Max-Age=1209600;');
    expect((await browser.get('/view')).json()).toEqual({ session: { some: 'data' } });
    const cleared = await browser.post('/clear');
    expect(cleared.json()).toEqual({ session: {} });
    expect(cleared.headerLines('set-cookie')).toEqual([
      'session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
    ]);
    expect((await browser.get('/view')).json()).toEqual({ session: {} });
  });

  it('sends Vary but no cookie when an empty session is cleared', async () => {
    const response = await new Browser(await makeSessionApp()).post('/clear');
    expect(response.headerLines('set-cookie')).toEqual([]);
    expect(response.header('vary')).toBe('Cookie');
  });

  it.each<[Partial<SessionOptions>, RegExp]>([
    [{ httpsOnly: true }, /; Secure/],
    [{ path: '/second_app' }, /; Path=\/second_app;/],
    [{ domain: '.example.com' }, /; Domain=\.?example\.com/],
    [{ maxAge: null }, /^(?!.*max-age)/i],
    [{ maxAge: 0 }, /^(?!.*max-age)/i],
    [
      {
        sameSite: 'strict',
        httpsOnly: true,
        domain: 'example.com',
        sessionCookie: 'sid',
        path: '/app',
        maxAge: 60,
      },
      /^sid=[^;]+; Max-Age=60; Domain=example.com; Path=\/app; HttpOnly; Secure; SameSite=Strict$/,
    ],
    [{ partitioned: true, httpsOnly: true }, /; Partitioned/],
  ])('sets the cookie as %j says', async (options, line) => {
    const response = await new Browser(await makeSessionApp(options)).post('/update', { some: 'data' });
    expect(response.headerLines('set-cookie')).toEqual([expect.stringMatching(line)]);
  });

  it('sends a Secure cookie over plain HTTP too, because a proxy may terminate TLS', async () => {
    const response = await new Browser(
      await makeSessionApp({ httpsOnly: true, sessionCookie: '__Host-id' }),
    ).post('/update', { a: 1 });
    expect(response.headerLines('set-cookie')[0]).toMatch(/^__Host-id=[^;]+; .*; Secure/);
  });
});
