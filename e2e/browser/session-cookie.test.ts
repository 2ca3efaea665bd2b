import { createApp, noContent, type App, type Context } from '@sluice/core';
import { cors } from '@sluice/cors';
import { destroySession, readSession, session } from '@sluice/session';
import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { createQuickstart } from '../../samples/01-quickstart/src/create-quickstart';
import { fetchInPage } from './fetch-in-page';
import { BROWSER_TIMEOUT_MS, launchChromium } from './launch-chromium';
import { servePage, type PageServer } from './serve-page';

jest.setTimeout(BROWSER_TIMEOUT_MS);

const SECRET = 'a secret of the browser tests, 32 bytes at least';

describe('a session in the browser', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(() => browser?.close());

  beforeEach(async () => {
    context = await browser.newContext();
    page = await context.newPage();
  });

  afterEach(() => context.close());

  describe('in the quickstart', () => {
    let quickstart: App;
    let url: string;

    beforeAll(async () => {
      quickstart = await createQuickstart();
      ({ url } = await quickstart.listen({ port: 0, handleSignals: false }));
    });

    afterAll(() => quickstart.close());

    it('survives a reload, and another page', async () => {
      await page.goto(`${url}/counter`);
      expect(await readBody()).toEqual({ count: 1 });
      await page.reload();
      expect(await readBody()).toEqual({ count: 2 });
      await page.goto(url);
      await page.goto(`${url}/counter`);
      expect(await readBody()).toEqual({ count: 3 });
    });

    it('is a cookie that scripts cannot see', async () => {
      await page.goto(`${url}/counter`);
      const now = Date.now() / 1000;
      const [cookie, ...others] = await context.cookies();
      expect(others).toEqual([]);
      expect(cookie).toMatchObject({
        name: 'sluice_session',
        domain: '127.0.0.1',
        path: '/',
        httpOnly: true,
        secure: false,
        sameSite: 'Lax',
      });
      expect(Math.abs(cookie!.expires - now - 3600)).toBeLessThan(60);
      expect(await page.evaluate('document.cookie')).toBe('');
    });

    it('starts again if the cookie was deleted or changed', async () => {
      await page.goto(`${url}/counter`);
      await page.reload();
      await context.clearCookies();
      await page.reload();
      expect(await readBody()).toEqual({ count: 1 });
      const [cookie] = await context.cookies();
      const value = `${cookie!.value.slice(0, -4)}AAAA`;
      await context.addCookies([{ ...cookie!, value }]);
      await page.reload();
      expect(await readBody()).toEqual({ count: 1 });
    });

    async function readBody(): Promise<unknown> {
      return JSON.parse(await page.locator('body').innerText());
    }
  });

  describe('after its cookie has moved to another domain or path', () => {
    const HOST = 'app.shop.localhost';
    const apps: App[] = [];

    afterEach(async () => {
      for (const app of apps.splice(0)) await app.close();
    });

    /** A cookie belongs to every port of its host, so two applications side by side are like two versions of one. */
    async function serve(place: { readonly domain?: string; readonly path?: string }): Promise<string> {
      const handler = async (context: Context): Promise<object> => {
        const { name } = context.request.query.toObject();
        const data = await readSession<{ name?: unknown }>(context);
        if (name === 'out') destroySession(data);
        else if (name !== undefined) data.name = name;
        return { ...data };
      };
      const app = await createApp({
        middleware: [session({ secretKey: SECRET, ...place })],
        routes: ['/account', '/account/login']
          .filter((path) => path.startsWith(place.path ?? '/'))
          .map((path) => ({ method: 'GET', path, handler })),
      });
      apps.push(app);
      const { port } = await app.listen({ port: 0, handleSignals: false });
      return `http://${HOST}:${port}`;
    }

    async function open(url: string): Promise<unknown> {
      await page.goto(url);
      return JSON.parse(await page.locator('body').innerText());
    }

    it('comes back from the old domain, and moves with its first change', async () => {
      const before = await serve({ domain: 'shop.localhost' });
      const after = await serve({});
      await open(`${before}/account?name=ada`);
      expect(await open(`${after}/account`)).toEqual({ name: 'ada' });
      expect(await open(`${after}/account?name=eve`)).toEqual({ name: 'eve' });
      expect(await context.cookies()).toMatchObject([{ domain: HOST, path: '/' }]);
      expect(await open(`${before}/account`)).toEqual({ name: 'eve' });
    });

    it('is the newest of two that the browser sends, and its end deletes both', async () => {
      const before = await serve({ path: '/account/login' });
      const after = await serve({ path: '/account' });
      await open(`${before}/account/login?name=old`);
      await page.waitForTimeout(1100);
      expect(await open(`${after}/account?name=present`)).toEqual({ name: 'present' });
      expect(await context.cookies()).toHaveLength(2);
      expect(await open(`${after}/account/login`)).toEqual({ name: 'present' });
      expect(await open(`${after}/account/login?name=out`)).toEqual({});
      expect(await context.cookies()).toEqual([]);
    });
  });

  describe('in an application that allows another origin', () => {
    let elsewhere: PageServer;
    let app: App;
    let url: string;

    beforeAll(async () => {
      elsewhere = await servePage();
      app = await createApp({
        middleware: [
          cors({
            allowOrigins: [elsewhere.origin, `http://localhost:${elsewhere.port}`],
            allowCredentials: true,
          }),
          session({ secretKey: SECRET }),
        ],
        routes: [
          {
            method: 'GET',
            path: '/visits',
            handler: async (context) => {
              const visits = await readSession<{ count?: number }>(context);
              visits.count = (visits.count ?? 0) + 1;
              return { count: visits.count };
            },
          },
          {
            method: 'DELETE',
            path: '/visits',
            handler: async (context) => {
              destroySession(await readSession(context));
              return noContent();
            },
          },
        ],
      });
      ({ url } = await app.listen({ port: 0, handleSignals: false }));
    });

    afterAll(async () => {
      await app?.close();
      await elsewhere?.app.close();
    });

    it('is stored and sent if the script includes credentials', async () => {
      await page.goto(elsewhere.origin);
      expect(await visit('include')).toEqual({ count: 1 });
      expect(await visit('include')).toEqual({ count: 2 });
      expect(await context.cookies()).toMatchObject([{ name: 'session', httpOnly: true, sameSite: 'Lax' }]);
    });

    it('is neither stored nor sent if the script does not include credentials', async () => {
      await page.goto(elsewhere.origin);
      expect(await visit('same-origin')).toEqual({ count: 1 });
      expect(await context.cookies()).toEqual([]);
      await visit('include');
      expect(await visit('omit')).toEqual({ count: 1 });
    });

    it('is not sent to requests from another site, because the cookie is SameSite=Lax', async () => {
      await page.goto(elsewhere.origin);
      await visit('include');
      await page.goto(`http://localhost:${elsewhere.port}`);
      expect(await visit('include')).toEqual({ count: 1 });
      await page.goto(elsewhere.origin);
      expect(await visit('include')).toEqual({ count: 2 });
    });

    it('ends with destroySession: the browser deletes the cookie', async () => {
      await page.goto(elsewhere.origin);
      await visit('include');
      const init = { method: 'DELETE', credentials: 'include' } as const;
      expect(await fetchInPage(page, `${url}/visits`, init)).toMatchObject({ status: 204 });
      expect(await context.cookies()).toEqual([]);
    });

    async function visit(credentials: 'omit' | 'same-origin' | 'include'): Promise<unknown> {
      const response = await fetchInPage(page, `${url}/visits`, { credentials });
      if ('failed' in response) throw new Error(response.failed);
      return JSON.parse(response.text);
    }
  });
});
