import { createApp, type App } from '@sluice/core';
import { anyOf, basic, bearer } from '@sluice/auth';
import { type Browser } from 'playwright-core';
import { BROWSER_TIMEOUT_MS, launchChromium } from './launch-chromium';

jest.setTimeout(BROWSER_TIMEOUT_MS);

describe('a page behind anyOf(bearer, basic)', () => {
  let browser: Browser;
  let app: App;
  let url: string;

  beforeAll(async () => {
    app = await createApp({
      middleware: [
        anyOf(
          bearer({ verify: () => undefined }),
          basic({ users: { ada: 'a long password' }, realm: 'staff' }),
        ),
      ],
      routes: [{ method: 'GET', path: '/', handler: () => 'admitted' }],
    });
    ({ url } = await app.listen({ port: 0, handleSignals: false }));
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('is offered a name and a password by the browser', async () => {
    const httpCredentials = { username: 'ada', password: 'a long password' };
    const context = await browser.newContext({ httpCredentials });
    const page = await context.newPage();
    const response = await page.goto(url);
    expect([response?.status(), await page.locator('body').innerText()]).toEqual([200, 'admitted']);
    await context.close();
  });
});
