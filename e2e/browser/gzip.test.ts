import { createApp, stream } from '@sluice/core';
import { gzip } from '@sluice/compression';
import { type Browser, type Page } from 'playwright-core';
import { createQuickstart } from '../../samples/01-quickstart/src/create-quickstart';
import { BROWSER_TIMEOUT_MS, launchChromium } from './launch-chromium';

jest.setTimeout(BROWSER_TIMEOUT_MS);

describe('a compressed body in the browser', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
  });

  afterAll(() => browser?.close());

  it('is decoded, as /heavy of the quickstart', async () => {
    const quickstart = await createQuickstart();
    try {
      const { url } = await quickstart.listen({ port: 0, handleSignals: false });
      const response = await page.goto(`${url}/heavy`);
      expect(await response!.headerValue('content-encoding')).toBe('gzip');
      expect(Number(await response!.headerValue('content-length'))).toBeLessThan(150);
      expect(await response!.json()).toEqual({
        data: 'x'.repeat(1000),
        note: 'Check content-encoding header!',
      });
    } finally {
      await quickstart.close();
    }
  });

  it('is decoded if it is a stream', async () => {
    const app = await createApp({ middleware: [gzip()], routes: [lines] });
    try {
      const { url } = await app.listen({ port: 0, handleSignals: false });
      const response = await page.goto(`${url}/lines`);
      expect(await response!.headerValue('content-encoding')).toBe('gzip');
      expect(await response!.headerValue('content-length')).toBeNull();
      expect(await page.locator('body').innerText()).toContain('line 999');
    } finally {
      await app.close();
    }
  });
});

const lines = {
  method: 'GET',
  path: '/lines',
  handler: () => stream(countLines(), { headers: { 'Content-Type': 'text/plain; charset=utf-8' } }),
} as const;

async function* countLines(): AsyncGenerator<string> {
  for (let number = 0; number < 1000; number++) {
    if (number % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    yield `line ${number}\n`;
  }
}
