import { createApp, type App } from '@sluice/core';
import { type Browser, type Page } from 'playwright-core';
import { BROWSER_TIMEOUT_MS, launchChromium } from './launch-chromium';

jest.setTimeout(BROWSER_TIMEOUT_MS);

describe('an error in the browser', () => {
  let browser: Browser;
  let page: Page;
  let app: App;

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
  });

  afterAll(() => browser?.close());

  afterEach(() => app.close());

  it('is a page with the error and its place, in development', async () => {
    const response = await page.goto(await serveFailure({ development: true }));
    expect(response!.status()).toBe(500);
    expect(await page.title()).toBe('500 Internal Server Error');
    expect(await page.locator('.detail').innerText()).toContain('Error: The note store is <script>');
    expect(await page.locator('li').first().innerText()).toContain('findNote');
    expect(await page.locator('footer').innerText()).toContain('Shown in development only');
  });

  it('runs no script from its message', async () => {
    await page.goto(await serveFailure({ development: true }));
    expect(await page.evaluate('globalThis.broken')).toBeUndefined();
    expect(await page.locator('script').count()).toBe(0);
  });

  it('fits a phone without sideways scrolling', async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    await page.goto(await serveFailure({ development: true }));
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });

  it('shows the source lines around the one that threw', async () => {
    await page.goto(await serveFailure({ development: true }));
    expect(await page.locator('.source p').innerText()).toContain('error-page.test.ts');
    expect(await page.locator('.source .here').innerText()).toContain('The note store is');
  });

  it('is a page without internal details in production, which fits a phone too', async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    const response = await page.goto(await serveFailure({ development: false }));
    expect(response!.status()).toBe(500);
    expect(await response!.headerValue('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.locator('.hint').innerText()).toContain('Please try again');
    expect(await page.content()).not.toMatch(/note store|error-page/);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });

  async function serveFailure({ development }: { development: boolean }): Promise<string> {
    app = await createApp({
      routes: [{ method: 'GET', path: '/notes/:id', handler: findNote }],
      logger: { info() {}, warn() {}, error() {} },
      development,
    });
    const { url } = await app.listen({ port: 0, handleSignals: false });
    return `${url}/notes/1`;
  }
});

function findNote(): never {
  throw new Error('The note store is <script>globalThis.broken = true</script>');
}
