import type { App } from '@sluice/core';
import type { Browser } from 'playwright-core';
import { createUploads } from '../../samples/03-uploads/src/create-uploads';
import { createStreaming } from '../../samples/04-streaming-and-sse/src/create-streaming';
import { createAuthAndSessions } from '../../samples/05-auth-and-sessions/src/create-auth-and-sessions';
import { createSiteAndApi } from '../../samples/10-static-site-and-api/src/create-site-and-api';
import { BROWSER_TIMEOUT_MS, launchChromium } from './launch-chromium';

jest.setTimeout(BROWSER_TIMEOUT_MS);

const WIDTH = 390;

const PAGES: readonly (readonly [name: string, path: string, create: () => Promise<App>])[] = [
  ['03-uploads', '/', createUploads],
  ['04-streaming-and-sse', '/', createStreaming],
  ['05-auth-and-sessions', '/login', createAuthAndSessions],
  ['10-static-site-and-api', '/', createSiteAndApi],
];

describe('the page of a sample', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(() => browser?.close());

  it.each(PAGES)(
    '%s fits a phone: it has a margin and a dark scheme, and does not scroll sideways',
    async (_, path, create) => {
      await using app = await create();
      const { url } = await app.listen({ port: 0, handleSignals: false });
      const context = await browser.newContext({
        viewport: { width: WIDTH, height: 800 },
        isMobile: true,
        colorScheme: 'dark',
      });
      const page = await context.newPage();
      await page.goto(url + path);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(WIDTH);
      expect((await page.locator('h1').boundingBox())!.x).toBe(16);
      expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(255, 255, 255)');
      await context.close();
    },
  );
});
