import { afterwards, createApp, html, type App } from '@sluice/core';
import { csrf, csrfToken } from '@sluice/csrf';
import { securityHeaders } from '@sluice/security-headers';
import { session } from '@sluice/session';
import type { Browser, Page } from 'playwright-core';
import { fetchInPage } from './fetch-in-page';
import { BROWSER_TIMEOUT_MS, launchChromium } from './launch-chromium';

jest.setTimeout(BROWSER_TIMEOUT_MS);

const makeForm = (action: string) =>
  html(`<!doctype html><title>Form</title><link rel="icon" href="data:,">
<form method="post" action="${action}"><input name="text" value="milk"><button>Send</button></form>`);

describe('csrf in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let app: App;
  let elsewhere: App;
  let url: string;
  let port: number;
  let handled: string[];
  let statuses: number[];

  beforeAll(async () => {
    browser = await launchChromium();
    app = await createApp({
      middleware: [
        (context, next) => afterwards(next(), () => void statuses.push(context.response.status)),
        // The default has the policy no-referrer, with which a form of the own page has Origin: null.
        securityHeaders(),
        session({ secretKey: 'a secret for tests that is long enough', httpsOnly: false }),
        csrf({ token: true }),
      ],
      routes: [
        { method: 'GET', path: '/', handler: () => makeForm('/notes') },
        { method: 'GET', path: '/token', handler: (context) => csrfToken(context) },
        {
          method: 'POST',
          path: '/notes',
          handler: async ({ request }) => {
            handled.push(await request.text());
            return html('<title>Saved</title>');
          },
        },
      ],
    });
    ({ url } = await app.listen({ port: 0, handleSignals: false }));
    elsewhere = await createApp({
      routes: [{ method: 'GET', path: '/', handler: () => makeForm(`${url}/notes`) }],
    });
    ({ port } = await elsewhere.listen({ port: 0, handleSignals: false }));
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await elsewhere?.close();
  });

  beforeEach(async () => {
    handled = [];
    statuses = [];
    page = await browser.newPage();
  });

  afterEach(() => page.close());

  /** Sends the form of the page, and returns the status of the answer. */
  async function sendForm(): Promise<number> {
    const answered = page.waitForResponse(`${url}/notes`);
    await page.click('button');
    return (await answered).status();
  }

  it('lets a form and a fetch of the own page pass, without a token', async () => {
    await page.goto(url);
    expect(await fetchInPage(page, '/notes', { method: 'POST', body: 'by fetch' })).toMatchObject({
      status: 200,
    });
    expect(await sendForm()).toBe(200);
    expect(handled).toEqual(['by fetch', 'text=milk']);
  });

  // The first is another port of the same site, the second another site.
  it.each(['127.0.0.1', 'localhost'])('refuses a form and a fetch of a page on %s', async (host) => {
    await page.goto(`http://${host}:${port}/`);
    // The page itself sees only a failure: Cross-Origin-Resource-Policy hides the answer from it.
    await page.evaluate(
      (target) =>
        fetch(target, { method: 'POST', body: 'x', mode: 'no-cors', credentials: 'include' }).catch(() => 0),
      `${url}/notes`,
    );
    expect(statuses).toEqual([403]);
    expect(await sendForm()).toBe(403);
    expect(handled).toEqual([]);
  });

  it('refuses a form in a sandbox, whose origin is null', async () => {
    await page.goto(url);
    const answered = page.waitForResponse(`${url}/notes`);
    await page.evaluate(`{
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-forms allow-scripts');
      frame.srcdoc = '<form method="post" action="${url}/notes"></form>';
      document.body.append(frame);
    }`);
    const frame = page.frames().find((one) => one !== page.mainFrame())!;
    await frame.waitForSelector('form', { state: 'attached' });
    await frame.evaluate(`document.forms[0].submit()`);
    expect((await answered).status()).toBe(403);
  });
});
