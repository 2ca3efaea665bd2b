import { createApp, type App } from '@sluice/core';
import { cors } from '@sluice/cors';
import { type Browser, type Page } from 'playwright-core';
import { createQuickstart } from '../../samples/01-quickstart/src/create-quickstart';
import { fetchInPage } from './fetch-in-page';
import { BROWSER_TIMEOUT_MS, launchChromium } from './launch-chromium';
import { servePage, type PageServer } from './serve-page';
import { waitForExchange, watchNetwork, type Exchange } from './watch-network';

jest.setTimeout(BROWSER_TIMEOUT_MS);

describe('a page that calls an application of another origin', () => {
  let browser: Browser;
  let elsewhere: PageServer;
  let page: Page;
  let exchanges: Exchange[];

  beforeAll(async () => {
    browser = await launchChromium();
    elsewhere = await servePage();
  });

  afterAll(async () => {
    await browser?.close();
    await elsewhere?.app.close();
  });

  beforeEach(async () => {
    page = await browser.newPage();
    await page.goto(elsewhere.origin);
    exchanges = await watchNetwork(page);
  });

  afterEach(() => page.close());

  describe('the quickstart, which allows GET and POST for every origin', () => {
    let quickstart: App;
    let url: string;

    beforeAll(async () => {
      quickstart = await createQuickstart();
      ({ url } = await quickstart.listen({ port: 0, handleSignals: false }));
    });

    afterAll(() => quickstart.close());

    it('reads the answer to a simple request, which needs no preflight', async () => {
      expect(await fetchInPage(page, `${url}/`)).toMatchObject({
        status: 200,
        type: 'cors',
        text: '{"status":"running"}',
      });
      await waitForExchange(exchanges, false);
      expect(exchanges.map(({ method }) => method)).toEqual(['GET']);
    });

    it('reads errors: an unknown path, and a missing authorization', async () => {
      const nowhere = await fetchInPage(page, `${url}/nowhere`);
      expect(nowhere).toMatchObject({ status: 404, headers: { 'content-type': 'application/problem+json' } });
      const admin = await fetchInPage(page, `${url}/admin`);
      expect(admin).toMatchObject({ status: 401, text: '{"error":"Unauthorized"}' });
    });

    it('posts JSON after a preflight that allows it', async () => {
      const headers = { 'content-type': 'application/json', 'x-anything': 'goes' };
      const init = { method: 'POST', headers, body: '{"a":[1,2]}' };
      expect(await fetchInPage(page, `${url}/echo`, init)).toMatchObject({
        status: 200,
        text: '{"a":[1,2]}',
      });
      expect(await waitForExchange(exchanges, true)).toMatchObject({
        method: 'OPTIONS',
        status: 204,
        requestHeaders: {
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type,x-anything',
        },
        responseHeaders: {
          'access-control-allow-origin': '*',
          'access-control-allow-headers': 'content-type, x-anything',
        },
      });
    });

    it('reaches /admin with an Authorization header', async () => {
      const init = { headers: { authorization: 'Bearer anything' } };
      expect(await fetchInPage(page, `${url}/admin`, init)).toMatchObject({
        text: '{"message":"Admin access granted"}',
      });
    });

    it('cannot PUT, because the preflight is refused', async () => {
      const init = { method: 'PUT', body: '{}' };
      expect(await fetchInPage(page, `${url}/echo`, init)).toEqual({ failed: 'TypeError: Failed to fetch' });
      expect(await waitForExchange(exchanges, true)).toMatchObject({ method: 'OPTIONS', status: 403 });
    });

    it('cannot send credentials, which a policy for every origin excludes', async () => {
      const response = await fetchInPage(page, `${url}/counter`, { credentials: 'include' });
      expect(response).toEqual({ failed: 'TypeError: Failed to fetch' });
    });
  });

  describe('an application that allows this origin only', () => {
    let app: App;
    let url: string;
    let origin: string;
    let handled: string[];

    beforeAll(async () => {
      ({ origin } = elsewhere);
      app = await createApp({
        middleware: [
          cors({
            allowOrigins: [origin],
            allowMethods: ['GET', 'PUT'],
            allowHeaders: ['Content-Type'],
            exposeHeaders: ['X-Shown'],
            maxAge: 0,
          }),
        ],
        routes: [
          {
            method: 'GET',
            path: '/notes/1',
            handler: ({ response }) => {
              response.headers.set('X-Shown', 'yes');
              response.headers.set('X-Hidden', 'yes');
              return { note: 1 };
            },
          },
          {
            method: 'PUT',
            path: '/notes/1',
            handler: async ({ request }) => {
              handled.push(request.method);
              return request.json();
            },
          },
          { method: 'GET', path: '/broken', handler: () => Promise.reject(new Error('secret')) },
        ],
        logger: { info() {}, warn() {}, error() {} },
        development: false,
      });
      ({ url } = await app.listen({ port: 0, handleSignals: false }));
    });

    beforeEach(() => {
      handled = [];
    });

    afterAll(() => app.close());

    it('can PUT after a preflight that allows it', async () => {
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'PUT', headers, body: '{"note":2}' };
      expect(await fetchInPage(page, `${url}/notes/1`, init)).toMatchObject({
        status: 200,
        text: '{"note":2}',
      });
      expect(await waitForExchange(exchanges, true)).toMatchObject({
        status: 204,
        responseHeaders: {
          'access-control-allow-origin': origin,
          'access-control-allow-methods': 'GET, PUT',
        },
      });
      expect(handled).toEqual(['PUT']);
    });

    it('cannot PUT with a header that is not on the list: the PUT is never sent', async () => {
      const init = { method: 'PUT', headers: { 'x-other': '1' }, body: '{}' };
      expect(await fetchInPage(page, `${url}/notes/1`, init)).toHaveProperty('failed');
      expect(handled).toEqual([]);
    });

    it('sees only the headers that are exposed', async () => {
      const response = await fetchInPage(page, `${url}/notes/1`);
      expect(response).toHaveProperty('headers.x-shown', 'yes');
      expect(response).not.toHaveProperty('headers.x-hidden');
      expect((await waitForExchange(exchanges, false)).responseHeaders).toHaveProperty('x-hidden', 'yes');
    });

    it('reads that the server failed, but not the reason', async () => {
      const response = await fetchInPage(page, `${url}/broken`);
      expect(response).toMatchObject({ status: 500, type: 'cors' });
      expect(response).toHaveProperty('text', expect.not.stringContaining('secret'));
    });

    it('reads nothing from any other origin', async () => {
      await page.goto(`http://localhost:${elsewhere.port}`);
      expect(await fetchInPage(page, `${url}/notes/1`)).toEqual({ failed: 'TypeError: Failed to fetch' });
    });
  });
});
